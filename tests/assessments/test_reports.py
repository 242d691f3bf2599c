"""The certification report: its page, by role and by filter; CSV, XLSX and PDF."""

import csv
import io
from datetime import date, timedelta
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.actions import export_report
from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.models import ReportExport
from assessments.queries.certifications import Filters, totals
from documents.models import RenderedDocument
from organizations.models import AuditEvent, AuditPayload, Member
from organizations.tenancy import tenant
from programs.actions.enroll import NewTrainee, enroll
from programs.models import Enrollment
from tests.factories.decisions import DECIDED_AT, make_decision
from tests.factories.programs import START, enroll_cast, make_cohort
from tests.queries import query_count

TODAY = date(2026, 11, 30)
HOSTILE = ["=cmd|' /C calc'!A0", '+86 林,"予"安', "👩‍🏫 阿不都" + "热依木" * 20]
FORMATS = ["csv", "xlsx", "pdf"]


@pytest.fixture
def world(cast):
    """Two cohorts, four people with hostile names among them, five reviews in two half-years, one appeal, two certificates."""
    first = make_cohort(cast)
    second = make_cohort(cast, name="=2027 春季班", version=first.version)
    names = [*HOSTILE, "林小雨"]
    people = Member.objects.bulk_create([Member(name=name, sort_name=name, roles=["member"]) for name in names])
    in_first = enroll(first, [NewTrainee(people[0].pk), NewTrainee(people[1].pk)], by=cast.manager, today=START)
    in_second = enroll(second, [NewTrainee(people[2].pk), NewTrainee(people[3].pk)], by=cast.manager, today=START)
    one, two, three, four = Enrollment.objects.filter(pk__in=[*in_first, *in_second]).order_by("pk")
    make_decision(cast, one, "progress", number=1, at=DECIDED_AT - timedelta(days=200))
    junior = make_decision(cast, one, number=2)
    appealed = make_decision(cast, two, "not_yet", number=2)
    make_decision(cast, two, level="intermediate", review=appealed.review, after_appeal=True, at=DECIDED_AT + timedelta(days=3))
    make_decision(cast, three, "not_yet")
    kept = make_decision(cast, four, "kept", level="intermediate")
    issue_certificate(junior, by=cast.director, today=TODAY)
    revoke_certificate(issue_certificate(kept, by=cast.director, today=TODAY), reason="不实", by=cast.director, today=TODAY)
    return {"first": first, "second": second}


def report(cast, client, path="reports/", part="director", **query):
    return cast.sign_in(client, cast.people[part]).get(cast.url(path), query)


def rows_of(answer) -> list[list[str]]:
    """What a spreadsheet program reads, of CSV or XLSX, below the head."""
    if answer["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))[1:]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    return [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("path", ["reports/", *(f"reports/certifications.{form}" for form in FORMATS)])
@pytest.mark.parametrize("part", ["trainee", "mentor", "manager", "reviewer", "sponsor"])
def test_it_is_for_the_hr_director_and_the_admin(cast, client, path, part):
    assert report(cast, client, path, part).status_code == 403
    assert ReportExport.objects.count() == 0


def test_another_tenant_sees_nothing_of_it(cast, world, client):
    cast.sign_in(client, cast.outsider)
    assert client.get(cast.url("reports/")).status_code == 404
    page = client.get("/o/rival/reports/", {"cohort": world["first"].pk})
    assert (page.status_code, "没有这个班级" in page.text, "秋季班" in page.text) == (422, True, False)
    answer = client.get("/o/rival/reports/certifications.csv")
    assert (answer.status_code, rows_of(answer)) == (200, [])


def test_totals_count_each_review_once(cast, world):
    counted = totals(Filters())
    # Intermediate, junior, kept, not yet, progress.
    assert {group.label: group.counts for group in counted.cohorts} == {"2026 秋季班": (1, 1, 0, 0, 1), "=2027 春季班": (0, 0, 1, 1, 0)}
    assert {group.label: group.total for group in counted.periods} == {"2026 下半年": 4, "2026 上半年": 1}
    assert counted.all.total == 5
    assert sum(part.width for part in counted.cohorts[1].bar) <= 100


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 5),
        ({"outcome": "certified"}, 2),
        ({"since": "2026-11-20"}, 4),
        ({"until": "2026-11-19"}, 1),
        ({"since": "2026-11-23", "until": "2026-11-23"}, 1),
        ({"cohort": "first", "outcome": "not_yet"}, 0),
    ],
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_filters_stand_in_the_address_and_exports_honour_them(cast, world, client, query, count, form):
    query = {name: world[value].pk if value in world else value for name, value in query.items()}
    assert totals(Filters.from_address({name: str(value) for name, value in query.items()})).all.total == count
    page = report(cast, client, **query)
    answer = report(cast, client, f"reports/certifications.{form}", **query)
    assert (page.status_code, answer.status_code, len(rows_of(answer))) == (200, 200, count)
    for name, value in query.items():
        assert f"{name}={value}" in page.text or not count


