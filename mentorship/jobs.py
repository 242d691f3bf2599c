"""Celery's way into mentorship."""

from celery import shared_task

from documents.actions import print_document
from mentorship.layouts import development_plan


@shared_task
def print_development_plan(organization_id: int, document_id: int) -> None:
    """Print one version of a development plan."""
    print_document.run(organization_id, document_id, development_plan.layout)
