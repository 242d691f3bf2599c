"""Filters of the certification report, as they stand in its address."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.queries.certifications import Filters, cohort_choices
from assessments.vocabulary import Outcome

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day of this century."""

    default_error_messages = {"invalid": gettext_lazy("Write a day like 2026-11-30.")}

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Choose a day between 2000 and 2100."), code="far")
        return day


class ReportFilterForm(forms.Form):
    """Of which cohort, decided when, with which outcome."""

    cohort = forms.ChoiceField(
        label=gettext_lazy("Cohort"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such cohort here. Choose another one.")},
    )
    since = DayField(label=gettext_lazy("Decided from"))
    until = DayField(label=gettext_lazy("Decided until"))
    outcome = forms.ChoiceField(
        label=pgettext_lazy("on a certification", "Decision"),
        required=False,
        choices=[("", gettext_lazy("All decisions")), *Outcome.choices],
        error_messages={"invalid_choice": gettext_lazy("There is no such decision. Choose another one.")},
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["cohort"].choices = [("", _("All cohorts")), *cohort_choices()]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(_("The last day must not be before the first."), code="order"))
        return values

    def wanted(self) -> Filters:
        """The filters that were understood."""
        self.is_valid()
        values = self.cleaned_data
        cohort = values.get("cohort")
        return Filters(int(cohort) if cohort else None, values.get("since"), values.get("until"), values.get("outcome") or "")
