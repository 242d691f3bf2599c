"""The organization's settings, its calendar, and stand-ins."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.forms import I18nFormField, I18nTextInput

from organizations.forms.fields import TimeZoneField
from organizations.forms.tenant_form import PersonField, SeenForm, TenantModelForm
from organizations.localized import LANGUAGES
from organizations.models import CalendarDay, Organization
from organizations.vocabulary import SecondFactor

WINDOWS = (("budget_opens", "budget_closes"), ("planning_opens", "planning_closes"))


class SettingsForm(SeenForm):
    """What holds for the whole organization."""

    name = I18nFormField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("First in Chinese, then in English."),
        widget=I18nTextInput,
        locales=list(LANGUAGES),
        max_length=100,
        require_all_fields=False,
    )
    time_zone = TimeZoneField()

    class Meta:
        model = Organization
        fields = (
            "name",
            "language",
            "time_zone",
            "calendar",
            "second_factor",
            "outside_raters",
            *(name for pair in WINDOWS for name in pair),
        )
        widgets = {"second_factor": forms.RadioSelect, "calendar": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for widget, language in zip(self.fields["name"].widget.widgets, ("简体中文", "English"), strict=True):
            widget.attrs["aria-label"] = f"{self.fields['name'].label} {language}"
        self.fields["time_zone"].also(self.instance.time_zone)
        self.fields["language"].help_text = _("For invitations, and for mails to people who have not signed in yet.")
        if self.instance.second_factor != SecondFactor.NONE:
            self.fields["second_factor"].choices = [each for each in SecondFactor.choices if each[0] != SecondFactor.NONE]
        self.fields["second_factor"].help_text = _("Whoever needs one is led to set it up before anything else opens.")
        self.fields["outside_raters"].help_text = _("By name and e-mail. They get a personal link by mail and need no account.")
        for name in WINDOWS[0] + WINDOWS[1]:
            self.fields[name].help_text = _("Month and day, like 09-01")

    def clean(self) -> dict:
        values = super().clean()
        for opens, closes in WINDOWS:
            if opens in values and closes in values and bool(values[opens]) != bool(values[closes]):
                missing = closes if values[opens] else opens
                self.add_error(missing, ValidationError(_("A window needs both its first and its last day."), code="half_a_window"))
        return values

    def settings(self) -> dict:
        """What was entered, for the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CalendarDayForm(TenantModelForm):
    """One day that is worked, or not, whatever the calendar says."""

    is_working = forms.TypedChoiceField(
        label=gettext_lazy("This day is"),
        choices=[("off", gettext_lazy("Day off")), ("working", gettext_lazy("Working day"))],
        coerce=lambda value: value == "working",
        widget=forms.RadioSelect(attrs={"class": "seg"}),
        initial="off",
    )

    class Meta:
        model = CalendarDay
        fields = ("day", "is_working", "reason")
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class StandInForm(forms.Form):
    """Who signs while I am away."""

    delegate = PersonField(label=gettext_lazy("Stand-in"))
    from_on = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until_on = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
