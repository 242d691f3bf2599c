"""Celery's way into mentorship."""

from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from documents.actions import print_document
from mentorship.actions import remind_of_mentoring
from mentorship.actions.follow_relations import keep_in_step
from mentorship.layouts import agreement, development_plan
from organizations import clock
from organizations.models import Organization
from organizations.tenancy import tenant
from programs.models import Enrollment


@shared_task
def print_development_plan(organization_id: int, document_id: int) -> None:
    """Print one version of a development plan."""
    print_document.run(organization_id, document_id, development_plan.layout)


@shared_task
def print_agreement(organization_id: int, document_id: int) -> None:
    """Print one version of a mentoring agreement."""
    print_document.run(organization_id, document_id, agreement.layout)


@shared_task
def sweep(organization_id: int) -> None:
    """Pairings follow who is named as mentor; then what is due is told, by the organization's own clock."""
    with tenant(organization_id):
        zone = ZoneInfo(Organization.objects.values_list("time_zone", flat=True).get(pk=organization_id))
        with timezone.override(zone):
            now, today = clock.now(), timezone.localdate()
            keep_in_step(Enrollment.objects.all())
            remind_of_mentoring.pass_waiting_checks(now, today)
            remind_of_mentoring.remind(now, today)
