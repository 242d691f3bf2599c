"""Celery's way into assessments."""

from celery import shared_task

from assessments.actions.export_later import export_batch
from assessments.layouts import certificate, report
from documents.actions import print_document, run_job


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
