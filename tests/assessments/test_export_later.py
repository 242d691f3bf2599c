"""A long report is written by a worker: with progress, resumed after a kill, its file kept for a while."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.actions import export_later, export_report
from assessments.models import ReportExport
from documents.actions import run_job, sweep_files
from documents.models import Job, StoredFile
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.actions.enroll import NewTrainee, enroll
from programs.models import Enrollment
from tests.factories.decisions import DECIDED_AT, make_decision
from tests.factories.programs import START, make_cohort

PEOPLE = 7


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Five rows are many, three are a batch."""
    monkeypatch.setattr(export_report, "AT_ONCE", 5)
    monkeypatch.setattr(export_later, "BATCH", 3)


@pytest.fixture
def names(cast):
    """Seven people in the order in which they were decided on, two at the same moment."""
    cohort = make_cohort(cast)
    names = [f"={n} 学员" for n in range(PEOPLE)]
    people = Member.objects.bulk_create([Member(name=name, sort_name=name, roles=["member"]) for name in names])
    keys = enroll(cohort, [NewTrainee(each.pk) for each in people], by=cast.manager, today=START)
    for number, enrollment in enumerate(Enrollment.objects.filter(pk__in=keys).order_by("trainee__sort_name")):
        make_decision(cast, enrollment, at=DECIDED_AT + timedelta(minutes=number // 2))
    return names


def ask(cast, client, form="csv") -> Job:
    answer = cast.sign_in(client, cast.director).get(cast.url(f"reports/certifications.{form}"))
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, cast.url(f"jobs/{job.pk}/"))
    return job


def read(client, cast, export: ReportExport) -> list[str]:
    """The names in the file, as a spreadsheet program reads them."""
    content = client.get(cast.url(f"reports/exports/{export.pk}/")).getvalue()
    if export.format == "csv":
        return [row[0].removeprefix("'") for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:]
    return [row[0] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_worker_writes_it_and_its_page_leads_to_the_file(cast, names, client, run_jobs, form):
    job = ask(cast, client, form)
    assert ask(cast, client, form) == job  # asked again meanwhile, it is the same
    assert run_jobs().count("assessments.jobs.export_report") == 1

    job.refresh_from_db()
    export = ReportExport.objects.get()
    assert (job.state, job.done, job.total, job.problem) == ("done", PEOPLE, PEOPLE, "")
    assert cast.url(f"reports/exports/{export.pk}/") in client.get(cast.url(f"jobs/{job.pk}/")).text
    assert read(client, cast, export) == names
    assert cast.url(f"reports/exports/{export.pk}/") in client.get(cast.url("reports/")).text


def test_it_holds_the_same_bytes_as_what_a_page_writes_at_once(cast, names, client, run_jobs, monkeypatch):
    ask(cast, client)
    run_jobs()
    by_worker = client.get(cast.url(f"reports/exports/{ReportExport.objects.get().pk}/")).getvalue()
    monkeypatch.setattr(export_report, "AT_ONCE", 100)
    at_once = client.get(cast.url("reports/certifications.csv"))
    assert (at_once.status_code, at_once.content) == (200, by_worker)


class Killed(BaseException):
    """What ends a worker in the middle of a part: nothing catches it."""


def killed_after(parts: int):
    """A batch that dies after it has written so many parts, before its transaction ends."""

    def batch(job: Job) -> int:
        did = export_later.export_batch(job)
        if job.done >= parts * export_later.BATCH:
            raise Killed
        return did

    return batch


@pytest.mark.parametrize("parts", [0, 1, 2])
def test_after_a_killed_worker_it_goes_on_and_holds_everybody_once(cast, names, client, run_jobs, parts):
    job = ask(cast, client)
    with pytest.raises(Killed):
        run_job.run(cast.organization.pk, job.pk, killed_after(parts))
    job.refresh_from_db()
    assert (job.state, job.done, len(job.result.get("parts", []))) == ("running", parts * export_later.BATCH, parts)
    parts_kept = job.result.get("parts", [])

    Job.objects.update(alive_at=timezone.now() - run_job.GONE_AFTER - timedelta(seconds=1))
    assert run_job.resume_gone(timezone.now()) == 1
    run_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert read(client, cast, ReportExport.objects.get()) == names
    assert [key for key in parts_kept if default_storage.exists(key)] == []


def test_killed_twice_it_has_failed_and_says_why(cast, names, client):
    job = ask(cast, client)
    for _start in range(2):
        with pytest.raises(Killed):
            run_job.run(cast.organization.pk, job.pk, killed_after(0))
        Job.objects.update(alive_at=timezone.now() - run_job.GONE_AFTER - timedelta(seconds=1))
    run_job.run(cast.organization.pk, job.pk, export_later.export_batch)

    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", "gave_up")
    page = client.get(cast.url("reports/")).text
    assert ("未完成" in page, "两次" in page) == (True, True)


def test_it_can_be_stopped(cast, names, client, run_jobs):
    job = ask(cast, client)
    client.post(cast.url(f"jobs/{job.pk}/cancel/"))
    run_jobs()
    job.refresh_from_db()
    assert (job.state, StoredFile.objects.count()) == ("cancelled", 0)
    assert "已停止" in client.get(cast.url("reports/")).text


def test_who_may_not_any_more_gets_no_file(cast, names, client, run_jobs):
    job = ask(cast, client)
    cast.director.roles = [OrganizationRole.MEMBER]
    cast.director.save()
    run_jobs()
    job.refresh_from_db()
    assert (job.state, StoredFile.objects.count()) == ("failed", 0)
    assert "只有人力资源总监或管理员" in job.problem


def test_files_go_after_thirty_days_and_the_list_says_so(cast, names, client, run_jobs):
    ask(cast, client)
    run_jobs()
    export = ReportExport.objects.get()
    now = timezone.now()
    assert sweep_files.remove_old_reports(now + timedelta(days=29)) == 0
    assert sweep_files.remove_old_reports(now + timedelta(days=31)) == 1
    assert client.get(cast.url(f"reports/exports/{export.pk}/")).status_code == 404
    assert "已不再保留" in client.get(cast.url("reports/")).text


def test_every_row_comes_once_whatever_the_batch(cast, names, monkeypatch):
    from assessments.queries.certifications import Filters, chunk

    for size in (1, 2, 3, 10):
        seen, last = [], None
        while True:
            rows, last = chunk(Filters(), last, size, START)
            if not rows:
                break
            seen += [row[0] for row in rows]
        assert seen == names
