"""Fault 2: the worker killed half-way through enrolling a thousand. Nobody is enrolled twice, and what is counted is there."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from documents.actions import run_job
from documents.models import Job
from documents.vocabulary import JobState
from organizations.models import Member
from organizations.tenancy import tenant
from programs.actions.enroll import NewTrainee
from programs.actions.enroll_in_batches import BATCH, enroll_later
from programs.models import Enrollment, TaskWork
from tests import servers
from tests.factories.programs import builtin_version, make_cohort
from tests.faults.found import found_wrong
from tests.programs.committed import committed_cast

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

SEED = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**6))
PEOPLE = 1000
WAIT_SECONDS = 60


def wait_for(cast, is_so) -> Job:
    """The newest job as soon as it is so."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        with tenant(cast.organization.pk):
            job = Job.objects.get()
        if is_so(job):
            return job
        assert time.monotonic() < end, f"it did not happen: {job.state}, {job.done} of {job.total}, {job.problem}"
        time.sleep(0.01)


@contextmanager
def somebody_held(member: Member) -> Iterator[None]:
    """The worker comes as far as this person and waits there, in the middle of a batch, however fast it is."""
    with servers.superuser() as holder, holder.transaction():
        holder.execute("SELECT FROM organizations_member WHERE id = %s FOR UPDATE", [member.pk])
        yield


def let_the_sweep_find_it(cast, job: Job) -> None:
    """A minute passes in silence, and the regular sweep looks."""
    with tenant(cast.organization.pk):
        assert run_job.resume_gone(timezone.now()) == 0  # too early: it may be alive
        Job.objects.filter(pk=job.pk).update(alive_at=timezone.now() - run_job.GONE_AFTER - timedelta(seconds=1))
        assert run_job.resume_gone(timezone.now()) == 1


def test_fault_2_a_worker_killed_half_way_through_a_thousand(start_worker):
    print(f"FAULT_SEED={SEED}")  # noqa: T201
    chance = random.Random(SEED)
    cast = committed_cast()
    with tenant(cast.organization.pk):
        cohort = make_cohort(cast, version=builtin_version(cast))
        names = [f"学员{number:04}" for number in range(PEOPLE)]
        people = Member.objects.bulk_create([Member(name=name, sort_name=name, roles=["member"]) for name in names])
    worker = start_worker()
    begun = chance.randrange(1, PEOPLE // BATCH) * BATCH
    with somebody_held(people[begun + chance.randrange(BATCH)]):
        with tenant(cast.organization.pk):
            enroll_later(cohort, [NewTrainee(member.pk, {"mentor": [cast.mentor.pk]}) for member in people], by=cast.manager)
        wait_for(cast, lambda job: job.done >= begun)
        time.sleep(chance.random() / 3)
        worker.kill()

    job = wait_for(cast, lambda job: True)
    with tenant(cast.organization.pk):
        print(f"killed at {job.done} of {PEOPLE}")  # noqa: T201
        assert (job.state, job.done, Enrollment.objects.count()) == (JobState.RUNNING, begun, begun)
    assert found_wrong() == []

    servers.forget_jobs_and_cache()  # the dead worker's sign of life, and its half-done job, which the broker keeps for half an hour
    start_worker()
    let_the_sweep_find_it(cast, job)
    job = wait_for(cast, lambda job: job.state in run_job.ENDED)

    with tenant(cast.organization.pk):
        assert (job.state, job.done, job.attempts, job.problem, job.result["enrolled"]) == (JobState.DONE, PEOPLE, 2, "", PEOPLE)
        assert Enrollment.objects.count() == Enrollment.objects.values("trainee").distinct().count() == PEOPLE
        assert TaskWork.objects.count() == PEOPLE * cohort.version.tasks.count()
    assert found_wrong() == []
