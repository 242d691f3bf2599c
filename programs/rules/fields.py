"""The fields of a deliverable's form, as a template defines them.

A definition is data (JSON, or TOML in `builtin/`); read here once into frozen values that forms, PDFs, differences and
hashes share. What people type in is `field_values`' affair.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part

from django.utils.translation import gettext_lazy as _

from programs.rules import field_calculations
from programs.vocabulary import FieldType, Role

AUTHOR = "author"
LANGUAGES = ("zh", "en")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")

TYPES, ROLES = frozenset(FieldType.values), frozenset(Role.values)
MOST_FIELDS = 40
MOST_COLUMNS = 12
MOST_ROWS = 200
LONGEST = {FieldType.TEXT: 300, FieldType.LONG: 20_000, FieldType.LINK: 2_000}
MOST_CHARACTERS = 50_000

WITH_CHOICES = frozenset({FieldType.CHOICE, FieldType.MULTI})
# A cell holds one value: a table in a table, or a list in a cell, cannot be read on a phone or on paper.
NOT_IN_A_CELL = frozenset({FieldType.TABLE, FieldType.PEOPLE, FieldType.MULTI})

MESSAGES = {
    "too_many_fields": _("A form has %(limit)s fields at most."),
    "too_many_columns": _("A table has %(limit)s columns at most."),
    "bad_key": _("A key has small letters, digits and underscores, begins with a letter and is 40 long at most."),
    "double_key": _("This key is there twice. Give one of them another."),
    "missing_label": _("Write the name in both languages."),
    "unknown_type": _("Choose a type from the list."),
    "unknown_role": _("Choose who fills this in: the author, or a role from the list."),
    "choices_missing": _("Add the answers one can choose from, two at least."),
    "double_choice": _("Two answers have the same key."),
    "choice_without_label": _("Write each answer in both languages."),
    "columns_missing": _("A table needs a column."),
    "not_in_a_cell": _("A column cannot hold this. Choose another type, or make it a field of its own."),
    "rows_reversed": _("The fewest rows are more than the most rows."),
    "too_many_rows": _("A table has %(limit)s rows at most."),
    "too_long": _("A text has %(limit)s characters at most."),
    "calc_unknown": _("This calculation is unknown, or has too few or too many columns."),
    "calc_column": _("A calculation takes other columns of numbers, which are typed in."),
}


@dataclass(frozen=True)
class Choice:
    """One answer of a choice; `label` by language."""

    key: str
    label: Mapping[str, str] = part(hash=False)


@dataclass(frozen=True)
class Column:
    """One column of a table. `calc` is how it is worked out from others of its row; it is then never typed in."""

    key: str
    label: Mapping[str, str] = part(hash=False)
    type: str = FieldType.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    calc: str = ""
    max_length: int | None = None


@dataclass(frozen=True)
class FieldDefinition:
    """One field. `by` is who fills it in: the author, or a role of the route in its own step."""

    key: str
    label: Mapping[str, str] = part(hash=False)
    type: str = FieldType.TEXT
    required: bool = False
    by: str = AUTHOR
    hint: Mapping[str, str] = part(default_factory=dict, hash=False)
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    min_rows: int = 0
    max_rows: int = 50
    max_length: int | None = None
    stage: str = ""  # of a deliverable in stages; of every stage without one


@dataclass(frozen=True)
class Problem:
    """What is wrong with a definition, and where."""

    code: str
    field: str = ""
    column: str = ""
    params: Mapping[str, object] = part(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """What to do, in the reader's language."""
        return str(MESSAGES[self.code]) % self.params


def parse(definitions: Iterable[Mapping]) -> tuple[FieldDefinition, ...]:
    """Read definitions. Labels are `label = {zh, en}` or, shorter, `zh` and `en` beside the key.

    Nothing is judged here but the shape; `check_definition` says what is wrong with the content.

    Raises:
        ValueError: "not_a_definition", something is no table of names and values, or a name is unknown.
    """
    return tuple(_parse_field(definition) for definition in definitions)


def as_json(fields: Iterable[FieldDefinition]) -> list[dict]:
    """The definitions as JSON: what `parse` reads back as equal, with nothing that goes without saying."""
    return [_as_json(definition) for definition in fields]


def fields_by(fields: Iterable[FieldDefinition], who: str | Collection[str]) -> tuple[FieldDefinition, ...]:
    """The fields that the author, or the taker of a step with these roles, fills in."""
    asked = {who} if isinstance(who, str) else set(who)
    return tuple(definition for definition in fields if definition.by in asked)


def named_by(fields: Iterable[FieldDefinition], author_role: str) -> dict[str, str]:
    """Who names the person of a role in the form: role -> the role that fills in the field of the same key."""
    persons = [definition for definition in fields if definition.type == FieldType.PERSON]
    return {d.key: author_role if d.by == AUTHOR else d.by for d in persons if d.key in ROLES}


