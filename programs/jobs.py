"""Celery's way into programs: each opens the tenant and calls one action."""

from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from documents.actions import print_document
from organizations.models import Organization
from organizations.tenancy import tenant
from programs.actions.remind import remind
from programs.layouts import deliverable


@shared_task
def sweep_reminders(organization_id: int) -> None:
    """Remind of the dates of the organization's own today."""
    with tenant(organization_id):
        remind(today_in(organization_id))


@shared_task
def print_deliverable(organization_id: int, document_id: int) -> None:
    """Print one submission."""
    print_document.run(organization_id, document_id, deliverable.layout)


def today_in(organization_id: int):
    """The day it is where the organization is."""
    zone = Organization.objects.values_list("time_zone", flat=True).get(pk=organization_id)
    return timezone.localdate(timezone=ZoneInfo(zone))
