"""What people enter of the conditions a programme runs under: a budget, hours of a week, one answer about safety."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from programs.rules.week_hours import MOST_HOURS

MONEY = {"max_digits": 14, "decimal_places": 2, "min_value": 0}
HOURS = {"max_digits": 4, "decimal_places": 1, "min_value": 0, "max_value": MOST_HOURS}
NUMBER = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"})
ANSWERS = [
    (5, pgettext_lazy("answer to a statement", "Agree fully")),
    (4, pgettext_lazy("answer to a statement", "Agree")),
    (3, pgettext_lazy("answer to a statement", "Neither")),
    (2, pgettext_lazy("answer to a statement", "Disagree")),
    (1, pgettext_lazy("answer to a statement", "Disagree fully")),
]


class BudgetRequestForm(forms.Form):
    """How much, and for what."""

    use_required_attribute = False
    amount = forms.DecimalField(label=gettext_lazy("Amount"), widget=NUMBER, **MONEY)
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example: two external trainers, material for the pilot, travel to three stores."),
    )  # fmt: skip


class BudgetDecisionForm(forms.Form):
    """How much of it is approved."""

    use_required_attribute = False
    approved = forms.DecimalField(
        label=gettext_lazy("Amount approved"), widget=NUMBER, help_text=gettext_lazy("0 is a no. What you decide stands."), **MONEY
    )
    note = forms.CharField(
        label=gettext_lazy("What you want to say with it"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WeekHoursForm(forms.Form):
    """One week: hours for the programme, and how many of them for the project."""

    use_required_attribute = False
    week_on = forms.TypedChoiceField(label=pgettext_lazy("of hours", "Week"), coerce=date.fromisoformat)
    hours = forms.DecimalField(label=gettext_lazy("Hours for the program"), widget=NUMBER, **HOURS)
    practice_hours = forms.DecimalField(label=gettext_lazy("Of these, for the practice project"), required=False, widget=NUMBER, **HOURS)

    def __init__(self, *args, weeks: Sequence[date], **more):
        super().__init__(*args, **more)
        day = pgettext("format of a day, see Django's date filter", "j M")
        said = gettext("Week of %(day)s")
        self.fields["week_on"].choices = [(week.isoformat(), said % {"day": date_format(week, day)}) for week in weeks]


class ConfirmHoursForm(forms.Form):
    """The figures as they were read; they are sent back so that nobody confirms others."""

    hours = forms.DecimalField(**HOURS)
    practice_hours = forms.DecimalField(**HOURS)


class PulseForm(forms.Form):
    """One answer of five."""

    use_required_attribute = False
    answer = forms.TypedChoiceField(
        label=gettext_lazy("“I can report a mistake early.”"), coerce=int, choices=ANSWERS, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the five."), "invalid_choice": gettext_lazy("Choose one of the five.")},
    )  # fmt: skip
