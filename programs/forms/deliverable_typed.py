"""What a deliverable's form sends, and what rules/field_values reads: two shapes of the same answers.

Typed: `{name: [values]}` as posted and as drafts keep it. A table's cells are named `<field>-<row>-<column>`, and the
number of its rows stands in `<field>-rows`. A file is the code of a stored one.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from documents.models import StoredFile
from programs.queries.directory import Directory
from programs.rules.field_values import is_empty
from programs.rules.fields import MOST_ROWS, Column, FieldDefinition
from programs.vocabulary import FieldType

SEVERAL = frozenset({FieldType.MULTI, FieldType.PEOPLE})
# A little more than any table takes, so that row 51 of 50 is there to be complained of, and a million are not.
MOST_READ = MOST_ROWS + 50
BETWEEN_NAMES = re.compile(r"[\r\n,;，；、]+")


def cell_name(field: str, row: int | str, column: str) -> str:
    """The name of a cell's input."""
    return f"{field}-{row}-{column}"


def rows_name(field: str) -> str:
    """The name of the input that says how many rows were sent."""
    return f"{field}-rows"


def row_count(field: str, typed: MultiValueDict) -> int:
    """How many rows were sent."""
    text = typed.get(rows_name(field)) or "0"
    return min(int(text), MOST_READ) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def without_empty_rows(definitions: Sequence[FieldDefinition], typed: Mapping) -> MultiValueDict:
    """The same answers with the rows closed up, so that a row has one number for who reads and who typed it."""
    answer = MultiValueDict({name: list(values) for name, values in _lists(typed)})
    for definition in definitions:
        if definition.type != FieldType.TABLE:
            continue
        columns = [column.key for column in definition.columns if not column.calc]
        rows = []
        for row in range(row_count(definition.key, answer)):
            cells = [answer.pop(cell_name(definition.key, row, column), [""]) for column in columns]
            if not is_empty(cells):
                rows.append(cells)
        for row, cells in enumerate(rows):
            for column, values in zip(columns, cells, strict=True):
                answer.setlist(cell_name(definition.key, row, column), values)
        answer[rows_name(definition.key)] = str(len(rows))
    return answer


def as_read(
    definitions: Sequence[FieldDefinition], typed: MultiValueDict, people: Directory, files: Mapping[str, StoredFile]
) -> dict[str, object]:
    """Typed answers as rules/field_values.normalize takes them; what cannot be understood stays text, to be refused there."""
    answer = {}
    for definition in definitions:
        if definition.type == FieldType.TABLE:
            answer[definition.key] = [
                {
                    column.key: _read(column, typed.getlist(cell_name(definition.key, row, column.key)), people, files, in_cell=True)
                    for column in definition.columns
                    if not column.calc
                }
                for row in range(row_count(definition.key, typed))
            ]
        else:
            answer[definition.key] = _read(definition, typed.getlist(definition.key), people, files)
    return answer


def as_typed(
    definitions: Sequence[FieldDefinition], data: Mapping[str, object], people: Directory, files: Mapping[str, StoredFile]
) -> MultiValueDict:
    """Canonical answers as the form shows them: a version to start from."""
    typed = MultiValueDict()
    codes = {file.pk: code for code, file in files.items()}
    for definition in definitions:
        value = data.get(definition.key)
        if definition.type == FieldType.TABLE:
            rows = value or []
            typed[rows_name(definition.key)] = str(len(rows))
            for number, row in enumerate(rows):
                for column in definition.columns:
                    if not column.calc and column.key in row:
                        typed[cell_name(definition.key, number, column.key)] = _write(column, row[column.key], people, codes, in_cell=True)
        elif value is not None and definition.type == FieldType.PEOPLE and written_name(people, in_cell=False):
            typed[definition.key] = "\n".join(people.label(one) for one in value)
        elif value is not None and definition.type in SEVERAL:
            typed.setlist(definition.key, [str(one) for one in value])
        elif value is not None:
            typed[definition.key] = _write(definition, value, people, codes)
    return typed


def written_name(people: Directory, *, in_cell: bool) -> bool:
    """Whether a person is written as a name, with suggestions, instead of chosen from a list."""
    return in_cell or people.is_long


def _read(thing: FieldDefinition | Column, values: list[str], people: Directory, files: Mapping, *, in_cell: bool = False):
    if thing.type == FieldType.PEOPLE:
        if written_name(people, in_cell=in_cell):
            return [_person(words, people) for value in values for words in BETWEEN_NAMES.split(value) if words.strip()]
        return [value for value in values if value]
    if thing.type == FieldType.MULTI:
        return [value for value in values if value]
    value = values[-1] if values else ""
    if not value:
        return None
    if thing.type == FieldType.PERSON and written_name(people, in_cell=in_cell):
        return _person(value, people)
    if thing.type == FieldType.FILE:
        file = files.get(value)
        return {"id": file.pk, "name": file.name, "hash": file.sha256} if file else value
    if thing.type == FieldType.DATETIME:
        return _instant(value)
    return value


def _person(words: str, people: Directory) -> int | str:
    # Never a bare number: who types 12 means an employee number, not the twelfth row of a table.
    return people.find(words) or f"?{words}"


def _instant(value: str) -> datetime | str:
    try:
        moment = datetime.fromisoformat(value)
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    except (ValueError, OverflowError):
        return value


def _write(thing: FieldDefinition | Column, value, people: Directory, codes: Mapping[int, str], *, in_cell: bool = False) -> str:
    if thing.type == FieldType.PERSON and written_name(people, in_cell=in_cell):
        return people.label(value)
    if thing.type == FieldType.FILE:
        return codes.get(value["id"], "")
    if thing.type == FieldType.DATETIME:
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%Y-%m-%dT%H:%M")
    return str(value)


def _lists(typed: Mapping):
    return typed.lists() if isinstance(typed, MultiValueDict) else typed.items()
