"""Why a trainee is at risk of not getting there, worst first.

Source: issue of the year, HR director's home; thresholds as on the cohort board of the design (returned for more than a week),
content's conventions (three working days to sign, which a step's own date holds) and 20 working days without a hand-in.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizations.rules.working_calendar import WorkingCalendar

RETURNED_DAYS = 7  # calendar days after which returned work is at risk
IDLE_WORKING_DAYS = 20  # without anything handed in or done
# So many calendar days hold 20 working days at the least: a first sieve, before the calendar is asked.
IDLE_DAYS = 28


class RiskKind(StrEnum):
    """What is the matter, the worst first."""

    LATE = "late"
    RETURNED = "returned"
    WAITING = "waiting"
    IDLE = "idle"
    NO_MENTOR = "no_mentor"


@dataclass(frozen=True)
class RiskFacts:
    """What is known of one running trainee. Days are the person's own; `waits_due_on` is the signer's date."""

    start_on: date
    late: int = 0
    late_key: str = ""
    late_on: date | None = None
    returned_key: str = ""
    returned_on: date | None = None
    waits_key: str = ""
    waits_due_on: date | None = None
    waits_for: tuple[str, ...] = ()
    last_on: date | None = None
    has_mentor: bool = True


@dataclass(frozen=True)
class Risk:
    """One reason. `days`: calendar days late, since the return or past the signer's date; working days without a hand-in."""

    kind: RiskKind
    days: int = 0
    key: str = ""
    more: int = 0  # other tasks late
    people: tuple[str, ...] = ()


def risks(facts: RiskFacts, today: date, calendar: WorkingCalendar) -> tuple[Risk, ...]:
    """Every reason why this trainee is at risk, worst first; none where all is well."""
    found = []
    if facts.late and facts.late_on:
        found.append(Risk(RiskKind.LATE, (today - facts.late_on).days, facts.late_key, facts.late - 1))
    if facts.returned_on and (today - facts.returned_on).days > RETURNED_DAYS:
        found.append(Risk(RiskKind.RETURNED, (today - facts.returned_on).days, facts.returned_key))
    if facts.waits_due_on and facts.waits_due_on < today:
        found.append(Risk(RiskKind.WAITING, (today - facts.waits_due_on).days, facts.waits_key, people=facts.waits_for))
    # Who waits for a signer is not idle.
    if facts.waits_due_on is None:
        idle = calendar.working_days_late(max(facts.last_on or facts.start_on, facts.start_on), today)
        if idle >= IDLE_WORKING_DAYS:
            found.append(Risk(RiskKind.IDLE, idle))
    if not facts.has_mentor:
        found.append(Risk(RiskKind.NO_MENTOR))
    return tuple(found)
