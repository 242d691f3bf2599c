"""Handed-in answers as people read them: labels and choices in their language, names of people, files to open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.models import StoredFile
from organizations.localized import read
from organizations.models import Member
from programs.rules.field_values import is_empty
from programs.rules.fields import AUTHOR, Column, FieldDefinition
from programs.vocabulary import FieldType, Role, TaskSelection

# In Latin letters; a Chinese character takes the room of two. A longer text is broken into lines.
WIDEST_CELL, WIDEST_ROW, MOST_HEADS = 36, 110, 7
YEARS = range(1900, 2101)
NUMBERS = frozenset({FieldType.INT, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT})


@dataclass(frozen=True)
class Answer:
    """One value in words. `href` leads to a link, `file` to a stored file's code."""

    text: str = ""
    is_number: bool = False
    is_date: bool = False
    is_long: bool = False
    href: str = ""
    file: str = ""


@dataclass(frozen=True)
class AnsweredField:
    """One field with its answer: a value, or rows under heads. `by` is the role that fills it in, where not the author."""

    key: str
    label: str
    answer: Answer = field(default_factory=Answer)
    is_table: bool = False
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Answer, ...], ...] = ()
    by: str = ""
    by_label: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.answer.text or self.rows)

    @property
    def is_short(self) -> bool:
        """Whether it is a word or a figure that may stand beside others; what a signer fills in says by whom, and stands alone."""
        return not (self.is_table or self.by or self.answer.is_long) and _width(self.answer.text) <= WIDEST_CELL

    @property
    def is_wide(self) -> bool:
        """Whether its rows are easier to read as cards: no sheet of paper is wide enough for them side by side."""
        columns = zip(self.heads, *([cell.text for cell in row] for row in self.rows), strict=True)
        return len(self.heads) > MOST_HEADS or sum(min(max(map(_width, texts)), WIDEST_CELL) for texts in columns) > WIDEST_ROW

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Each head, and whether figures stand under it."""
        return [(head, any(row[number].is_number for row in self.rows)) for number, head in enumerate(self.heads)]

    @property
    def records(self) -> list[list[tuple[str, Answer]]]:
        """Each row as pairs of head and value."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def cards(self) -> list[list[tuple[str, Answer]]]:
        """Each row as pairs of head and value, for where a table does not fit."""
        return [[(head, cell) for head, cell in zip(self.heads, row, strict=True) if cell.text] for row in self.rows]


@dataclass(frozen=True)
class Lookups:
    """What answers point at, fetched once for any number of them."""

    names: Mapping[int, str] = field(default_factory=dict)
    codes: Mapping[int, str] = field(default_factory=dict)
    currency: str = ""


def look_up(definitions: Sequence[FieldDefinition], *answers: Mapping, currency: str = "") -> Lookups:
    """The names and files in these answers: at most two queries, none where nobody and no file is named."""
    people, files = set(), set()
    for thing, value in (found for data in answers for found in _values(definitions, data)):
        if thing.type == FieldType.PERSON:
            people.add(value)
        elif thing.type == FieldType.PEOPLE:
            people.update(value)
        elif thing.type == FieldType.FILE:
            files.add(value["id"])
    names = dict(Member.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    codes = dict(StoredFile.objects.filter(pk__in=files).values_list("pk", "code")) if files else {}
    return Lookups(names, codes, currency)


def answered(definitions: Sequence[FieldDefinition], data: Mapping, lookups: Lookups, given: Mapping | None = None) -> list[AnsweredField]:
    """Every field with its answer in words. `given` holds what signers filled in, by field key."""
    everything = {**data, **(given or {})}
    return [_field(definition, everything.get(definition.key), lookups) for definition in definitions]


def said_number(value: str | int | Decimal) -> str:
    """A number with thousands: 3,200.5, the same in both languages (Django's Chinese format has none)."""
    return format(Decimal(str(value)), ",f")


def _width(text: str) -> int:
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def _values(definitions: Sequence[FieldDefinition], data: Mapping):
    for definition in definitions:
        value = data.get(definition.key)
        if is_empty(value):
            continue
        if definition.type == FieldType.TABLE:
            for row in value:
                yield from ((column, row[column.key]) for column in definition.columns if not is_empty(row.get(column.key)))
        else:
            yield definition, value


def _field(definition: FieldDefinition, value, lookups: Lookups) -> AnsweredField:
    by = "" if definition.by == AUTHOR else definition.by
    common = {"key": definition.key, "label": read(definition.label), "by": by, "by_label": str(Role(by).label) if by else ""}
    if definition.type != FieldType.TABLE:
        return AnsweredField(answer=_answer(definition, value, lookups), **common)
    heads = tuple(read(column.label) for column in definition.columns)
    rows = tuple(tuple(_answer(column, row.get(column.key), lookups) for column in definition.columns) for row in value or [])
    return AnsweredField(is_table=True, heads=heads, rows=rows, **common)


def _answer(thing: FieldDefinition | Column, value, lookups: Lookups) -> Answer:
    if is_empty(value):
        return Answer()
    if isinstance(thing, Column) and thing.calc.startswith("selection:"):
        return Answer(str(TaskSelection(value).label))
    if thing.type in NUMBERS or (isinstance(thing, Column) and thing.calc):
        return Answer(_number(thing, value, lookups), is_number=True)
    match thing.type:
        case FieldType.DATE:
            words = date_format(date.fromisoformat(value), pgettext("format of a day with year, see Django's date filter", "j M Y"))
            return Answer(words, is_date=True)
        case FieldType.DATETIME:
            moment = timezone.localtime(datetime.fromisoformat(value))
            return Answer(date_format(moment, pgettext("format of a moment, see Django's date filter", "j M Y, H:i")))
        case FieldType.CHOICE:
            return Answer(_choice(thing, value))
        case FieldType.MULTI:
            return Answer(_(", ").join(_choice(thing, one) for one in value))
        case FieldType.PERSON:
            return Answer(lookups.names.get(value, ""))
        case FieldType.PEOPLE:
            return Answer(_(", ").join(lookups.names.get(one, "") for one in value))
        case FieldType.LINK:
            return Answer(value, href=value)
        case FieldType.FILE:
            return Answer(value["name"], file=lookups.codes.get(value["id"], ""))
    return Answer(str(value), is_long=thing.type == FieldType.LONG)


def _number(thing: FieldDefinition | Column, value, lookups: Lookups) -> str:
    if thing.type == FieldType.INT and int(value) in YEARS:
        return str(value)  # 2026, not 2,026
    said = said_number(value)
    if thing.type == FieldType.PERCENT:
        return _("%(number)s%%") % {"number": said}
    if thing.type == FieldType.MONEY and lookups.currency:
        return _("%(amount)s %(currency)s") % {"amount": said, "currency": lookups.currency}
    return said


def _choice(thing: FieldDefinition | Column, key: str) -> str:
    return next((read(choice.label) for choice in thing.choices if choice.key == key), key)