def check_definition(fields: Sequence[FieldDefinition], roles: Collection[str] = Role.values) -> list[Problem]:
    """What keeps a form from being published, in the order of its fields."""
    problems = []
    if len(fields) > MOST_FIELDS:
        problems.append(Problem("too_many_fields", params={"limit": MOST_FIELDS}))
    seen = set()
    for definition in fields:
        if definition.key in seen:
            problems.append(Problem("double_key", definition.key))
        seen.add(definition.key)
        problems += [Problem(code, definition.key, params=p) for code, p in _check_common(definition)]
        if definition.by != AUTHOR and definition.by not in roles:
            problems.append(Problem("unknown_role", definition.key))
        if definition.type == FieldType.TABLE:
            problems += _check_table(definition)
    return problems


def _check_table(definition: FieldDefinition) -> list[Problem]:
    problems = []
    if not definition.columns:
        problems.append(Problem("columns_missing", definition.key))
    if len(definition.columns) > MOST_COLUMNS:
        problems.append(Problem("too_many_columns", definition.key, params={"limit": MOST_COLUMNS}))
    if definition.min_rows > definition.max_rows or definition.min_rows < 0:
        problems.append(Problem("rows_reversed", definition.key))
    if definition.max_rows > MOST_ROWS:
        problems.append(Problem("too_many_rows", definition.key, params={"limit": MOST_ROWS}))
    seen = set()
    for column in definition.columns:
        if column.key in seen:
            problems.append(Problem("double_key", definition.key, column.key))
        seen.add(column.key)
        problems += [Problem(code, definition.key, column.key, p) for code, p in _check_common(column)]
        if column.type in NOT_IN_A_CELL:
            problems.append(Problem("not_in_a_cell", definition.key, column.key))
        if column.calc:
            problems += [Problem(code, definition.key, column.key) for code in _check_calc(column, definition.columns)]
    return problems


def _check_common(thing: FieldDefinition | Column) -> list[tuple[str, dict]]:
    codes = []
    if not KEY.fullmatch(thing.key):
        codes.append(("bad_key", {}))
    if not _is_in_both_languages(thing.label):
        codes.append(("missing_label", {}))
    if thing.type not in TYPES:
        codes.append(("unknown_type", {}))
    # One answer of "any of several" is a confirmation: read and taken note of.
    if thing.type in WITH_CHOICES and len(thing.choices) < (1 if thing.type == FieldType.MULTI else 2):
        codes.append(("choices_missing", {}))
    if len({choice.key for choice in thing.choices}) < len(thing.choices):
        codes.append(("double_choice", {}))
    if not all(choice.key and _is_in_both_languages(choice.label) for choice in thing.choices):
        codes.append(("choice_without_label", {}))
    if thing.max_length is not None and not 0 < thing.max_length <= MOST_CHARACTERS:
        codes.append(("too_long", {"limit": MOST_CHARACTERS}))
    return codes


def _check_calc(column: Column, columns: Sequence[Column]) -> list[str]:
    try:
        taken = field_calculations.columns_of(column.calc)
    except ValueError:
        return ["calc_unknown"]
    typed = {other.key for other in columns if not other.calc and _is_number(other)}
    return [] if typed.issuperset(taken) else ["calc_column"]


def _is_number(column: Column) -> bool:
    scale = column.type == FieldType.CHOICE and all(c.key.isascii() and c.key.isdigit() for c in column.choices)
    return scale or column.type in field_calculations.NUMBERS


def _is_in_both_languages(label: Mapping[str, str]) -> bool:
    return all(str(label.get(language, "")).strip() for language in LANGUAGES)


def _parse_field(definition: Mapping) -> FieldDefinition:
    return _parsed(FieldDefinition, definition, columns=lambda all_: tuple(_parsed(Column, one) for one in all_))


def _parsed(kind: type, definition: Mapping, **readers):
    if not isinstance(definition, Mapping):
        raise ValueError("not_a_definition", definition)
    values = {name: value for name, value in definition.items() if name not in LANGUAGES}
    if "label" not in values:
        values["label"] = {language: definition[language] for language in LANGUAGES if language in definition}
    if "choices" in values:
        values["choices"] = tuple(_parsed(Choice, choice) for choice in values["choices"])
    for name, reader in readers.items():
        if name in values:
            values[name] = reader(values[name])
    try:
        return kind(**values)
    except TypeError as unknown:
        raise ValueError("not_a_definition", definition) from unknown


def _as_json(thing: FieldDefinition | Column | Choice) -> dict:
    plain = type(thing)(key=thing.key, label={})
    answer = {"key": thing.key, "label": dict(thing.label)}
    for name, value in vars(thing).items():
        if name in answer or value == getattr(plain, name):
            continue
        if name in ("columns", "choices"):
            answer[name] = [_as_json(one) for one in value]
        else:
            answer[name] = dict(value) if isinstance(value, Mapping) else str(value) if isinstance(value, str) else value
    return answer
