"""What several forms of a project use."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.forms.tenant_form import SeenForm, TenantModelForm
from projects.rules.risk_levels import LEVELS

# A project runs for some four months; a day years away is a slip of the pen.
FURTHEST = timedelta(days=3 * 366)


class DayField(forms.DateField):
    """A day within three years of today."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def clean(self, value) -> date | None:
        day = super().clean(value)
        if day is not None and not -FURTHEST <= day - timezone.localdate() <= FURTHEST:
            raise ValidationError(_("Check the year."), code="strange_year")
        return day


def level_field(label, hint) -> forms.TypedChoiceField:
    """1 to 5, side by side."""
    choices = [(number, str(number)) for number in LEVELS]
    return forms.TypedChoiceField(
        label=label, coerce=int, choices=choices, widget=forms.RadioSelect(attrs={"class": "seg"}), help_text=hint
    )


class FactsForm(TenantModelForm, SeenForm):
    """The facts of a row, for an action to write; a clear word where someone else changed them meanwhile."""

    use_required_attribute = False

    def facts(self) -> dict:
        """What was entered."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}

    def _post_clean(self) -> None:
        """The form leaves the row as it found it: the action writes, and a page that refuses shows what stands."""
