"""When milestones are to be expected, as far as one can see today.

A milestone that begins after another keeps the working days that the plan has between the two: if the first is late, the
second is. What was reached, and what one has forecast later than that, stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizations.rules.working_calendar import WorkingCalendar


@dataclass(frozen=True)
class MilestoneFacts:
    """A milestone as the plan has it; `after` is the key of the one it begins after."""

    key: int
    planned: date
    baseline: date | None = None
    forecast: date | None = None
    actual: date | None = None
    after: int | None = None


def expected(milestones: Sequence[MilestoneFacts], calendar: WorkingCalendar) -> dict[int, date]:
    """The day on which each is to be expected, by key.

    Raises:
        ValueError: "circle", milestones that wait for each other.
    """
    by_key = {one.key: one for one in milestones}
    if makes_circle({one.key: one.after for one in milestones}):
        raise ValueError("circle")
    known: dict[int, date] = {}

    def day_of(one: MilestoneFacts) -> date:
        if one.key not in known:
            own = one.forecast or one.planned
            before = by_key.get(one.after)
            if one.actual is None and before is not None:
                between = calendar.working_days_between(before.planned + timedelta(days=1), one.planned)
                own = max(own, calendar.add_working_days(day_of(before), between))
            known[one.key] = one.actual or own
        return known[one.key]

    return {one.key: day_of(one) for one in milestones}


def makes_circle(after: Mapping[int, int | None]) -> bool:
    """Whether milestones wait for each other: `after` names for each the one it begins after."""
    for start in after:
        seen, at = {start}, after[start]
        while at is not None and at in after:
            if at in seen:
                return True
            seen.add(at)
            at = after[at]
    return False


def holding_up(milestones: Sequence[MilestoneFacts], last: int) -> tuple[int, ...]:
    """The chain that leads to the last milestone and is not reached yet, in order: what is late here makes the end late."""
    by_key, chain = {one.key: one for one in milestones}, []
    at = by_key.get(last)
    while at is not None and at.actual is None and at.key not in chain:
        chain.append(at.key)
        at = by_key.get(at.after)
    return tuple(reversed(chain))


@dataclass(frozen=True)
class OnTime:
    """How many milestones were due by a day, and how many of them were reached by their baseline."""

    due: int
    reached: int


def on_time(milestones: Sequence[MilestoneFacts], today: date) -> OnTime:
    """Milestones reached by their baseline among those due. Source: content, K5. Without a baseline nothing is counted yet."""
    due = [one for one in milestones if one.baseline is not None and one.baseline <= today]
    return OnTime(len(due), sum(one.actual is not None and one.actual <= one.baseline for one in due))