@pytest.mark.parametrize(
    "query", [{"cohort": "99999999999999999999"}, {"cohort": "x"}, {"since": "0001-01-01"}, {"since": "gestern"}, {"outcome": "'; --"},
              {"since": "2026-12-01", "until": "2026-11-01"}, {"until": "9999-12-31"}, {"cohort": "\0"}],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_said_next_to_it(cast, world, client, query):
    page = report(cast, client, **query)
    assert (page.status_code, 'aria-invalid="true"' in page.text) == (422, True)
    answer = report(cast, client, "reports/certifications.csv", **query)
    assert (answer.status_code, answer["Location"].startswith(cast.url("reports/?"))) == (302, True)
    assert ReportExport.objects.count() == 0


def test_the_page_names_people_and_nothing_of_their_work(cast, world, client):
    page = report(cast, client, part="admin").text
    for words in ("林小雨", "TRL-2026-000001", "已撤销", "2026 下半年", 'role="img"', "=cmd|&#x27; /C calc&#x27;!A0"):
        assert words in page, words
    for private in ("评审组的理由", "再做一个项目", "不实"):
        assert private not in page


def test_of_a_decision_with_two_certificates_the_newer_counts(cast, client):
    decision = make_decision(cast, enroll_cast(cast))
    first = issue_certificate(decision, by=cast.director, today=TODAY)
    revoke_certificate(first, reason="姓名有误", by=cast.director, today=TODAY)
    issue_certificate(decision, by=cast.director, today=TODAY + timedelta(days=1))

    rows = rows_of(report(cast, client, "reports/certifications.csv"))
    assert [row[5:] for row in rows] == [["TRL-2026-000002", "有效", "2026-12-01", "2028-12-01"]]
    page = report(cast, client).text
    assert ("TRL-2026-000002" in page, "TRL-2026-000001" in page, "已撤销" in page) == (True, False, False)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("language", "head"), [("zh-hans", "姓名"), ("en", "Name")])
def test_it_opens_in_excel_with_hostile_names_harmless(cast, world, client, form, language, head):
    cast.admin.user.language = language
    cast.admin.user.save()
    answer = report(cast, client, f"reports/certifications.{form}", part="admin")

    rows = rows_of(answer)
    guard = "'" if form == "csv" else ""
    first, second, third = f"{guard}{HOSTILE[0]}", f"{guard}{HOSTILE[1]}", HOSTILE[2]
    assert [row[0] for row in rows] == [first, first, third, "林小雨", second]  # in the order of deciding
    assert {row[1] for row in rows} == {"2026 秋季班", f"{guard}=2027 春季班"}
    junior = next(row for row in rows if row[5] == "TRL-2026-000001")
    assert junior[2:] == (
        ["通过认证", "初级培训经理", "2026-11-20", "TRL-2026-000001", "有效", "2026-11-30", "2028-11-30"]
        if language == "zh-hans"
        else ["Certified", "Junior Training Manager", "2026-11-20", "TRL-2026-000001", "Valid", "2026-11-30", "2028-11-30"]
    )
    if form == "csv":
        assert answer.content.startswith(b"\xef\xbb\xbf" + head.encode())
        assert answer.content.count(b"\r\n") == len(rows) + 1 == answer.content.count(b"\n")
    name = "认证结果" if language == "zh-hans" else "Certifications"
    assert unquote(answer["Content-Disposition"]).endswith(f"{name} {timezone.localdate().isoformat()}.{form}" + '"' * (language == "en"))


