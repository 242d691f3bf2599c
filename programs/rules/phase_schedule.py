"""When each task of an enrollment starts and falls due, in working days.

A date hangs on an anchor (start of the cohort, start of the phase, due date of another task), an offset after it and a
length; a task may hang on the organization's budget or planning window instead. Lateness moves nothing: a plan is
worked out once, and moved only by someone who says why.
Source: decisions part 2, items 6 and 25.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from organizations.rules.working_calendar import WorkingCalendar
from programs.vocabulary import Anchor, Recurrence, ScheduleKind

# One quarter between two checkpoints of a continuous phase. Source: content, conventions.
QUARTER = 63
CYCLE_MONTHS = 6


@dataclass(frozen=True)
class PhasePlan:
    """A phase to be planned. `length` is in working days; a phase without an end has none."""

    key: str
    length: int
    schedule: str = ScheduleKind.SEQUENTIAL


@dataclass(frozen=True)
class TaskPlan:
    """A task to be planned: `offset` working days after its anchor, `length` working days long.

    `anchor_task` is the other task's key, where the anchor is a task. `fiscal` names a window of the organization.
    """

    key: str
    phase: str
    anchor: str = Anchor.PHASE_START
    anchor_task: str = ""
    offset: int = 0
    length: int = 1
    fiscal: str = ""
    recurrence: str = Recurrence.ONCE


@dataclass(frozen=True)
class AnnualWindow:
    """A time of year, both days included: the budget is made from 1 September to 31 October. May run over New Year."""

    from_month: int
    from_day: int
    until_month: int
    until_day: int

    def closing_in(self, year: int) -> tuple[date, date]:
        """The first and the last day of the window that closes in a year."""
        closes = _day(year, self.until_month, self.until_day)
        opens = _day(year, self.from_month, self.from_day)
        return (opens if opens <= closes else _day(year - 1, self.from_month, self.from_day)), closes


@dataclass(frozen=True)
class Planned:
    """From the day one may start to the day it is due, both working days. Provisional dates may still move."""

    start: date
    due: date
    provisional: bool = False


@dataclass(frozen=True)
class PhaseDates:
    """A phase's first and last day; continuous and recurring phases have no last one."""

    start: date
    end: date | None


@dataclass(frozen=True)
class Schedule:
    """Every task's first occurrence, and every phase, by key."""

    tasks: Mapping[str, Planned]
    phases: Mapping[str, PhaseDates]


def plan(
    phases: Sequence[PhasePlan],
    tasks: Sequence[TaskPlan],
    start: date,
    calendar: WorkingCalendar,
    windows: Mapping[str, AnnualWindow] | None = None,
    cycle_months: int = CYCLE_MONTHS,
) -> Schedule:
    """Plan every task of an enrollment that starts on a day.

    Sequential phases follow each other, a continuous one begins after the sequential ones before it, a recurring one
    on the first day. What comes per cycle is planned for the first cycle, counted from the day that cycle opens.

    Raises:
        ValueError: "circular_anchors" with the keys in a circle; "unknown_anchor" or "unknown_phase" with the task's
            key; what the calendar raises.
    """
    first_day = calendar.add_working_days(start, 0)
    phase_dates = plan_phases(phases, first_day, calendar)
    first_cycle = cycle_opens(start, 1, calendar, cycle_months)
    planned: dict[str, Planned] = {}
    for task in _in_order(tasks):
        if task.phase not in phase_dates:
            raise ValueError("unknown_phase", task.key)
        opens = first_cycle if task.recurrence == Recurrence.PER_CYCLE else phase_dates[task.phase].start
        anchor = {Anchor.COHORT_START: first_day, Anchor.PHASE_START: opens}.get(task.anchor)
        if anchor is None:
            anchor = planned[task.anchor_task].due
        window = (windows or {}).get(task.fiscal) if task.fiscal else None
        if window is not None:
            planned[task.key] = in_window(window, opens, task.length, calendar)
        else:
            planned[task.key] = after(anchor, task.offset, task.length, calendar)
    return Schedule(planned, phase_dates)


