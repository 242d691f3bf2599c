"""Celery entry points of documents; beat starts them per organization."""

from celery import shared_task
from django.utils import timezone

from documents.actions import print_document, run_job, sweep_files
from organizations.tenancy import tenant


@shared_task
def sweep(organization_id: int) -> None:
    """Resume prints and long jobs whose worker is gone."""
    with tenant(organization_id):
        print_document.resume_waiting(timezone.now())
        run_job.resume_gone(timezone.now())


@shared_task
def sweep_orphans(organization_id: int) -> None:
    """Remove files that belong to nothing."""
    with tenant(organization_id):
        sweep_files.remove_forgotten(timezone.now())
        sweep_files.remove_orphans(timezone.now())
