"""The certification report of 100,000 rows as CSV and XLSX, beside a cursor with the same number of cells."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain, islice, repeat

import psycopg
import xlsxwriter
from django.core.files.storage import default_storage

from assessments.actions.export_later import export_batch
from assessments.actions.export_report import write_down, write_file
from assessments.queries.certifications import HEADINGS, Filters, chunk
from assessments.vocabulary import ExportFormat
from bench import data, growth, story
from bench.floors import Marks, beside, forget, marks, row
from bench.measure import table
from documents.actions import run_job
from documents.models import Job, StoredFile
from documents.vocabulary import JobKind, JobState
from organizations.models import Member, Organization
from organizations.tenancy import tenant

ROWS, COLUMNS = 100_000, len(HEADINGS)
# Goal and limit of the ratios (of the performance study): of CSV beside csv.writer, of XLSX beside XlsxWriter.
LIMITS = {ExportFormat.CSV: (2.0, 4.0), ExportFormat.XLSX: (1.3, 2.0)}
ROUNDS = {ExportFormat.CSV: 5, ExportFormat.XLSX: 1}  # a CSV takes a second or two, so a busy machine shows
MOST_GROWTH = 50  # MiB, of the whole job
WRITTEN = (
    "assessments_certificate",
    "assessments_decision",
    "assessments_reportexport",
    "documents_job",
    "documents_storedfile",
    "organizations_auditevent",
    "organizations_auditpayload",
)
# A decision and a certificate in turn for each enrollment of the organization. The report reads no review, so there are none.
DECISIONS = """
WITH chosen AS (SELECT e.id, e.trainee_id, row_number() OVER (ORDER BY e.id) AS n, count(*) OVER () AS total
  FROM programs_enrollment e WHERE e.organization_id = %(organization)s)
INSERT INTO assessments_decision (organization_id, review_id, enrollment_id, outcome, level, track, scores, reasons, plan, by_id,
  after_appeal, file_hash, at)
SELECT %(organization)s, 10000000 + g, c.id, 'certified', 'junior', '', '{}', '评审组的理由', '[]', c.trainee_id, false, '',
  now() - g * interval '1 minute'
FROM generate_series(1, %(rows)s) g JOIN chosen c ON c.n = g %% c.total + 1"""
CERTIFICATES = """
INSERT INTO assessments_certificate (organization_id, decision_id, issue, enrollment_id, holder_id, name, level, number, issued_on,
  expires_on, issued_by_id, issued_at)
SELECT d.organization_id, d.id, 1, d.enrollment_id, m.id, m.name, d.level, 'BENCH-' || d.id, current_date, current_date + 1095, m.id, now()
FROM assessments_decision d JOIN programs_enrollment e ON e.id = d.enrollment_id JOIN organizations_member m ON m.id = e.trainee_id
WHERE d.id > %s"""
FLOOR = """
SELECT organization_id::text, enrollment_id::text, phase::text, pillar::text, position::text, title, state, due::text,
  coalesce(submitted::text, '-') FROM task ORDER BY id LIMIT %s"""


def measure() -> None:
    """Prints a table: for each form the writer alone, over rows that are there, and all that a worker does for the file.

    Then, for each form, how far the whole job makes a worker grow.
    """
    organization = Organization.objects.values_list("pk", flat=True).get(slug=story.SLUG)
    with data.superuser() as db, data.superuser("reference") as reference:
        ends = marks(db, WRITTEN)
        try:
            _decide(db, organization, ends)
            table(list(_rows(reference, organization)))
            for form in LIMITS:
                more = growth.of_export(form, organization)
                over = "" if more <= MOST_GROWTH else " OVER"
                print(f"memory of {form.upper()}, the whole job: +{more:.0f} MiB, limit {MOST_GROWTH}{over}")
        finally:
            forget(db, ends)


def _rows(reference: psycopg.Connection, organization: int) -> Iterator[dict]:
    by = director(organization)
    with tenant(organization):
        cells, _last = chunk(Filters(), None, 1000, _today())
    for form, floor in ((ExportFormat.CSV, _floor_csv), (ExportFormat.XLSX, _floor_xlsx)):
        alone, job = partial(_written, form, cells), partial(exported, form, by, organization)
        for name, own in (("the writer alone", alone), ("the whole job", job)):
            found = beside(own, partial(floor, reference), ROUNDS[form])
            yield row(f"{form.upper()}, {name}", found, *LIMITS[form], f"{ROWS:,} of {COLUMNS} cells")


def director(organization: int) -> Member:
    """Who asks for the reports."""
    with tenant(organization):
        return Member.objects.select_related("user").get(email="director@hengyue.example")


def _today() -> date:
    return date.today()  # noqa: DTZ011  the day that the data is of


def _decide(db: psycopg.Connection, organization: int, ends: Marks) -> None:
    with db.transaction():
        db.execute("SET LOCAL session_replication_role = replica")
        db.execute(DECISIONS, {"organization": organization, "rows": ROWS})
        db.execute(CERTIFICATES, [ends["assessments_decision"]])
    db.execute("VACUUM ANALYZE assessments_decision, assessments_certificate")


def _written(form: str, cells: list[list[str]]) -> int:
    """The product's writer over rows that cost nothing to come by."""
    made = io.BytesIO()
    write_file(made, form, chain([[str(heading) for heading in HEADINGS]], islice(chain.from_iterable(repeat(cells)), ROWS)))
    return made.tell()


def exported(form: str, by: Member, organization: int) -> int:
    """As a worker does it: rows in batches, parts in storage, the file put together and kept; then thrown away."""
    with tenant(organization):
        export = write_down(form, Filters(), ROWS, by=by, today=_today())
        job = Job.objects.create(kind=JobKind.EXPORT, arguments={"export": export.pk}, total=ROWS, asked_by=by)
    run_job.run(organization, job.pk, export_batch)
    with tenant(organization):
        job.refresh_from_db()
        if (job.state, job.done) != (JobState.DONE, ROWS):
            raise SystemExit(f"the export ended as {job.state} after {job.done} rows: {job.problem}")
        file = StoredFile.objects.get(subject_kind=export.subject_kind, subject_id=export.pk)
    default_storage.delete(file.key)
    return file.size


def _cursor(reference: psycopg.Connection) -> Iterator[tuple]:
    with reference.transaction(), reference.cursor("export") as cursor:
        cursor.itersize = 2000
        yield from cursor.execute(FLOOR, [ROWS])


def _floor_csv(reference: psycopg.Connection) -> int:
    out = io.StringIO()
    csv.writer(out).writerows(_cursor(reference))
    return len(out.getvalue().encode())


def _floor_xlsx(reference: psycopg.Connection) -> int:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(_cursor(reference)):
            sheet.write_row(number, 0, cells)
    return out.tell()
