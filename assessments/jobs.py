"""Celery's way into assessments."""

from celery import shared_task

from assessments.layouts import certificate
from documents.actions import print_document


@shared_task
def print_certificate(organization_id: int, document_id: int) -> None:
    """Print one certificate in one language."""
    print_document.run(organization_id, document_id, certificate.layout)
