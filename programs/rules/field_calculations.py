"""Columns that are worked out from others of their row: a product, a difference, the answer of a task analysis.

A calculation reads "product:quantity,unit_price", "difference:budget,actual" or
"selection:difficulty,importance,frequency".
"""

from collections.abc import Collection, Mapping
from decimal import Decimal, localcontext

from programs.vocabulary import FieldType, TaskSelection

NUMBERS = frozenset({FieldType.INT, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT})
SCALE = range(1, 6)
# Four numbers as long as a cell takes, multiplied, keep every digit.
DIGITS = 80

COLUMN_COUNTS = {"product": range(2, 5), "difference": range(2, 3), "selection": range(3, 4)}


def columns_of(calc: str) -> tuple[str, ...]:
    """The columns that a calculation takes.

    Raises:
        ValueError: "calc_unknown", no such form, or the wrong number of columns.
    """
    form, _, names = calc.partition(":")
    columns = tuple(name.strip() for name in names.split(",")) if names else ()
    if len(columns) not in COLUMN_COUNTS.get(form, ()):
        raise ValueError("calc_unknown", calc)
    return columns


def calculate(calc: str, row: Mapping[str, Decimal | int | None], percents: Collection[str] = ()) -> Decimal | TaskSelection | None:
    """The value of a calculated cell, exact; None while something it takes is missing.

    In a product a column of percents counts as the share that it says: 400,000 x 50 % x 80 % is 160,000.

    Raises:
        ValueError: "calc_unknown".
    """
    columns = columns_of(calc)
    numbers = [row.get(column) for column in columns]
    if any(number is None for number in numbers):
        return None
    form = calc.partition(":")[0]
    if form == "selection":
        return task_selection(*numbers)
    with localcontext() as context:
        context.prec = DIGITS
        if form == "difference":
            return Decimal(numbers[0]) - Decimal(numbers[1])
        answer = Decimal(1)
        for column, number in zip(columns, numbers, strict=True):
            answer *= Decimal(number) / 100 if column in percents else Decimal(number)
        return answer


def task_selection(difficulty: int, importance: int, frequency: int) -> TaskSelection | None:
    """Whether a task of a role is to be trained, by its difficulty, importance and frequency, 1 to 5 each.

    None for a number off that scale. Total over the scale.
    Source: features section 4, Needs analysis: our own reading of the difficulty-importance-frequency model.
    """
    if any(score not in SCALE for score in (difficulty, importance, frequency)):
        return None
    rare = frequency <= 2
    if importance <= 2:
        return TaskSelection.NONE
    if difficulty >= 4:
        return TaskSelection.TRAIN_AND_RETRAIN if rare else TaskSelection.TRAIN
    if difficulty == 3:
        return TaskSelection.TRAIN
    return TaskSelection.JOB_AID if rare else TaskSelection.NONE
