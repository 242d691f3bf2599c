"""Write a long report in batches: each leaves a part in storage and one transaction, so a killed worker's job goes on where it was."""

import json
import secrets
import tempfile
from collections.abc import Iterator
from datetime import datetime

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
from assessments.queries.certifications import HEADINGS, Filters, chunk
from documents.actions import store_file
from documents.models import Job
from organizations import tenancy

BATCH = 5000


def export_batch(job: Job) -> int:
    """Write the next rows into a part of their own; after the last one put the parts together. How many rows, 0 at the end.

    Raises:
        ValidationError: "not_allowed", whoever asked may not read reports any more.
    """
    if not may_read_reports(job.asked_by):
        raise ValidationError(_("Only the HR director or an admin exports reports."), code="not_allowed")
    export = ReportExport.objects.get(pk=job.arguments["export"])
    last = job.result.get("last")
    after = (datetime.fromisoformat(last[0]), last[1]) if last else None
    rows, place = chunk(Filters.from_address(export.filters), after, BATCH, export.as_of)
    if not rows:
        _put_together(job, export)
        return 0
    job.result = {
        "last": [place[0].isoformat(), place[1]],
        "parts": [*job.result.get("parts", []), _keep_part([row.cells for row in rows])],
    }
    # Decisions made since it was asked for are in it too.
    job.total = max(job.total, job.done + len(rows))
    return len(rows)


def _keep_part(rows: list[list[str]]) -> str:
    """Rows as lines of JSON, in the organization's folder. Where the transaction fails the sweep finds the bytes."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return default_storage.save(f"{tenancy.current_organization_id()}/{secrets.token_urlsafe(24)}", ContentFile(lines.encode()))


def _put_together(job: Job, export: ReportExport) -> None:
    parts = job.result.get("parts", [])
    with connection.cursor() as cursor:
        # A workbook of 100,000 rows takes longer than a page's connection may stand idle.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'")
    with tempfile.TemporaryFile() as made:
        write_file(made, export.format, _rows(parts))
        store_file.keep_made(File(made), file_name(export), export.format, about=export, by=job.asked_by)
    job.result = {"path": paths.export_file(export.pk)}
    for key in parts:
        transaction.on_commit(lambda key=key: default_storage.delete(key), robust=True)


def _rows(parts: list[str]) -> Iterator[list[str]]:
    yield [str(heading) for heading in HEADINGS]
    for key in parts:
        with default_storage.open(key) as part:
            for line in part:
                yield json.loads(line)
