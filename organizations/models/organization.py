from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.localized import LocalizedCharField
from organizations.tenancy import TenantModel
from organizations.vocabulary import CalendarKind, Language, SecondFactor, SubjectKind

month_and_day = RegexValidator(r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", _("Write month and day like 09-01."))


class Organization(models.Model):
    """A tenant: one company with its own people, programmes and records."""

    subject_kind = SubjectKind.ORGANIZATION
    slug = models.CharField(
        max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", _("Use a-z, 0-9 and hyphens."))]
    )
    name = LocalizedCharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    calendar = models.CharField(_("working calendar"), max_length=10, choices=CalendarKind, default=CalendarKind.CHINA)
    second_factor = models.CharField(_("second factor"), max_length=10, choices=SecondFactor, default=SecondFactor.STAFF)
    budget_opens = models.CharField(_("budget window opens (MM-DD)"), max_length=5, blank=True, validators=[month_and_day])
    budget_closes = models.CharField(_("budget window closes (MM-DD)"), max_length=5, blank=True, validators=[month_and_day])
    planning_opens = models.CharField(_("planning window opens (MM-DD)"), max_length=5, blank=True, validators=[month_and_day])
    planning_closes = models.CharField(_("planning window closes (MM-DD)"), max_length=5, blank=True, validators=[month_and_day])
    outside_raters = models.BooleanField(_("ask people from outside for 360 feedback"), default=False, db_default=False)
    opened_at = models.DateTimeField(default=clock.now, db_default=Now())

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

    subject_kind = SubjectKind.CALENDAR
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
