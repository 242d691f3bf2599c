"""Fields that several screens use."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organizations.rules.near_days import is_near
from organizations.rules.time_zones import OFFERED, place


class TimeZoneField(forms.ChoiceField):
    """A time zone, shown by its place in the reader's language. One set by an operator stays choosable."""

    def __init__(self, **kwargs):
        super().__init__(choices=self.offered, **{"label": _("Time zone")} | kwargs)

    def offered(self) -> list[tuple[str, str]]:
        """The zones by the names of their places, in the order of the reader's alphabet."""
        language = get_language() or "zh-hans"
        return sorted(((name, place(name, language)) for name in OFFERED), key=lambda choice: choice[1])

    def also(self, name: str) -> None:
        """Offer one more zone."""
        if name and name not in OFFERED:
            self.choices = [*self.offered(), (name, name)]


class DayField(forms.DateField):
    """A day within three years of today."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def clean(self, value) -> date | None:
        day = super().clean(value)
        if day is not None and not is_near(day, timezone.localdate()):
            raise ValidationError(_("Check the year."), code="strange_year")
        return day
