"""What a practice project hands in, and when: D11 to D15, in working days after its phase has opened.

Source: content, 1 (offsets of D11-D15) and 4 (gates).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizations.rules.working_calendar import WorkingCalendar
from programs.rules.phase_schedule import after


@dataclass(frozen=True)
class ProjectDeliverable:
    """A kind of deliverable of a project. `minimum` of it at least where it repeats; `final_after_days`: a last version
    follows so many calendar days after the last session (D14)."""

    key: str
    repeats: bool
    minimum: int
    offset: int | None
    length: int | None
    final_after_days: int | None = None


@dataclass(frozen=True)
class Gate:
    """Where a project stops for evidence, so many working days after the phase has opened."""

    key: str
    offset: int


@dataclass(frozen=True)
class Wanted:
    """One deliverable to hand in; `label` says which of several. The day of a final version is not known yet."""

    label: str
    due_on: date | None


def wanted(kind: ProjectDeliverable, gates: Sequence[Gate], start: date, calendar: WorkingCalendar) -> tuple[Wanted, ...]:
    """The deliverables of one kind, in order. A kind that comes once a gate is due on the day of each gate."""
    count = kind.minimum if kind.repeats else 1
    if kind.repeats and gates and count == len(gates):
        return tuple(Wanted(gate.key, gate_day(gate.offset, start, calendar)) for gate in gates)
    due = after(start, kind.offset, kind.length, calendar).due if kind.offset is not None and kind.length else None
    rows = [Wanted("", due)] * count
    return tuple([*rows, Wanted("", None)] if kind.final_after_days else rows)


def gate_day(offset: int, start: date, calendar: WorkingCalendar) -> date:
    """The day of a gate or a milestone: the offset-th working day after the phase opened."""
    return calendar.add_working_days(start, offset)
