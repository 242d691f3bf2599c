"""Long work: every part counts once, whoever is killed on the way."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from documents.actions import run_job
from documents.models import Job
from documents.vocabulary import JobKind, JobState


@pytest.fixture
def job(cast):
    return run_job.create(JobKind.ENROLL, arguments={"emails": ["a", "b"]}, total=5, by=cast.director)


def two_at_a_time(job: Job) -> int:
    """Writes down what it did in the job itself."""
    part = list(range(job.done, min(job.done + 2, job.total)))
    job.result["did"] = job.result.get("did", []) + part
    return len(part)


def test_work_is_done_in_parts_and_its_progress_with_it(cast, job):
    run_job.run(cast.organization.pk, job.pk, two_at_a_time)

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result, job.attempts) == (JobState.DONE, 5, 5, {"did": [0, 1, 2, 3, 4]}, 1)
    assert job.ended_at is not None


def test_a_worker_is_woken_after_the_commit(cast, job):
    assert [(c.job, c.arguments) for _s, c, _r in connection.run_on_commit] == [
        ("programs.jobs.enroll_trainees", (cast.organization.pk, job.pk))
    ]


class Killed(BaseException):
    """What ends a worker in the middle of a part: nothing catches it."""


def killed_in_the_second_part(job: Job) -> int:
    if job.done >= 2:
        job.result["did"] = "half"
        raise Killed
    return two_at_a_time(job)


def test_a_killed_workers_job_goes_on_where_its_last_whole_part_ended(cast, job):
    with pytest.raises(Killed):
        run_job.run(cast.organization.pk, job.pk, killed_in_the_second_part)
    job.refresh_from_db()
    assert (job.state, job.done, job.result) == (JobState.RUNNING, 2, {"did": [0, 1]})

    run_job.run(cast.organization.pk, job.pk, two_at_a_time)  # too early: the first may still be at it
    Job.objects.update(alive_at=timezone.now() - run_job.GONE_AFTER - timedelta(seconds=1))
    assert run_job.resume_gone(timezone.now()) == 1
    run_job.run(cast.organization.pk, job.pk, two_at_a_time)

    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (JobState.DONE, {"did": [0, 1, 2, 3, 4]}, 2)


def test_the_third_start_ends_as_failed_with_a_reason(cast, job):
    long_ago = timezone.now() - run_job.GONE_AFTER - timedelta(seconds=1)
    assert run_job.claim(job.pk, long_ago).attempts == 1
    assert run_job.claim(job.pk, timezone.now()).attempts == 2
    assert run_job.claim(job.pk, timezone.now() + run_job.GONE_AFTER * 2) is None

    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "gave_up")


def test_a_lost_wake_up_is_made_good(cast, job):
    assert run_job.resume_gone(timezone.now()) == 0
    Job.objects.update(asked_at=timezone.now() - run_job.GONE_AFTER - timedelta(seconds=1))
    assert run_job.resume_gone(timezone.now()) == 1


def test_a_worker_that_slept_through_its_replacement_leaves_the_job_alone(cast, job):
    def overtaken(job: Job) -> int:
        Job.objects.filter(pk=job.pk).update(attempts=2)
        return two_at_a_time(job)

    run_job.run(cast.organization.pk, job.pk, overtaken)

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.RUNNING, 2)


def refuse(job: Job) -> int:
    raise ValidationError("第 3 行没有邮箱。")


def stumble(job: Job) -> int:
    raise ZeroDivisionError


@pytest.mark.parametrize(("batch", "problem"), [(refuse, "第 3 行没有邮箱。"), (stumble, "unexpected")])
def test_a_failure_is_said_and_what_is_done_stays(cast, job, batch, problem, caplog):
    def later(job: Job) -> int:
        return two_at_a_time(job) if job.done < 4 else batch(job)

    run_job.run(cast.organization.pk, job.pk, later)

    job.refresh_from_db()
    assert (job.state, job.problem, job.done) == (JobState.FAILED, problem, 4)


def test_it_can_be_stopped_between_two_parts_by_who_started_it(cast, job):
    with pytest.raises(PermissionDenied):
        run_job.cancel(job, by=cast.trainee)

    def stopped_meanwhile(job: Job) -> int:
        did = two_at_a_time(job)
        if job.done == 2:
            Job.objects.filter(pk=job.pk).update(state=JobState.CANCELLED)
        return did

    run_job.run(cast.organization.pk, job.pk, stopped_meanwhile)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.CANCELLED, 4)
    with pytest.raises(ValidationError) as refusal:
        run_job.cancel(job, by=cast.director)
    assert refusal.value.code == "ended"


@pytest.mark.parametrize(("reader", "status"), [("director", 200), ("admin", 404), ("trainee", 404)])
def test_its_page_is_for_who_started_it(client, cast, job, reader, status):
    cast.sign_in(client, getattr(cast, reader))
    assert client.get(cast.url(f"jobs/{job.pk}/")).status_code == status
    assert client.post(cast.url(f"jobs/{job.pk}/cancel/")).status_code == (302 if status == 200 else 404)


@pytest.mark.parametrize("state", JobState.values)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_its_page_says_how_far_it_is_in_either_language(client, cast, job, state, language):
    Job.objects.update(state=state, done=2, problem="gave_up", result={"path": "cohorts/1/", "notes": ["王芳：没有邮箱"]})
    user = cast.director.user
    user.language = language
    user.save()
    cast.sign_in(client, cast.director)

    page = client.get(cast.url(f"jobs/{job.pk}/"))
    fragment = client.get(cast.url(f"jobs/{job.pk}/"), headers={"HX-Request": "true"})

    under_way = state in ("waiting", "running")
    assert page.status_code == fragment.status_code == 200
    assert "王芳：没有邮箱" in page.text
    assert ("every 2s" in fragment.text, 'http-equiv="refresh"' in page.text) == (under_way, under_way)
    assert (cast.url("cohorts/1/") in page.text) is not under_way
    assert "<html" not in fragment.text
