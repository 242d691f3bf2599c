"""A pilot: its brief and decision, and its measures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import Pilot, PilotMeasure

DAY = {"type": "date"}


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
        widgets = {
            "begins_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        }


class PilotMeasureForm(RowForm):
    """One measure."""

    class Meta:
        model = PilotMeasure
        fields = ("measure", "before", "target", "after", "n")
