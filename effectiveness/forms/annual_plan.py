"""An annual plan: its year, objectives with key results, items, and what is not done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import AnnualPlan, KeyResult, PlanItem, PlanOmission, TrainingBudget


class PlanForm(SheetForm):
    """Which year, and the budget it is held against: one of the trainee's own."""

    budget = forms.ModelChoiceField(
        label=_("Budget it is held against"), queryset=TrainingBudget.objects.none(), required=False, empty_label=_("none yet")
    )

    class Meta:
        model = AnnualPlan
        fields = ("title", "year", "budget")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["budget"].queryset = TrainingBudget.objects.filter(enrollment=self.instance.enrollment_id)


class KeyResultForm(RowForm):
    """One key result."""

    class Meta:
        model = KeyResult
        fields = ("objective", "key_result", "start", "now", "target", "owner", "business_head")


class ItemForm(RowForm):
    """One training."""

    chosen_from = {"key_result": "key_results"}

    class Meta:
        model = PlanItem
        fields = ("name", "key_result", "audience", "quarter", "owner", "category", "budget", "measure")


class OmissionForm(RowForm):
    """One thing that is not done."""

    class Meta:
        model = PlanOmission
        fields = ("name", "reason")
