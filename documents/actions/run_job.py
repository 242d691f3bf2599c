"""Long work in batches: each batch and its progress are one transaction, so a killed worker's job goes on where it was.

The job lies in the app that owns the work (`vocabulary.LONG_JOBS`) and consists of one call:
`run_job.run(organization_id, job_id, batch)`.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import policies
from documents.models import Job
from documents.vocabulary import LONG_JOBS, JobKind, JobProblem, JobState
from organizations import job_queue, tenancy
from organizations.models import Member
from organizations.speaking import speaking_to

logger = logging.getLogger(__name__)

Batch = Callable[[Job], int]

MOST_STARTS = 2
GONE_AFTER = timedelta(seconds=60)
ENDED = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


def create(kind: JobKind, *, arguments: dict[str, Any], total: int, by: Member) -> Job:
    """Write down work to be done and wake a worker after the commit. `total` counts what its page shows progress of."""
    job = Job.objects.create(kind=kind, arguments=arguments, total=total, asked_by=by)
    wake(job)
    return job


def wake(job: Job) -> None:
    """After the commit queue the job that works off this kind."""
    job_queue.send_after_commit(LONG_JOBS[JobKind(job.kind)], tenancy.current_organization_id(), job.pk)


def run(organization_id: int, job_id: int, batch: Batch) -> None:
    """Work off a job. `batch(job)` does the next part, from `job.done` on, and answers how many it did; 0 ends the job.

    It runs in the tenant and in the language of whoever asked, in one transaction with the progress it made; it may write
    to `job.result` and `job.total`. A ValidationError ends the job with its words.
    """
    with tenancy.tenant(organization_id):
        job = claim(job_id, timezone.now())
    if job is None:
        return
    attempt = job.attempts
    try:
        while _step(organization_id, job_id, attempt, batch):
            pass
    except ValidationError as refusal:
        reason = " ".join(refusal.messages)
    except Exception:
        logger.exception("job_failed", extra={"job": job_id})
        reason = JobProblem.UNEXPECTED
    else:
        return
    with tenancy.tenant(organization_id):
        fail(job_id, reason)


def claim(job_id: int, now: datetime) -> Job | None:
    """Take a job and count the attempt before any work; None where it has ended, is being worked on, or has failed twice."""
    job = Job.objects.select_for_update(of=["self"]).filter(pk=job_id).first()
    if job is None or job.state in ENDED or (job.state == JobState.RUNNING and job.alive_at > now - GONE_AFTER):
        return None
    if job.attempts >= MOST_STARTS:
        fail(job_id, JobProblem.GAVE_UP)
        return None
    job.state, job.attempts, job.alive_at = JobState.RUNNING, job.attempts + 1, now
    job.save(update_fields=["state", "attempts", "alive_at"])
    return job


def progress(job: Job, done: int) -> None:
    """Write down how far a locked job is; a sign of life as well."""
    job.done, job.alive_at = min(done, job.total), timezone.now()
    job.save(update_fields=["done", "total", "result", "alive_at"])


def finish(job: Job) -> None:
    """The work is done, all of it."""
    job.state, job.done, job.ended_at = JobState.DONE, job.total, timezone.now()
    job.save(update_fields=["state", "done", "total", "result", "ended_at"])


def fail(job_id: int, reason: str) -> None:
    """End a job with words for the person who asked, or one of JobProblem. What its batches did stays."""
    running = Job.objects.filter(pk=job_id).exclude(state__in=ENDED)
    running.update(state=JobState.FAILED, problem=str(reason)[:300], ended_at=timezone.now())


@transaction.atomic
def cancel(job: Job, *, by: Member) -> None:
    """Stop after the batch in hand; what is done stays.

    Raises:
        PermissionDenied: someone else started it.
        ValidationError: "ended", there is nothing left to stop.
    """
    if not policies.may_cancel_job(by, job):
        raise PermissionDenied(_("Only the person who started this work may stop it."))
    stopped = Job.objects.filter(pk=job.pk).exclude(state__in=ENDED).update(state=JobState.CANCELLED, ended_at=timezone.now())
    if not stopped:
        raise ValidationError(_("This work has already ended."), code="ended")


def resume_gone(now: datetime) -> int:
    """Queue again the jobs whose worker has been silent for a minute, and those whose wake-up was lost; how many."""
    silent = Q(state=JobState.RUNNING, alive_at__lt=now - GONE_AFTER)
    lost = Q(state=JobState.WAITING, asked_at__lt=now - GONE_AFTER)
    gone = [job for job in Job.objects.filter(silent | lost) if job.kind in LONG_JOBS]
    for job in gone:
        wake(job)
    return len(gone)


def _step(organization_id: int, job_id: int, attempt: int, batch: Batch) -> bool:
    """One batch and its progress; False when there is no more to do here."""
    with tenancy.tenant(organization_id):
        job = Job.objects.select_for_update(of=["self"]).select_related("asked_by__user").get(pk=job_id)
        # Cancelled; or a later start has taken over while this worker slept.
        if job.state != JobState.RUNNING or job.attempts != attempt:
            return False
        with speaking_to(job.asked_by):
            did = batch(job)
        if did:
            progress(job, job.done + did)
        else:
            finish(job)
        return bool(did)
