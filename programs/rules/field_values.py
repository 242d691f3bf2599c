"""What people typed into a deliverable's form: brought into one canonical JSON form, and what is missing in it.

The canonical form is what is stored, hashed and compared. Text is NFC with "\\n" line ends and no control characters;
decimals, amounts of money (in the organization's currency) and percentages are strings; dates are ISO, instants in UTC;
a choice is its key; a person is the member's id; a file is {id, name, hash}. What is empty is left out.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from programs.rules import field_calculations
from programs.rules.fields import LONGEST, Column, FieldDefinition
from programs.vocabulary import FieldType

LARGEST = Decimal(10) ** 13
MOST_DECIMALS = 4
LARGEST_ID = 2**63 - 1
# A table, its row, a file in a cell, the file's name: nothing we read lies deeper, whatever is sent.
DEEPEST = 4

THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
NUMBER = re.compile(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+")
LINK = re.compile(r"https?://[^\s/?#@]+([/?#]\S*)?", re.IGNORECASE)

MESSAGES = {
    "required": _("This is needed before you can submit."),
    "too_few_rows": _("Write %(limit)s rows at least."),
    "too_many_rows": _("Write %(limit)s rows at most."),
    "too_long": _("Shorten this to %(limit)s characters."),
    "not_a_text": _("Write a text here."),
    "not_a_number": _("Write a number, such as 1200 or 3.5."),
    "not_whole": _("Write a whole number, such as 12."),
    "number_too_large": _("This number is too large."),
    "too_many_decimals": _("Write %(limit)s decimals at most."),
    "not_a_date": _("Write a date, such as 2026-09-18."),
    "not_a_time": _("Write a date and a time, such as 2026-09-18 15:00."),
    "not_a_choice": _("Choose one of the answers."),
    "not_a_person": _("Choose a person from the list."),
    "not_a_file": _("Upload the file again."),
    "not_a_link": _("Write the whole address, beginning with https://."),
    "not_a_table": _("Fill in the rows of the table."),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong or missing, and where; `row` counts from 0."""

    code: str
    field: str
    row: int | None = None
    column: str = ""
    params: Mapping[str, object] = part(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """What to do, in the reader's language."""
        return str(MESSAGES[self.code]) % self.params


@dataclass(frozen=True)
class Normalized:
    """Canonical data, without what could not be read, and a problem for each of those."""

    data: dict
    problems: tuple[Problem, ...] = ()


def normalize(fields: Sequence[FieldDefinition], data: Mapping) -> Normalized:
    """Bring typed data into its canonical form. Keys that no field knows are left out; calculated cells are filled in.

    Normalizing canonical data changes nothing.
    """
    answer, problems = {}, []
    for definition in fields:
        value = data.get(definition.key)
        if definition.type == FieldType.TABLE:
            clean, found = _table(definition, value)
        else:
            clean, found = _one(definition, value, definition.key)
        problems += found
        if not is_empty(clean):
            answer[definition.key] = clean
    return Normalized(answer, tuple(problems))


def missing_required(fields: Sequence[FieldDefinition], data: Mapping) -> list[Problem]:
    """What canonical data lacks before it can be submitted: required fields, rows and cells, in the form's order."""
    problems = []
    for definition in fields:
        value = data.get(definition.key)
        if is_empty(value):
            if definition.required:
                problems.append(Problem("required", definition.key))
        elif definition.type == FieldType.TABLE:
            if len(value) < definition.min_rows:
                problems.append(Problem("too_few_rows", definition.key, params={"limit": definition.min_rows}))
            problems += [
                Problem("required", definition.key, number, column.key)
                for number, row in enumerate(value)
                for column in definition.columns
                if column.required and not column.calc and is_empty(row.get(column.key))
            ]
    return problems


def is_empty(value, depth: int = DEEPEST) -> bool:
    """Whether nothing was typed: no value, blank text, no choice, no row with anything in it. 0 is something."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, Sequence | set | frozenset):
        return depth > 0 and all(is_empty(part, depth - 1) for part in value)
    return False


def as_number(thing: FieldDefinition | Column, value) -> Decimal | int | None:
    """A canonical value as a number to calculate with; None for anything else. An answer "4" of a scale is 4."""
    if value is None or thing.type not in (*field_calculations.NUMBERS, FieldType.CHOICE):
        return None
    if thing.type == FieldType.CHOICE:
        return int(value) if value.isascii() and value.isdigit() else None
    return value if thing.type == FieldType.INT else Decimal(value)


def decimal_text(number: Decimal) -> str:
    """A number as canonical text: no exponent, no zeros at the end, no minus zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _table(definition: FieldDefinition, rows) -> tuple[list, list[Problem]]:
    if is_empty(rows):
        return [], []
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not all(isinstance(row, Mapping) for row in rows):
        return [], [Problem("not_a_table", definition.key)]
    typed = [column for column in definition.columns if not column.calc]
    kept = [row for row in rows if not all(is_empty(row.get(column.key)) for column in typed)]
    problems = []
    if len(kept) > definition.max_rows:
        problems.append(Problem("too_many_rows", definition.key, params={"limit": definition.max_rows}))
        kept = kept[: definition.max_rows]
    table = []
    for number, row in enumerate(kept):
        clean = {}
        for column in typed:
            value, found = _one(column, row.get(column.key), definition.key, number, column.key)
            problems += found
            if not is_empty(value):
                clean[column.key] = value
        table.append(clean | _calculated(definition.columns, clean))
    return table, problems


def _calculated(columns: Sequence[Column], row: Mapping) -> dict:
    numbers = {column.key: as_number(column, row.get(column.key)) for column in columns if not column.calc}
    percents = frozenset(column.key for column in columns if column.type == FieldType.PERCENT)
    answer = {}
    for column in columns:
        if column.calc and (value := field_calculations.calculate(column.calc, numbers, percents)) is not None:
            answer[column.key] = decimal_text(value) if isinstance(value, Decimal) else str(value.value)
    return answer


def _one(thing: FieldDefinition | Column, value, *where) -> tuple[object, list[Problem]]:
    if is_empty(value):
        return None, []
    try:
        return READERS[FieldType(thing.type)](thing, value), []
    except ValueError as refusal:
        code, params = (*refusal.args, {})[:2]
        return None, [Problem(code, *where, params=params)]


def _read_text(thing, value) -> str:
    if not isinstance(value, str):
        raise ValueError("not_a_text")
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    # Neither the database's JSON nor a PDF takes them, and nobody typed them; a lone surrogate is no character.
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    text = unicodedata.normalize("NFC", text)
    if thing.type != FieldType.LONG:
        text = " ".join(text.split())
    text = text.strip()
    longest = thing.max_length or LONGEST[thing.type]
    if len(text) > longest:
        raise ValueError("too_long", {"limit": longest})
    return text


def _read_link(thing, value) -> str:
    text = _read_text(thing, value)
    if not LINK.fullmatch(text):
        raise ValueError("not_a_link")
    return text


def _read_number(thing, value) -> Decimal:
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        raise ValueError("not_a_number")
    if isinstance(value, str):
        # Full-width digits, as a Chinese keyboard makes them, and thousands are numbers too.
        value = unicodedata.normalize("NFKC", value).strip()
        if THOUSANDS.fullmatch(value):
            value = value.replace(",", "")
        if len(value) > 40 or not value.isascii() or not NUMBER.fullmatch(value):
            raise ValueError("not_a_number")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError("not_a_number") from None
    if not number.is_finite():
        raise ValueError("not_a_number")
    if abs(number) >= LARGEST:
        raise ValueError("number_too_large")
    return number


def _read_int(thing, value) -> int:
    number = _read_number(thing, value)
    if number != number.to_integral_value():
        raise ValueError("not_whole")
    return int(number)


def _read_decimal(thing, value) -> str:
    text = decimal_text(_read_number(thing, value))
    if len(text.partition(".")[2]) > MOST_DECIMALS:
        raise ValueError("too_many_decimals", {"limit": MOST_DECIMALS})
    return text


def _read_date(thing, value) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError("not_a_date") from None


def _read_datetime(thing, value) -> str:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC).isoformat()
    except (TypeError, ValueError, OverflowError):
        raise ValueError("not_a_time") from None


