"""When trainees are asked how safe it is to speak up. Source: content 8, SF4; how often is this product's.

Four weeks after the cohort's first day, then every thirteen weeks, for three weeks each time. A round is told of once it is over:
while it runs, each further answer could be read off the change of the figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAYS, EVERY_DAYS, OPEN_DAYS = 28, 91, 21
FEWEST = 5  # answers of a round, and people in a cohort that is asked
LOWEST, HIGHEST = 1, 5
FAVORABLE = 4  # and more


@dataclass(frozen=True)
class Round:
    """One time of asking, both days included."""

    number: int
    first_on: date
    last_on: date


def round_of(start_on: date, number: int) -> Round:
    """The `number`-th time of asking (from 1) in a cohort that began on `start_on`."""
    first_on = start_on + timedelta(days=FIRST_DAYS + (number - 1) * EVERY_DAYS)
    return Round(number, first_on, first_on + timedelta(days=OPEN_DAYS - 1))


def open_round(start_on: date, today: date) -> Round | None:
    """The round in which one is asked today, if there is one."""
    gone = (today - start_on).days - FIRST_DAYS
    found = round_of(start_on, gone // EVERY_DAYS + 1) if gone >= 0 else None
    return found if found and today <= found.last_on else None


@dataclass(frozen=True)
class Result:
    """What a round came to."""

    round: Round
    favorable: int
    answers: int


def results(start_on: date, today: date, counts: Mapping[int, Mapping[int, int]]) -> list[Result]:
    """Of every round that is over and has five answers or more, oldest first. `counts`: round, then answer 1 to 5, then how many."""
    found = []
    for number, by_answer in sorted(counts.items()):
        one, answers = round_of(start_on, number), sum(by_answer.values())
        if one.last_on < today and answers >= FEWEST:
            found.append(Result(one, sum(n for answer, n in by_answer.items() if answer >= FAVORABLE), answers))
    return found
