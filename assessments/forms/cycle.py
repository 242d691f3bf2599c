"""Open a review cycle, and move its last day."""

from django import forms
from django.utils.translation import gettext_lazy

from assessments.forms.refusing import RefusingForm
from assessments.vocabulary import CycleLength
from organizations.forms.fields import DayField
from programs.models import Cohort


class CycleForm(RefusingForm):
    """Which cohort, which number, from when to when."""

    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=gettext_lazy("Cohort"), empty_label=None)
    number = forms.IntegerField(label=gettext_lazy("Number of the cycle"), min_value=1, max_value=99)
    length = forms.ChoiceField(
        label=gettext_lazy("Looks back on"), choices=CycleLength.choices, widget=forms.RadioSelect(attrs={"class": "seg"})
    )
    opens_on = DayField(label=gettext_lazy("Opens on"))
    closes_on = DayField(
        label=gettext_lazy("Answers until"),
        help_text=gettext_lazy("The last day on which 360 feedback is taken. It closes by itself after that."),
    )

    def __init__(self, *args, cohorts, **more):
        super().__init__(*args, **more)
        self.fields["cohort"].queryset = cohorts


class CloseDayForm(RefusingForm):
    """Another last day."""

    closes_on = DayField(label=gettext_lazy("Answers until"))
