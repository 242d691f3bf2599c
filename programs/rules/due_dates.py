"""Days by which something is promised must not lie behind one when they are promised."""

from collections.abc import Mapping, Sequence
from datetime import date

from programs.rules.field_values import Problem
from programs.rules.fields import FieldDefinition
from programs.vocabulary import FieldType

# A date under one of these keys is a promise; any other may tell of what has been.
PROMISES = frozenset({"due", "due_on", "by_date", "agreed_until"})


def past_promises(definitions: Sequence[FieldDefinition], data: Mapping, before: Mapping, today: date) -> list[Problem]:
    """Promised days in canonical data that have passed, unless the version before promised the same day already.

    A plan that is agreed anew keeps goals that were reached; a new goal for last month is a slip of the pen.
    """
    known = set(_promises(definitions, before, lambda *found: found[-1]))
    return [
        Problem("past_date", field, row, column)
        for field, row, column, day in _promises(definitions, data, lambda *found: found)
        if day < today.isoformat() and day not in known
    ]


def _promises(definitions: Sequence[FieldDefinition], data: Mapping, answer):
    for definition in definitions:
        value = data.get(definition.key)
        if not value:
            continue
        if definition.type == FieldType.DATE and definition.key in PROMISES:
            yield answer(definition.key, None, "", value)
        elif definition.type == FieldType.TABLE:
            columns = [column.key for column in definition.columns if column.type == FieldType.DATE and column.key in PROMISES]
            for number, row in enumerate(value):
                for column in columns:
                    if day := row.get(column):
                        yield answer(definition.key, number, column, day)
