"""Celery's way into programs: each opens the tenant and calls one action."""

from datetime import date
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from documents.actions import print_document, run_job
from organizations.models import Organization
from organizations.tenancy import tenant
from programs.actions import advance_all
from programs.actions.enroll_in_batches import enroll_batch
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


@shared_task
def enroll_trainees(organization_id: int, job_id: int) -> None:
    """Enroll the people of a long list."""
    run_job.run(organization_id, job_id, enroll_batch)


@shared_task
def advance_programmes(organization_id: int, today: str = "") -> None:
    """Begin the cohorts and open the quarters whose day has come: today where the organization is, or the day given."""
    with tenant(organization_id):
        day = date.fromisoformat(today) if today else today_in(organization_id)
        enrollments = advance_all.begin(day)
    for enrollment_id in enrollments:
        # Each in a transaction of its own: nobody waits for a thousand others, and a killed worker loses one at most.
        with tenant(organization_id):
            advance_all.advance_one(enrollment_id, day)


def today_in(organization_id: int):
    """The day it is where the organization is."""
    zone = Organization.objects.values_list("time_zone", flat=True).get(pk=organization_id)
    return timezone.localdate(timezone=ZoneInfo(zone))
