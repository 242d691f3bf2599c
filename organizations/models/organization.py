from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations.localized import LocalizedCharField
from organizations.tenancy import TenantModel
from organizations.vocabulary import CalendarKind, Language, SecondFactor


class Organization(models.Model):
    """A tenant: one company with its own people, programmes and records."""

    slug = models.CharField(
        max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", _("Use a-z, 0-9 and hyphens."))]
    )
    name = LocalizedCharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    calendar = models.CharField(_("working calendar"), max_length=10, choices=CalendarKind, default=CalendarKind.CHINA)
    second_factor = models.CharField(_("second factor"), max_length=10, choices=SecondFactor, default=SecondFactor.STAFF)
    budget_window_on = models.DateField(_("next year's budget is due on"), null=True, blank=True)
    planning_window_on = models.DateField(_("next year's plan is due on"), null=True, blank=True)
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="organization_language_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(name="organization_calendar_known", condition=Q(calendar__in=CalendarKind.values)),
            models.CheckConstraint(name="organization_second_factor_known", condition=Q(second_factor__in=SecondFactor.values)),
        ]

    def __str__(self) -> str:
        return str(self.name)


class CalendarDay(TenantModel):
    """One day that an organization works or rests otherwise than its calendar says."""

    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("working day"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="calendar_day_once", fields=["organization", "day"], violation_error_message=_("This day is already in the calendar.")
            )
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
