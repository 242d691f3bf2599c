"""The signals of success factors SF1-SF5 as pure arithmetic: each 0 to 1, None where there is nothing to divide by. Source: content 8.

Exact fractions; `shown` rounds them. Days are calendar days where nothing else is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

FEWEST_PEOPLE = 5  # in a cohort; below, a figure would point at someone
FEWEST_ANSWERS = 3  # of one mentor
FEWEST_RATERS = 3  # different trainees behind a mean rating; one who answers three times is still one voice
TURN_DAYS = 3  # working days that a mentor has for a decision
GATE_DAYS = 20  # working days from the opening of the project phase to G1
RETURN_DAYS = 20  # working days after which a return is looked at
CHANGE_DAYS = 20  # working days in which a wanted change is made
PAIR_DAYS = 30  # in which both have said something
STALE_DAYS = 45  # without feedback, after which nothing of it is fresh
OVERLOAD = Fraction(4, 5)
STRETCH_PEOPLE = 30  # in the scope of a project that stretches, or one whole business unit
LOWEST, HIGHEST = 1, 5  # of a rating


@dataclass(frozen=True)
class Rhythm:
    """One pairing: meetings that kept its rhythm, meetings planned by today, whether its mentor carries too many."""

    kept: int
    planned: int
    is_over: bool


def share(part: int, whole: int) -> Fraction | None:
    """part ÷ whole, at most 1. Worked: 3 of 4 are 0.75; 5 check-ins where 4 were planned are 1."""
    return min(Fraction(1), Fraction(part, whole)) if whole > 0 else None


def rating(by_mentor: Mapping[int, Sequence[tuple[int, int]]]) -> tuple[Fraction | None, int]:
    """(mean of 1-5 − 1) ÷ 4 over the answers, (trainee, rating), of mentors who have three or more, and how many those are.

    None where fewer than three different trainees stand behind it. Worked: 5, 4, 3 of three trainees have the mean 4, which
    is 0.75; a mentor with two answers does not enter; 4, 4, 4 of one trainee are no figure.
    """
    answers = [answer for given in by_mentor.values() if len(given) >= FEWEST_ANSWERS for answer in given]
    if len({trainee for trainee, _rating in answers}) < FEWEST_RATERS:
        return None, 0
    return (Fraction(sum(rating for _trainee, rating in answers), len(answers)) - LOWEST) / (HIGHEST - LOWEST), len(answers)


def part(given: Decimal, wanted: Decimal) -> Fraction | None:
    """given ÷ wanted, at most 1, of sums of money or of hours. Worked: 30,000 of 40,000 are 0.75; 50 hours of 40 are 1."""
    return min(Fraction(1), Fraction(given) / Fraction(wanted)) if wanted > 0 else None


def commitment(money: Fraction | None, hours: Fraction | None) -> Fraction | None:
    """Half the share of money, half that of hours; None while one of the two is missing. Worked: 0.75 and 1 are 0.875."""
    return None if money is None or hours is None else (money + hours) / 2


def planned_hours(hours: int, start_on: date, end_on: date, today: date) -> Fraction:
    """Hours planned over a time, as far as it has run today. Worked: of 160 over 80 days, on day 20: 40."""
    length, gone = (end_on - start_on).days, (today - start_on).days
    return Fraction(hours) * min(Fraction(1), Fraction(max(gone, 0), length)) if length > 0 else Fraction(hours if gone >= 0 else 0)


def planned_meetings(began_on: date, today: date, every_days: int) -> int:
    """How many meetings a rhythm has planned by today: one for each whole interval gone by."""
    return max((today - began_on).days, 0) // every_days


def rhythm(pairings: Iterable[Rhythm]) -> Fraction | None:
    """Meetings that kept the rhythm ÷ planned, those of a mentor beyond their capacity times 0.8; more than planned count as planned.

    Worked: 3 of 4 with a mentor who is not over, 4 of 4 with one who is: (3 + 3.2) ÷ 8 = 0.775.
    """
    pairings = list(pairings)
    planned = sum(one.planned for one in pairings)
    if not planned:
        return None
    return Fraction(sum(min(one.kept, one.planned) * (OVERLOAD if one.is_over else 1) for one in pairings)) / planned


def fresh(days: Sequence[int]) -> Fraction | None:
    """1 − min(1, median of days since each trainee last got feedback ÷ 45). Worked: 5, 9, 40 have the median 9, which is 0.8."""
    return 1 - min(Fraction(1), Fraction(median(days)) / STALE_DAYS) if days else None


def shown(value: Fraction) -> Decimal:
    """A signal as it is read: two decimals, halves up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
