"""A training budget: its year and what it is held against, lines, the year before, internal hours."""

from django.utils.translation import gettext_lazy as _

from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import BudgetLine, InternalHours, LastYearLine, TrainingBudget


class BudgetForm(SheetForm):
    """For which year, for how many people and hours."""

    class Meta:
        model = TrainingBudget
        fields = ("title", "year", "headcount", "learning_hours", "payroll")
        help_texts = {
            "headcount": _("Cost per head is counted against this."),
            "learning_hours": _("People times hours each. Cost per hour is counted against this."),
            "payroll": _("All wages of the company in this year, from HR. Leave 0 where you do not know it."),
        }


class LineForm(RowForm):
    """One line."""

    class Meta:
        model = BudgetLine
        fields = ("category", "name", "quantity", "unit_price", "fixedness", "quarter", "objective")


class LastYearForm(RowForm):
    """One category of the year before."""

    class Meta:
        model = LastYearLine
        fields = ("category", "budget", "actual")


class HoursForm(RowForm):
    """Hours of one role."""

    class Meta:
        model = InternalHours
        fields = ("role", "hours", "rate")
