"""Celery entry points of documents, started by beat."""

from celery import shared_task
from django.utils import timezone

from documents.actions import print_document, run_job, sweep_files
from organizations.models import Organization
from organizations.tenancy import tenant


@shared_task
def sweep() -> None:
    """Every minute: resume prints and long jobs whose worker is gone, in every organization."""
    now = timezone.now()
    for organization_id in Organization.objects.order_by("pk").values_list("pk", flat=True):
        with tenant(organization_id):
            print_document.resume_waiting(now)
            run_job.resume_gone(now)


@shared_task
def sweep_orphans(organization_id: int) -> None:
    """Remove files that belong to nothing, and old exports."""
    with tenant(organization_id):
        sweep_files.remove_forgotten(timezone.now())
        sweep_files.remove_old_reports(timezone.now())
        sweep_files.remove_orphans(timezone.now())
