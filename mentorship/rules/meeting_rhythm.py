"""The rhythm of meetings that mentor and trainee agreed on. Days are calendar days. Source: content, 9 (rhythm) and 8 (SF2)."""

from dataclasses import dataclass
from datetime import date, timedelta

USUAL_DAYS, USUAL_MINUTES = 14, 45
SHORTEST_DAYS, LONGEST_DAYS = 3, 92
SHORTEST_MINUTES, LONGEST_MINUTES = 10, 480


@dataclass(frozen=True)
class Standing:
    """Where a pairing stands in its rhythm today. `expected_on`: the day by which the next meeting is due."""

    expected_on: date
    is_overdue: bool
    days_late: int


def next_expected(last_on: date | None, began_on: date, every_days: int) -> date:
    """The day of the next meeting: one interval after the last one held, or after the pairing began.

    Raises:
        ValueError: "interval_below_one", a rhythm has a day at least.
    """
    if every_days < 1:
        raise ValueError("interval_below_one", every_days)
    return (last_on if last_on and last_on > began_on else began_on) + timedelta(days=every_days)


def is_kept(expected_on: date, held_on: date, every_days: int) -> bool:
    """Whether a meeting kept the rhythm: held within half an interval of its day, before or after."""
    return abs((held_on - expected_on).days) * 2 <= every_days


def standing(last_on: date | None, began_on: date, every_days: int, today: date) -> Standing:
    """Where a pairing stands: overdue once more than half an interval has gone by after the expected day."""
    expected_on = next_expected(last_on, began_on, every_days)
    late = (today - expected_on).days
    return Standing(expected_on, is_overdue=late * 2 > every_days, days_late=max(late, 0))


def kept(held_on: list[date], began_on: date, every_days: int) -> tuple[int, int]:
    """How many of the meetings held kept the rhythm, of how many; each is expected one interval after the one before."""
    count, before = 0, None
    for day in sorted(held_on):
        count += is_kept(next_expected(before, began_on, every_days), day, every_days)
        before = day
    return count, len(held_on)
