"""Celery's way into projects: each opens the tenant and calls one action."""

from celery import shared_task

from organizations.tenancy import tenant
from programs.jobs import today_in
from projects.actions.close_project import close_all_ready
from projects.actions.remind import remind


@shared_task
def sweep_projects(organization_id: int) -> None:
    """Remind of gates and conditions on the organization's own today, and close what the last signature made ready."""
    with tenant(organization_id):
        today = today_in(organization_id)
        remind(today)
        close_all_ready(today)
