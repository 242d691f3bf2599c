"""A needs analysis: its role, tasks, gaps and needs."""

from django.utils.translation import gettext_lazy as _

from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import Gap, Need, NeedsAnalysis, TaskRating


class NeedsForm(SheetForm):
    """Which role, and how many people are in it."""

    class Meta:
        model = NeedsAnalysis
        fields = ("title", "headcount")
        labels = {"title": _("Role")}
        help_texts = {
            "title": _("For example: store managers in their first three months, East area"),
            "headcount": _("The share of people whom a need concerns is counted against this."),
        }


class TaskForm(RowForm):
    """One task of the role."""

    class Meta:
        model = TaskRating
        fields = ("task", "difficulty", "importance", "frequency")


class GapForm(RowForm):
    """One gap."""

    class Meta:
        model = Gap
        fields = ("group", "people", "competency", "required", "present")


class NeedForm(RowForm):
    """One need."""

    chosen_from = {"gap": "gaps"}

    class Meta:
        model = Need
        fields = ("need", "gap", "objective", "weight", "importance", "cost_of_error", "cause", "answer", "evidence")
