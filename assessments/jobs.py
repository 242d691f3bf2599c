"""Celery's way into assessments: each opens the tenant and calls one action."""

from celery import shared_task

from assessments.actions.remind import sweep
from organizations.tenancy import tenant
from programs.jobs import today_in


@shared_task
def sweep_reviews(organization_id: int) -> None:
    """Remind of what is due in reviews, and close the cycles whose last day has passed, on the organization's own today."""
    with tenant(organization_id):
        sweep(today_in(organization_id))
