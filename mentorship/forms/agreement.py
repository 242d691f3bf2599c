"""What mentor and trainee agree on, beside the clauses that are the same for everybody."""

from django import forms
from django.utils.translation import gettext_lazy

from mentorship.models import Agreement
from mentorship.rules.agreement import MOST_FOCUS
from mentorship.rules.meeting_rhythm import (
    LONGEST_DAYS,
    LONGEST_MINUTES,
    SHORTEST_DAYS,
    SHORTEST_MINUTES,
    USUAL_DAYS,
    USUAL_MINUTES,
)

LONGEST_POINT = 200


class AgreementForm(forms.Form):
    """Focus points, rhythm, and what else."""

    use_required_attribute = False
    focus_1 = forms.CharField(label=gettext_lazy("First focus point"), max_length=LONGEST_POINT, required=False)
    focus_2 = forms.CharField(label=gettext_lazy("Second focus point"), max_length=LONGEST_POINT, required=False)
    focus_3 = forms.CharField(label=gettext_lazy("Third focus point"), max_length=LONGEST_POINT, required=False)
    every_days = forms.IntegerField(
        label=gettext_lazy("Days from meeting to meeting"), min_value=SHORTEST_DAYS, max_value=LONGEST_DAYS, initial=USUAL_DAYS
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES, initial=USUAL_MINUTES
    )
    additions = forms.CharField(
        label=gettext_lazy("What else we agree on"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32767, initial=0)

    @property
    def focus(self) -> list[str]:
        """The points that were filled in."""
        return [self.cleaned_data[f"focus_{place}"] for place in range(1, MOST_FOCUS + 1) if self.cleaned_data[f"focus_{place}"]]


def initial_of(agreement: Agreement | None) -> dict:
    """The newest version as the form shows it; the usual rhythm where there is none."""
    if agreement is None:
        return {}
    points = {f"focus_{place}": point for place, point in enumerate(agreement.focus, start=1)}
    return points | {
        "every_days": agreement.every_days,
        "minutes": agreement.minutes,
        "additions": agreement.additions,
        "number": agreement.number,
    }


class SignForm(forms.Form):
    """What exactly is signed."""

    content_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
