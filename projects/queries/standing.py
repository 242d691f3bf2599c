"""How a project is today: its next gate, when its end is to be expected, and its health in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.rules.working_calendar import WorkingCalendar
from projects.models import Gate, GateCondition, Milestone, PracticeProject, Risk
from projects.rules import gate_states
from projects.rules.health import GateHealth, Reason, RiskHealth, Standing, health
from projects.rules.milestone_dates import MilestoneFacts, expected
from projects.rules.risk_levels import level
from projects.vocabulary import GateState, Health, RiskState

TONES = {
    Health.ON_TRACK: ("ok", "check"),
    Health.AT_RISK: ("warn", "alert"),
    Health.LATE: ("bad", "alert"),
    Health.CLOSED: ("ok", "flag"),
    Health.STOPPED: ("", "minus"),
}


@dataclass(frozen=True)
class ProjectStanding:
    """The word, its reasons as sentences, and the gate that is next (none where all have passed)."""

    standing: Standing
    next_gate: Gate | None
    expected: dict[int, date]

    @property
    def label(self) -> str:
        return str(self.standing.health.label)

    @property
    def tone(self) -> str:
        return TONES[self.standing.health][0]

    @property
    def icon(self) -> str:
        return TONES[self.standing.health][1]

    @property
    def reasons(self) -> list[str]:
        """Why it is so, one sentence each, the gravest first."""
        return [_sentence(reason) for reason in self.standing.reasons]


def standing_of(
    project: PracticeProject,
    gates: Sequence[Gate],
    conditions: Sequence[GateCondition],
    milestones: Sequence[Milestone],
    risks: Sequence[Risk],
    calendar: WorkingCalendar,
    today: date,
) -> ProjectStanding:
    """Read off rows that are loaded already; `gates` with their definitions, in order."""
    facts = facts_of(milestones)
    days = expected(facts, calendar)
    after = next((gate for gate in gates if gate.state != GateState.PASSED), None)
    gate = None
    if after is not None and after.state in gate_states.UNDER_WAY:
        left = -calendar.working_days_late(after.due_on, today) or calendar.working_days_between(today + timedelta(days=1), after.due_on)
        gate = GateHealth(after.definition.key, left, after.state == GateState.CALLED)
    slip = 0
    if facts:
        last = facts[-1]
        slip = calendar.working_days_between((last.baseline or last.planned) + timedelta(days=1), days[last.key]) if not last.actual else 0
    late = sum(one.settled_at is None and one.due_on < today for one in conditions)
    watched = [RiskHealth(level(one.probability, one.impact), bool(one.response)) for one in risks if one.state == RiskState.OPEN]
    return ProjectStanding(health(project.state, gate, late, slip, watched), after, days)


def facts_of(milestones: Sequence[Milestone]) -> list[MilestoneFacts]:
    """Milestones as the rules see them."""
    return [
        MilestoneFacts(one.pk, one.planned_on, one.baseline_on, one.forecast_on, one.actual_on, one.depends_on_id) for one in milestones
    ]


def _sentence(reason: Reason) -> str:
    facts = {"what": reason.what, "n": reason.days}
    match reason.code:
        case "gate_late":
            return ngettext("%(what)s is %(n)d working day late.", "%(what)s is %(n)d working days late.", reason.days) % facts
        case "gate_with_reviewers":
            return (
                ngettext(
                    "%(what)s lies with its reviewers, %(n)d working day late.",
                    "%(what)s lies with its reviewers, %(n)d working days late.",
                    reason.days,
                )
                % facts
            )
        case "conditions_late":
            return ngettext("%(n)d condition is overdue.", "%(n)d conditions are overdue.", reason.days) % facts
        case "gate_near":
            if not reason.days:
                return _("%(what)s is today, and its evidence has not been sent.") % facts
            return (
                ngettext(
                    "%(what)s is in %(n)d working day, and its evidence has not been sent.",
                    "%(what)s is in %(n)d working days, and its evidence has not been sent.",
                    reason.days,
                )
                % facts
            )
        case "end_slips":
            return (
                ngettext(
                    "The end is expected %(n)d working day later than planned.",
                    "The end is expected %(n)d working days later than planned.",
                    reason.days,
                )
                % facts
            )
    return ngettext("%(n)d high risk has no response yet.", "%(n)d high risks have no response yet.", reason.days) % facts
