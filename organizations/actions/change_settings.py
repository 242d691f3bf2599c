"""The organization's own settings and working calendar."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from organizations import policies
from organizations.actions import record_audit
from organizations.models import CalendarDay, Member, Organization
from organizations.vocabulary import AuditAction, SecondFactor


def change(organization: Organization, *, by: Member, **values: Any) -> Organization:
    """Change names, language, time zone, calendar, second factor or the yearly windows. What stays leaves no trace.

    To ask nobody for a second factor is for the demo alone: no organization can go back to it.

    Raises:
        PermissionDenied: only an admin changes settings.
        ValidationError: "asks_nobody", no second factor where one is asked for.
    """
    policies.require(policies.may_change_settings(by))
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if values.get("second_factor") == SecondFactor.NONE != organization.second_factor:
        text = _("Admins and HR directors always need a second factor.")
        raise ValidationError({"second_factor": ValidationError(text, code="asks_nobody")})
    before = {name: _plain(getattr(organization, name)) for name in values}
    for name, value in values.items():
        setattr(organization, name, value)
    changed = [name for name in values if before[name] != _plain(values[name])]
    if changed:
        organization.save(update_fields=changed)
        record_audit.record(
            AuditAction.SETTINGS_CHANGED,
            organization,
            by=by,
            before={name: before[name] for name in changed},
            after={name: _plain(values[name]) for name in changed},
        )
    return organization


def add_day(*, by: Member, day: date, is_working: bool, reason: str = "") -> CalendarDay:
    """Say of one day that it is worked, or not, whatever the calendar says.

    Raises:
        PermissionDenied: only an admin changes the calendar.
        ValidationError: "day_exists", the day has its entry.
    """
    policies.require(policies.may_change_settings(by))
    try:
        with transaction.atomic():
            entry = CalendarDay.objects.create(day=day, is_working=is_working, reason=reason)
    except IntegrityError:
        raise ValidationError({"day": ValidationError(_("This day is already in the calendar."), code="day_exists")}) from None
    record_audit.record(AuditAction.CALENDAR_CHANGED, entry, by=by, after=_told(entry))
    return entry


def remove_day(entry: CalendarDay, *, by: Member) -> None:
    """Let the calendar decide about this day again.

    Raises:
        PermissionDenied: only an admin changes the calendar.
    """
    policies.require(policies.may_change_settings(by))
    record_audit.record(AuditAction.CALENDAR_CHANGED, entry, by=by, before=_told(entry))
    entry.delete()


def _told(entry: CalendarDay) -> dict[str, Any]:
    return {"day": entry.day, "is_working": entry.is_working, "reason": entry.reason}


def _plain(value: Any) -> Any:
    """A localized text as its languages: it says the same whoever reads it."""
    if isinstance(value, LazyI18nString):
        value = value.data
    return {key: text for key, text in value.items() if text} if isinstance(value, dict) else value
