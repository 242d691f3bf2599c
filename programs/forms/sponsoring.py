"""What a sponsor fills in: accepting a cohort, and a check-in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import DayField
from programs.vocabulary import CheckInKind

LONGEST = 4000


class AcceptanceForm(forms.Form):
    """Accepting by name, with what one will do for the cohort."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("What I will do for it"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("May stay empty. Example: I open the kick-off and free four hours a week for every trainee."),
    )


class CheckInForm(forms.Form):
    """On which occasion, which day, what was said."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Occasion"),
        choices=CheckInKind.choices,
        error_messages={"required": _("Choose an occasion."), "invalid_choice": _("Choose an occasion.")},
    )
    held_on = DayField(
        label=_("Day"),
        error_messages={"required": _("Choose a day, such as 2026-09-18."), "invalid": _("Choose a day, such as 2026-09-18.")},
    )
    words = forms.CharField(
        label=_("What was said and decided"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
