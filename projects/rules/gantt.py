"""A plan as a table: its columns are weeks, its rows milestones, and colspan is the geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

# A plan that runs for longer is shown by its first year.
MOST_WEEKS = 52
# A bar of fewer weeks has no room for its words.
ROOM_WEEKS = 4


@dataclass(frozen=True)
class Bar:
    """One row: from the day work on it begins to the day it is to be expected. A gate is a point at its end."""

    key: int
    start: date
    end: date
    is_gate: bool = False
    look: str = ""  # done, now, risk, far or empty


@dataclass(frozen=True)
class Cells:
    """A run of weeks in a row. `bar` is set where the row's bar lies; `is_now` where it is this week alone.

    `words` is where those of the bar stand: "" within it, else "before" or "after" it.
    """

    weeks: int
    bar: Bar | None = None
    is_now: bool = False
    words: str = ""


@dataclass(frozen=True)
class Month:
    """A month's head over its weeks; `first` is a day of it."""

    first: date
    weeks: int
    is_now: bool


@dataclass(frozen=True)
class Chart:
    """The whole table."""

    weeks: int
    months: tuple[Month, ...]
    rows: tuple[tuple[Bar, tuple[Cells, ...]], ...]
    this_week: date | None  # its Monday, where it lies within the plan


def chart(bars: Sequence[Bar], today: date) -> Chart:
    """The table of these bars. A week belongs to the month of its Thursday."""
    if not bars:
        return Chart(0, (), (), None)
    first = monday(min(bar.start for bar in bars))
    last = monday(max(bar.end for bar in bars))
    weeks = min((last - first).days // 7 + 2, MOST_WEEKS)  # one more, so that a gate at the end has room
    now = (monday(today) - first).days // 7
    now = now if 0 <= now < weeks else None
    thursdays = [first + timedelta(days=7 * week + 3) for week in range(weeks)]
    months, at = [], 0
    for _month, days in groupby(thursdays, key=lambda day: (day.year, day.month)):
        within = list(days)
        months.append(Month(within[0], len(within), now is not None and at <= now < at + len(within)))
        at += len(within)
    rows = tuple((bar, _cells(bar, first, weeks, now)) for bar in bars)
    return Chart(weeks, tuple(months), rows, monday(today) if now is not None else None)


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def _cells(bar: Bar, first: date, weeks: int, now: int | None) -> tuple[Cells, ...]:
    end = min((monday(bar.end) - first).days // 7, weeks - 1)
    start = end if bar.is_gate else min((monday(min(bar.start, bar.end)) - first).days // 7, end)
    length = end - start + 1
    words = "" if bar.is_gate or length >= ROOM_WEEKS else "after" if end + ROOM_WEEKS < weeks else "before"
    return (*_empty(0, start, now), Cells(length, bar, start == end == now, words), *_empty(end + 1, weeks, now))


def _empty(start: int, end: int, now: int | None) -> list[Cells]:
    if now is None or not start <= now < end:
        return [Cells(end - start)] if end > start else []
    parts = [Cells(now - start), Cells(1, is_now=True), Cells(end - now - 1)]
    return [part for part in parts if part.weeks]
