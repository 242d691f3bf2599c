"""What beat starts for everybody."""

from celery import shared_task

from organizations import job_queue
from organizations.models import Organization


@shared_task
def for_each_organization(job: str) -> None:
    """Queue the named job once per organization, with the organization's id."""
    for organization_id in Organization.objects.order_by("pk").values_list("pk", flat=True):
        job_queue.send(job, organization_id)
