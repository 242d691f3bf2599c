"""Celery's way into assessments: each opens the tenant and calls one action."""

from celery import shared_task

from assessments.actions import send_links
from assessments.actions.export_later import export_batch
from assessments.actions.remind import sweep
from assessments.layouts import certificate, report
from documents.actions import print_document, run_job
from organizations.tenancy import tenant
from programs.jobs import today_in


@shared_task
def sweep_reviews(organization_id: int) -> None:
    """Remind of what is due in reviews, and close the cycles whose last day has passed, on the organization's own today."""
    with tenant(organization_id):
        sweep(today_in(organization_id))
    # What a lost wake-up or a mail server left.
    send_links.run(organization_id)


@shared_task
def send_feedback_links(organization_id: int) -> None:
    """Mail the personal links for 360 feedback that are due."""
    send_links.run(organization_id)


@shared_task
def print_certificate(organization_id: int, document_id: int) -> None:
    """Print one certificate in one language."""
    print_document.run(organization_id, document_id, certificate.layout)


@shared_task
def print_report(organization_id: int, document_id: int) -> None:
    """Print one exported report."""
    print_document.run(organization_id, document_id, report.layout)


@shared_task
def export_report(organization_id: int, job_id: int) -> None:
    """Write a long report into a file."""
    run_job.run(organization_id, job_id, export_batch)
