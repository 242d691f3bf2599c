"""A pilot with where its measures came, and what of it goes into D17."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from effectiveness.models import Pilot, PilotMeasure
from effectiveness.planning_vocabulary import PilotOutcome
from effectiveness.rules.pilot_outcome import outcome
from programs.queries.answers import said_number
from programs.rules.field_values import decimal_text

TONES = {PilotOutcome.REACHED: ("ok", "check"), PilotOutcome.BETTER: ("wait", "up"), PilotOutcome.NOT_BETTER: ("bad", "x")}


@dataclass(frozen=True)
class MeasureLine:
    """A measure and where it came."""

    row: PilotMeasure
    outcome: PilotOutcome

    @property
    def tone(self) -> str:
        return TONES.get(self.outcome, ("", ""))[0]

    @property
    def icon(self) -> str:
        return TONES.get(self.outcome, ("", "circle"))[1]


def pilot_page(sheet: Pilot) -> list[MeasureLine]:
    """Its measures; one query."""
    return [MeasureLine(row, outcome(row.before, row.target, row.after)) for row in sheet.measures.all()]


def answers(sheet: Pilot) -> dict[str, object]:
    """What D17 asks for: its brief takes the design, its result the figures and the decision. The form takes what it asks for."""
    measured = [line.row for line in pilot_page(sheet) if line.row.after is not None]
    return {
        "hypothesis": sheet.hypothesis,
        "design": [
            {"item": "users", "value": sheet.users},
            {"item": "period", "value": _("%(first)s to %(last)s") % {"first": sheet.begins_on, "last": sheet.ends_on}},
            {"item": "cost", "value": said_number(decimal_text(sheet.cost))},
            {"item": "stop_rule", "value": sheet.stop_rule},
        ],
        "data_protection": sheet.data_protection,
        "result": [
            {"measure": row.measure, "before": decimal_text(row.before), "after": decimal_text(row.after), "n": row.n} for row in measured
        ],
        "decision": sheet.decision,
        "decision_reason": sheet.reason,
    }