def _read_choice(thing, value) -> str:
    if not isinstance(value, str) or value not in {choice.key for choice in thing.choices}:
        raise ValueError("not_a_choice")
    return str(value)


def _read_multi(thing, value) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Sequence | set | frozenset):
        raise ValueError("not_a_choice")
    chosen = {_read_choice(thing, one) for one in value}
    return [choice.key for choice in thing.choices if choice.key in chosen]


def _read_person(thing, value) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_ID:
        raise ValueError("not_a_person")
    return value


def _read_people(thing, value) -> list[int]:
    if isinstance(value, str) or not isinstance(value, Sequence | set | frozenset):
        raise ValueError("not_a_person")
    return sorted({_read_person(thing, one) for one in value})


def _read_file(thing, value) -> dict:
    if not isinstance(value, Mapping):
        raise ValueError("not_a_file")
    number, name, content = value.get("id"), value.get("name"), value.get("hash")
    is_known = isinstance(number, int) and not isinstance(number, bool) and 0 < number <= LARGEST_ID
    if not is_known or not isinstance(name, str) or not isinstance(content, str) or not name or not content:
        raise ValueError("not_a_file")
    return {"id": number, "name": name, "hash": content}


READERS = {
    FieldType.TEXT: _read_text,
    FieldType.LONG: _read_text,
    FieldType.LINK: _read_link,
    FieldType.INT: _read_int,
    FieldType.DECIMAL: _read_decimal,
    FieldType.MONEY: _read_decimal,
    FieldType.PERCENT: _read_decimal,
    FieldType.DATE: _read_date,
    FieldType.DATETIME: _read_datetime,
    FieldType.CHOICE: _read_choice,
    FieldType.MULTI: _read_multi,
    FieldType.PERSON: _read_person,
    FieldType.PEOPLE: _read_people,
    FieldType.FILE: _read_file,
}
