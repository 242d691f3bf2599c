"""Whom and what the answers of a deliverable's form name: people, who must be known here, and files."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from programs.rules.field_values import Problem
from programs.rules.fields import FieldDefinition
from programs.vocabulary import FieldType


def unknown_people(definitions: Sequence[FieldDefinition], answers: Mapping, known: Collection[int]) -> list[Problem]:
    """Where canonical answers name someone who is not among `known`."""
    problems = []
    for definition in definitions:
        value = answers.get(definition.key)
        if definition.type == FieldType.PEOPLE and value and not set(value) <= set(known):
            problems.append(Problem("not_a_person", definition.key))
    persons = _values(definitions, answers, FieldType.PERSON)
    problems += [Problem("not_a_person", *where) for where, person in persons if person not in known]
    order = {definition.key: place for place, definition in enumerate(definitions)}
    return sorted(problems, key=lambda problem: order[problem.field])


def files_named(definitions: Sequence[FieldDefinition], answers: Mapping) -> list[tuple[tuple, Mapping]]:
    """Every file that canonical answers name, {id, name, hash}, each with its place: (field, row, column)."""
    return list(_values(definitions, answers, FieldType.FILE))


def _values(definitions: Sequence[FieldDefinition], answers: Mapping, kind: str) -> Iterator[tuple[tuple, object]]:
    for definition in definitions:
        value = answers.get(definition.key)
        if definition.type == kind and value:
            yield (definition.key, None, ""), value
        elif definition.type == FieldType.TABLE:
            columns = [column.key for column in definition.columns if column.type == kind]
            for number, row in enumerate(value or []):
                for column in columns:
                    if column in row:
                        yield (definition.key, number, column), row[column]
