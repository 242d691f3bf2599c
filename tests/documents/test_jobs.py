"""What beat starts: the sweeps over all organizations."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from documents import jobs
from documents.actions import print_document, run_job
from documents.models import Job, RenderedDocument
from documents.vocabulary import DocumentKind, JobKind
from tests.queries import query_count


def test_a_sweep_resumes_what_is_left_lying_with_two_queries_per_organization(cast):
    print_document.request_print(
        DocumentKind.DELIVERABLE, about=cast.organization, version=1, content_hash="a", language="en", by=cast.trainee
    )
    run_job.create(JobKind.ENROLL, arguments={}, total=1, by=cast.director)
    connection.run_on_commit = []  # both wake-ups are lost
    with query_count() as too_early:
        jobs.sweep()
    assert connection.run_on_commit == []

    long_ago = timezone.now() - timedelta(minutes=5)
    RenderedDocument.objects.update(asked_at=long_ago)
    Job.objects.update(asked_at=long_ago)
    jobs.sweep()

    assert [call.job for _s, call, _r in connection.run_on_commit] == ["programs.jobs.print_deliverable", "programs.jobs.enroll_trainees"]
    assert len(too_early) == 1 + 2 * 2  # the organizations, then two for each of both
