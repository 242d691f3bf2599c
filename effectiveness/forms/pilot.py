"""A pilot: its brief and decision, and its measures."""

from django.utils.translation import gettext_lazy as _

from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import Pilot, PilotMeasure
from organizations.forms.fields import DayField


class PilotForm(SheetForm):
    """What is tried on whom, when it stops, and what was decided."""

    class Meta:
        model = Pilot
        fields = (
            "title", "hypothesis", "users", "begins_on", "ends_on", "cost", "stop_rule", "data_protection", "decision", "reason"
        )  # fmt: skip
        labels = {"title": _("What is tried")}
        help_texts = {
            "hypothesis": _("So that figures can prove it wrong: if these people use it so long, this figure goes from here to there."),
            "stop_rule": _("The figure or event at which it ends early."),
            "decision": _("Leave it open until the figures are in."),
        }
        field_classes = {"begins_on": DayField, "ends_on": DayField}


class PilotMeasureForm(RowForm):
    """One measure."""

    class Meta:
        model = PilotMeasure
        fields = ("measure", "before", "target", "after", "n")
