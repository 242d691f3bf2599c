"""Celery entry points of notifications."""

from celery import shared_task
from django.utils import timezone

from notifications.actions import deliver as deliveries
from notifications.actions import send_invitations
from organizations import job_queue
from organizations.models import Organization
from organizations.tenancy import tenant


@shared_task
def deliver(organization_id: int) -> None:
    """Send what is due in one organization."""
    deliveries.run(organization_id)
    send_invitations.run(organization_id)


@shared_task
def deliver_due() -> None:
    """Every 30 seconds: wake a worker for each organization that has something due; finds what a lost wake-up left."""
    now = timezone.now()
    for organization_id in Organization.objects.order_by("pk").values_list("pk", flat=True):
        with tenant(organization_id):
            is_due = deliveries.has_due(now) or send_invitations.unsent(now).exists()
        if is_due:
            job_queue.send("notifications.jobs.deliver", organization_id)