def plan_phases(phases: Sequence[PhasePlan], start: date, calendar: WorkingCalendar) -> dict[str, PhaseDates]:
    """The first and last day of each phase, in the template's order."""
    first_day = free = calendar.add_working_days(start, 0)
    dates = {}
    for phase in phases:
        if phase.schedule == ScheduleKind.SEQUENTIAL:
            end = calendar.due_on(free, phase.length)
            dates[phase.key] = PhaseDates(free, end)
            free = calendar.add_working_days(end, 1)
        elif phase.schedule == ScheduleKind.CONTINUOUS:
            dates[phase.key] = PhaseDates(free, None)
        else:
            dates[phase.key] = PhaseDates(first_day, None)
    return dates


def after(anchor: date, offset: int, length: int, calendar: WorkingCalendar) -> Planned:
    """The dates of a task that starts the offset-th working day after its anchor (0: that day, or the next)."""
    start = calendar.add_working_days(anchor, offset)
    return _planned(start, calendar.due_on(start, length), calendar)


def in_window(window: AnnualWindow, opens: date, length: int, calendar: WorkingCalendar) -> Planned:
    """The dates of a task that hangs on a window: the first one that leaves time for it once its phase is open.

    It starts when the window opens, or later with the phase, and is due on the window's last working day.
    """
    year = opens.year
    while True:
        begins, closes = window.closing_in(year)
        due = calendar.last_working_day(closes)
        start = calendar.add_working_days(max(begins, opens), 0)
        # A window shorter than the task is taken whole: a longer one will never come.
        if calendar.due_on(start, length) <= due or (opens <= begins and start <= due):
            return _planned(start, due, calendar)
        year += 1


def occurrences(first: Planned, count: int, calendar: WorkingCalendar, every: int = QUARTER) -> tuple[Planned, ...]:
    """A task's first `count` occurrences, `every` so many working days: a continuous phase's checkpoints."""
    return tuple(
        _planned(
            calendar.add_working_days(first.start, number * every),
            calendar.add_working_days(first.due, number * every),
            calendar,
        )
        for number in range(count)
    )


def cycle_opens(start: date, number: int, calendar: WorkingCalendar, months: int = CYCLE_MONTHS) -> date:
    """The day on which a recurring phase's cycle opens: so many months after the start, from 1 on, or the next
    working day."""
    month = start.month - 1 + number * months
    return calendar.add_working_days(_day(start.year + month // 12, month % 12 + 1, start.day), 0)


def cycle(task: TaskPlan, start: date, number: int, calendar: WorkingCalendar, months: int = CYCLE_MONTHS) -> Planned:
    """A task's dates in one cycle of a recurring phase."""
    return after(cycle_opens(start, number, calendar, months), task.offset, task.length, calendar)


def _planned(start: date, due: date, calendar: WorkingCalendar) -> Planned:
    return Planned(start, due, calendar.is_provisional(due.year))


def _in_order(tasks: Sequence[TaskPlan]) -> list[TaskPlan]:
    """Tasks after the tasks that they hang on."""
    by_key = {task.key: task for task in tasks}
    anchors = {task.key: [task.anchor_task] if task.anchor == Anchor.TASK else [] for task in tasks}
    for key, needed in anchors.items():
        if any(anchor not in by_key for anchor in needed):
            raise ValueError("unknown_anchor", key)
    try:
        return [by_key[key] for key in TopologicalSorter(anchors).static_order()]
    except CycleError as circle:
        raise ValueError("circular_anchors", tuple(reversed(circle.args[1][1:]))) from None


def _day(year: int, month: int, day: int) -> date:
    """A day of a month, or the month's last where it has no such day."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            if day <= 28:
                raise
            day -= 1
