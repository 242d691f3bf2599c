"""What a sponsor does for a cohort, and what comes next.

Source: content, success factor SF1: accepted by name; a check-in at the kick-off, one a quarter, one at the results meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from programs.vocabulary import CheckInKind

QUARTER_DAYS = 91
KICK_OFF_DAYS = RESULTS_DAYS = 14  # after the first, and after the last planned day


class Act(StrEnum):
    """What a sponsor is to do next."""

    ACCEPT = "accept"
    KICK_OFF = "kick_off"
    QUARTER = "quarter"
    RESULTS = "results"
    NOTHING = "nothing"


@dataclass(frozen=True)
class NextAct:
    """One act and the day by which it is due."""

    act: Act
    due_on: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether that day has passed."""
        return self.due_on is not None and self.due_on < today


def next_act(accepted: bool, check_ins: Sequence[tuple[str, date]], start_on: date, end_on: date | None, today: date) -> NextAct:
    """The sponsor's next act. `check_ins` are occasion and day; `end_on` the last planned day, None before anybody is enrolled."""
    if not accepted:
        return NextAct(Act.ACCEPT, start_on)
    held = {kind: max(day for of, day in check_ins if of == kind) for kind in {kind for kind, _day in check_ins}}
    if CheckInKind.RESULTS in held:
        return NextAct(Act.NOTHING)
    if CheckInKind.KICK_OFF not in held:
        return NextAct(Act.KICK_OFF, start_on + timedelta(days=KICK_OFF_DAYS))
    if end_on is not None and end_on < today:
        return NextAct(Act.RESULTS, end_on + timedelta(days=RESULTS_DAYS))
    return NextAct(Act.QUARTER, max(held.values()) + timedelta(days=QUARTER_DAYS))


def planned_check_ins(start_on: date, end_on: date | None, today: date) -> int:
    """How many check-ins were planned by today: the kick-off, one for each quarter gone by, and the results meeting."""
    if today < start_on:
        return 0
    last = min(today, end_on) if end_on else today
    over = end_on is not None and today > end_on
    return 1 + (last - start_on).days // QUARTER_DAYS + over
