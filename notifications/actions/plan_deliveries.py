"""From a notice to its deliveries: by which channel, and when this person may be reached."""

from datetime import datetime

from django.db import transaction

from notifications.models import Delivery, Notification, Preference
from notifications.rules.quiet_hours import deliver_at
from notifications.vocabulary import Channel, DeliveryState
from organizations import tenancy
from organizations.models import CalendarDay, Member, Organization
from organizations.rules.working_calendar import WorkingCalendar

AT_ONCE = 500


def address_of(member: Member) -> str:
    """Where mails reach a person; empty for who has none, does not sign in yet, or has left."""
    if not member.is_active or member.user is None or not member.user.is_active:
        return ""
    return member.user.email or ""


@transaction.atomic
def plan(now: datetime) -> int:
    """Make the deliveries of notices that have none yet, in the open tenant; how many notices were planned.

    Two workers plan different notices, and a notice planned twice still has one delivery per channel. What a person does
    not want by mail is written down as skipped; in the product it stands all the same.
    """
    unplanned = Notification.objects.filter(planned_at__isnull=True).order_by("created_at")
    batch = list(unplanned.select_for_update(skip_locked=True)[:AT_ONCE])
    if not batch:
        return 0
    people = Member.objects.select_related("user").in_bulk({notice.recipient_id for notice in batch})
    wishes = {wish.member_id: wish for wish in Preference.objects.filter(member__in=people)}
    calendar = _calendar()
    deliveries = []
    for notice in batch:
        member = people[notice.recipient_id]
        wish = wishes.get(member.pk) or Preference(member=member)
        if not address_of(member):
            continue
        deliveries.append(
            Delivery(
                notification=notice,
                channel=Channel.EMAIL,
                state=DeliveryState.WAITING if wish.by_email else DeliveryState.SKIPPED,
                due_at=_due(now, member, wish, calendar),
            )
        )
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    Notification.objects.filter(pk__in=[notice.pk for notice in batch]).update(planned_at=now)
    return len(batch)


def _calendar() -> WorkingCalendar:
    organization = Organization.objects.get(pk=tenancy.current_organization_id())
    return WorkingCalendar(organization.calendar, dict(CalendarDay.objects.values_list("day", "is_working")))


def _due(now: datetime, member: Member, wish: Preference, calendar: WorkingCalendar) -> datetime:
    working_days = calendar if wish.only_working_days else None
    return deliver_at(now, member.user.time_zone, wish.quiet_from, wish.quiet_until, working_days)
