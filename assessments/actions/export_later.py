"""Write a long report in batches: each leaves a part in storage and one transaction, so a killed worker's job goes on where it was."""

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.export_report import file_name, write_file
from assessments.models import ReportExport
from assessments.policies.certificates import may_read_reports
from assessments.queries.certifications import Filters, chunk, table
from assessments.vocabulary import ExportFormat
from documents import spreadsheets
from documents.actions import store_file
from documents.models import Job
from organizations import tenancy

BATCH = 10_000


def export_batch(job: Job) -> int:
    """Write the next rows into a part of their own; after the last one put the parts together. How many rows, 0 at the end.

    Raises:
        ValidationError: "not_allowed", whoever asked may not read reports any more.
    """
    if not may_read_reports(job.asked_by):
        raise ValidationError(_("Only the HR director or an admin exports reports."), code="not_allowed")
    export = ReportExport.objects.get(pk=job.arguments["export"])
    rows, last = chunk(Filters.from_address(export.filters), job.result.get("last"), BATCH, export.as_of)
    if not rows:
        _put_together(job, export)
        return 0
    job.result = {"last": last, "parts": [*job.result.get("parts", []), _keep_part(export.format, rows)]}
    # Decisions made since it was asked for are in it too.
    job.total = max(job.total, job.done + len(rows))
    return len(rows)


def _keep_part(form: str, rows: list[list[str]]) -> str:
    """Rows in the organization's folder: as lines of the CSV file, or as JSON. Where the transaction fails the sweep finds the bytes."""
    part = spreadsheets.csv_lines(rows) if form == ExportFormat.CSV else json.dumps(rows, ensure_ascii=False).encode()
    return default_storage.save(f"{tenancy.current_organization_id()}/{secrets.token_urlsafe(24)}", ContentFile(part))


def _put_together(job: Job, export: ReportExport) -> None:
    parts = job.result.get("parts", [])
    with connection.cursor() as cursor:
        # A workbook of 100,000 rows takes longer than a page's connection may stand idle.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'")
    with tempfile.TemporaryFile() as made:
        if export.format == ExportFormat.CSV:
            write_file(made, export.format, table([]))
            for part in _opened(parts):
                shutil.copyfileobj(part, made)
        else:
            write_file(made, export.format, table(row for part in _opened(parts) for row in json.load(part)))
        store_file.keep_made(File(made), file_name(export), export.format, about=export, by=job.asked_by)
    job.result = {"path": paths.export_file(export.pk)}
    for key in parts:
        transaction.on_commit(lambda key=key: default_storage.delete(key), robust=True)


def _opened(parts: list[str]) -> Iterator[File]:
    for key in parts:
        with default_storage.open(key) as part:
            yield part
