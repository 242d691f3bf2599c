"""Print a document as PDF: asked for in a page, made by a worker, checked at /verify/<code>/.

The row says what is to be printed. Which job does it stands in `vocabulary.PRINTING_JOBS`; that job lies in the app that
owns the layout and consists of one call: `print_document.run(organization_id, document_id, layout)`.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from documents import printing
from documents.actions import store_file
from documents.models import RenderedDocument, StoredFile
from documents.vocabulary import PRINTING_JOBS, DocumentKind, DocumentState, PrintProblem
from organizations import clock, job_queue, tenancy
from organizations.actions.record_audit import record
from organizations.models import Member, Organization
from organizations.vocabulary import AuditAction

logger = logging.getLogger(__name__)

Layout = Callable[[RenderedDocument], tuple[str, dict[str, Any]]]

MOST_STARTS = 2
# A worker that has said nothing for so long is gone: printing itself may take a minute.
GONE_AFTER = timedelta(minutes=2)
STYLES = "css/print/{}.css"
FILE_NAME = re.compile(r"trellis:file/([A-Za-z0-9_-]{32})")
MOST_PICTURE_BYTES = 30 * 1024 * 1024


@transaction.atomic
def request_print(
    kind: DocumentKind, *, about: models.Model, version: int, content_hash: str, language: str, by: Member | None
) -> RenderedDocument:
    """Ask for the PDF of one version of `about`, in one language; asking again answers the same document.

    `about` is what has versions (a deliverable); a newer version, once printed, marks older ones as replaced.
    """
    document, is_new = RenderedDocument.objects.get_or_create(
        kind=kind,
        subject_kind=about.subject_kind,
        subject_id=about.pk,
        version=version,
        language=language,
        content_hash=content_hash,
        defaults={"asked_by": by},
    )
    print_again(document)
    if document.state == DocumentState.WAITING:
        wake(document)
    if is_new:
        after = {"kind": str(kind), "version": version, "code": document.printed_code}
        record(AuditAction.DOCUMENT_PRINTED, about, by=by, label=document.printed_code, after=after)
    return document


def print_again(document: RenderedDocument) -> None:
    """Start anew what could not be printed; anything else stays as it is."""
    if document.state == DocumentState.FAILED:
        document.state, document.problem, document.attempts, document.tried_at = DocumentState.WAITING, "", 0, None
        document.save(update_fields=["state", "problem", "attempts", "tried_at"])
        wake(document)


def wake(document: RenderedDocument) -> None:
    """After the commit queue the job that prints this kind."""
    job = PRINTING_JOBS[DocumentKind(document.kind)]
    job_queue.send_after_commit(job, tenancy.current_organization_id(), document.pk)


def run(organization_id: int, document_id: int, layout: Layout) -> None:
    """The whole of a printing job: take the document, lay it out, print it, keep it. Running it again changes nothing.

    `layout(document)` answers the template and its context; it runs inside the tenant, in the document's language. A `name`
    in the context is the name of the file, a `style` the sheet of css/print/ that it is laid out by.
    """
    with tenancy.tenant(organization_id):
        document = _start(document_id, timezone.now())
    if document is None:
        return
    try:
        with tenancy.tenant(organization_id):
            _allow_long_transaction()
            with _speaking(document):
                template, context = layout(document)
            finish(document, template, context)
    except printing.PrintingFailed as problem:
        reason = problem.code if problem.code in PrintProblem.values else ""
    except Exception:
        logger.exception("printing_failed", extra={"document": document_id})
        reason = PrintProblem.LAYOUT
    else:
        return
    if reason:  # else the press was killed from outside: the sweep starts it once more
        with tenancy.tenant(organization_id):
            fail(document, reason)


def finish(document: RenderedDocument, template_name: str, context: dict[str, Any]) -> None:
    """Print the template in the document's language, keep the PDF, and mark older versions as replaced.

    Raises:
        PrintingFailed: no PDF came of it.
    """
    html = page(document, template_name, context)
    pdf = printing.pdf(html, _style(context.get("style", "document")), _pictures(html))
    with transaction.atomic():
        rows = RenderedDocument.objects.select_for_update().filter(
            kind=document.kind, subject_kind=document.subject_kind, subject_id=document.subject_id
        )
        family = {row.pk: row for row in rows.order_by("pk")}
        if family[document.pk].state != DocumentState.WAITING:
            return  # another worker was faster
        name = context.get("name") or f"{DocumentKind(document.kind).value}-{document.version}"
        document.file = store_file.keep_printed(
            pdf, f"{name}.pdf", subject_kind=document.subject_kind, subject_id=document.subject_id, by=document.asked_by
        )
        issued = [row for row in family.values() if row.state in (DocumentState.VALID, DocumentState.REPLACED)]
        is_late = any(_replaces(row, document) for row in issued)
        document.state = DocumentState.REPLACED if is_late else DocumentState.VALID
        document.issued_at, document.problem = clock.now(), ""
        document.save(update_fields=["file", "state", "issued_at", "problem"])
        older = [row.pk for row in issued if _replaces(document, row)]
        RenderedDocument.objects.filter(pk__in=older).update(state=DocumentState.REPLACED)


def fail(document: RenderedDocument, reason: str) -> None:
    """Give up on a document, with a word of PrintProblem; asking for it again starts anew."""
    RenderedDocument.objects.filter(pk=document.pk, state=DocumentState.WAITING).update(state=DocumentState.FAILED, problem=reason)


def resume_waiting(now: datetime) -> int:
    """Queue again what waits for a worker that is gone, or whose wake-up was lost; how many."""
    waiting = RenderedDocument.objects.filter(state=DocumentState.WAITING, asked_at__lt=now - GONE_AFTER)
    waiting = waiting.exclude(tried_at__gte=now - GONE_AFTER)
    return sum(1 for document in waiting if wake(document) is None)


def page(document: RenderedDocument, template_name: str, context: dict[str, Any]) -> str:
    """The HTML of a document with what every document shows: who issued it, and how to check it."""
    with _speaking(document) as organization:
        address = settings.PUBLIC_URL + reverse("documents:verify", args=[document.code])
        frame = {
            "document": document,
            "organization": organization,
            "lang": "zh-Hans" if document.language.startswith("zh") else "en",
            "verify_url": address,
            "verify_qr": _qr(address),
        }
        return render_to_string(template_name, frame | context)


def _start(document_id: int, now: datetime) -> RenderedDocument | None:
    """Take a waiting document and count the attempt; None where there is nothing to do, or another worker does it."""
    document = RenderedDocument.objects.select_for_update(of=["self"]).filter(pk=document_id, state=DocumentState.WAITING).first()
    if document is None or (document.tried_at and document.tried_at > now - GONE_AFTER):
        return None
    if document.attempts >= MOST_STARTS:
        fail(document, PrintProblem.GAVE_UP)
        return None
    document.attempts, document.tried_at = document.attempts + 1, now
    document.save(update_fields=["attempts", "tried_at"])
    return document


@contextmanager
def _speaking(document: RenderedDocument) -> Iterator[Organization]:
    """In the document's language and by the organization's clock, whoever asked for it."""
    organization = Organization.objects.get(pk=document.organization_id)
    with translation.override(document.language), timezone.override(ZoneInfo(organization.time_zone)):
        yield organization


def _replaces(newer: RenderedDocument, older: RenderedDocument) -> bool:
    """Whether one paper takes another's place: a later version, or the same one printed again with other content."""
    if newer.version != older.version:
        return newer.version > older.version
    return newer.language == older.language and newer.pk > older.pk


def _allow_long_transaction() -> None:
    """Printing waits for the press while the transaction is open; the limit for pages is shorter than the clock of the press."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '90s'")


def _pictures(html: str) -> dict[str, bytes]:
    """The pictures that the page names (`trellis:file/<code>`), of this organization alone: row security sees to it."""
    files = StoredFile.objects.filter(code__in=set(FILE_NAME.findall(html)), kind__in=["png", "jpg", "webp"]).order_by("pk")
    pictures, room = {}, MOST_PICTURE_BYTES
    for file in files:
        room -= file.size
        if room >= 0:
            with default_storage.open(file.key) as content:
                pictures[f"trellis:file/{file.code}"] = content.read()
    return pictures


def _qr(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=0, dark="#14201a", omitsize=True))  # noqa: S308  drawn by segno, holds no text


@lru_cache
def _style(name: str = "document") -> str:
    return Path(finders.find(STYLES.format(name))).read_text(encoding="utf-8")
