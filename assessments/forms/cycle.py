"""Open a review cycle, and move its last day."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from assessments.forms.refusing import RefusingForm
from assessments.vocabulary import CycleLength
from programs.models import Cohort


class CycleForm(RefusingForm):
    """Which cohort, which number, from when to when."""

    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=gettext_lazy("Cohort"), empty_label=None)
    number = forms.IntegerField(label=gettext_lazy("Number of the cycle"), min_value=1, max_value=99)
    length = forms.ChoiceField(
        label=gettext_lazy("Looks back on"), choices=CycleLength.choices, widget=forms.RadioSelect(attrs={"class": "seg"})
    )
    opens_on = forms.DateField(label=gettext_lazy("Opens on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    closes_on = forms.DateField(
        label=gettext_lazy("Answers until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day on which 360 feedback is taken. It closes by itself after that."),
    )  # fmt: skip

    def __init__(self, *args, cohorts, **more):
        super().__init__(*args, **more)
        self.fields["cohort"].queryset = cohorts

    def clean_opens_on(self) -> date:
        """A day that a calendar knows."""
        return _sensible(self.cleaned_data["opens_on"])

    def clean_closes_on(self) -> date:
        """A day that a calendar knows."""
        return _sensible(self.cleaned_data["closes_on"])


class CloseDayForm(RefusingForm):
    """Another last day."""

    closes_on = forms.DateField(label=gettext_lazy("Answers until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_closes_on(self) -> date:
        """A day that a calendar knows."""
        return _sensible(self.cleaned_data["closes_on"])


def _sensible(day: date) -> date:
    if not 2000 <= day.year <= 2100:
        raise forms.ValidationError(gettext_lazy("Write a year between 2000 and 2100."), code="year")
    return day
