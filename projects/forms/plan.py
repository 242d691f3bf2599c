"""Milestones, measures with their figures, and risks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import DayField
from organizations.forms.tenant_form import PersonField
from projects.forms.fields import FactsForm, level_field
from projects.models import Measure, Milestone, PracticeProject, Risk
from projects.vocabulary import ProjectState


class MilestoneForm(FactsForm):
    """A milestone. Once there is a baseline the plan stands and only the forecast moves."""

    name = forms.CharField(label=_("Milestone"), max_length=200)
    planned_on = DayField(label=_("Planned"))
    forecast_on = DayField(label=_("Forecast"), required=False, help_text=_("Only where you expect another day than the plan."))
    actual_on = DayField(label=_("Reached on"), required=False)

    class Meta:
        model = Milestone
        fields = ("name", "planned_on", "depends_on", "forecast_on", "actual_on")

    def __init__(self, *args, project: PracticeProject, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["name"] = str(self.instance.name)
        others = project.milestones.exclude(pk=self.instance.pk).order_by("position", "pk")
        self.fields["depends_on"].queryset = others
        self.fields["depends_on"].empty_label = _("nothing before it")
        self.fields["depends_on"].help_text = _("If that one is late, this one is expected later too.")
        if self.instance.baseline_on:
            del self.fields["planned_on"]
        if self.instance.gate_id:
            del self.fields["actual_on"]


class MeasureForm(FactsForm):
    """A measure: from where to where, by when."""

    name = forms.CharField(label=_("Measure"), max_length=300)
    target_on = DayField(label=_("To be reached by"), required=False)

    class Meta:
        model = Measure
        fields = ("name", "unit", "baseline", "target", "target_on", "source")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["name"] = str(self.instance.name)
        self.fields["unit"].help_text = _("For example: %, days, a month")
        self.fields["source"].help_text = _("Where the figures come from, and who gives them.")
        if self.instance.pk and self.instance.project.state != ProjectState.PLANNING:
            del self.fields["baseline"]  # agreed on at G1; the sponsor approves another one


class ValueForm(forms.Form):
    """One more figure of a measure."""

    use_required_attribute = False
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=2)
    on = DayField(label=_("Day"))
    source = forms.CharField(label=_("Source"), max_length=200)


class RiskForm(FactsForm):
    """A risk: how likely, how bad, and what is done."""

    probability = level_field(_("Probability"), _("1 hardly, 5 almost certain"))
    impact = level_field(_("Impact"), _("1 hardly felt, 5 ends the project"))
    owner = PersonField(label=_("Owner"), required=False)

    class Meta:
        model = Risk
        fields = ("name", "probability", "impact", "response", "owner", "state")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["owner"] = self.instance.owner
        self.fields["response"].widget.attrs["rows"] = 3
        self.fields["name"].help_text = _("What only this project has. Leave out what fits any project.")
        if self.instance.pk is None:
            del self.fields["state"]