def test_the_pdf_is_printed_by_a_worker_and_reads_back(cast, world, client, run_jobs):
    answer = report(cast, client, "reports/certifications.pdf", cohort=world["second"].pk)
    again = report(cast, client, "reports/certifications.pdf", cohort=world["second"].pk)
    document = RenderedDocument.objects.get(kind="report")
    assert (answer.status_code, answer["Location"]) == (302, cast.url(f"documents/{document.code}/"))
    assert (again["Location"], ReportExport.objects.count()) == (answer["Location"], 1)
    assert "assessments.jobs.print_report" in run_jobs()

    document.refresh_from_db()
    with default_storage.open(document.file.key) as content, pypdfium2.PdfDocument(content.read()) as pdf:
        said = "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")
    for words in ("认证报告", "林小雨", "=2027 春季班", "中级培训经理", "已撤销", document.printed_code, "2026 下半年"):
        assert words in said, words
    assert "2026 秋季班" not in said
    # The admin, too, may have what the director exported.
    sent = report(cast, client, f"reports/exports/{ReportExport.objects.get().pk}/", part="admin")
    assert sent.getvalue()[:5] == b"%PDF-"


def test_what_is_too_long_for_paper_is_said(cast, world, client, monkeypatch):
    monkeypatch.setattr(export_report, "MOST_PRINTED", 4)
    page = cast.sign_in(client, cast.director).get(cast.url("reports/certifications.pdf"), follow=True)
    assert ("PDF 最多 4 行" in page.text, ReportExport.objects.count()) == (True, 0)


def test_every_export_is_written_down(cast, world, client):
    report(cast, client, "reports/certifications.csv", part="admin", outcome="certified", cohort=world["first"].pk)
    event = AuditEvent.objects.get(action="report_exported")
    after = AuditPayload.objects.get(event=event).after
    assert (event.actor, event.subject_kind) == (cast.admin, "report")
    assert after == {"format": "csv", "rows": 2, "cohort": "2026 秋季班", "outcome": "certified"}
    page = report(cast, client, part="director").text
    assert ("最近的导出" in page, "已下载" in page, "CSV · 2 行" in page) == (True, True, True)


def test_an_empty_report_says_so_and_what_to_do(cast, client):
    assert "还没有评审结论" in report(cast, client).text
    assert "没有符合的结论" in report(cast, client, outcome="kept").text


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_a_fixed_number(cast, client, more):
    cohort = enroll_cast(cast).cohort
    people = Member.objects.bulk_create([Member(name=f"学员{n}", sort_name=f"{n}", roles=["member"]) for n in range(more)])
    if people:
        enroll(cohort, [NewTrainee(each.pk) for each in people], by=cast.manager, today=START)
    for enrollment in Enrollment.objects.all():
        issue_certificate(make_decision(cast, enrollment), by=cast.director, today=TODAY)
        report(cast, client, "reports/certifications.csv")
    report(cast, client)
    with query_count() as seen:
        client.get(cast.url("reports/"))
    assert len(seen) == 16, "\n".join(seen)


def test_the_rival_finds_no_file_of_ours(cast, world, client):
    report(cast, client, "reports/certifications.csv")
    export = ReportExport.objects.get()
    cast.sign_in(client, cast.outsider)
    assert client.get(f"/o/rival/reports/exports/{export.pk}/").status_code == 404
    with tenant(cast.rival.pk):
        assert ReportExport.objects.count() == 0
