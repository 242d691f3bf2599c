"""One development plan as PDF, by the press that workers use: cold (a new child process) and warm."""

import statistics
import time

import pypdfium2
from django.db import transaction
from django.utils import translation

from bench import story
from documents import printing
from documents.actions import print_document
from documents.models import RenderedDocument
from documents.vocabulary import DocumentKind
from mentorship.layouts.development_plan import layout
from organizations.models import Organization
from organizations.tenancy import tenant
from programs.models import Deliverable

LANGUAGE = "zh-hans"


def rows(rounds: int) -> list[dict]:
    """Layout (queries and template) and press, in seconds."""
    found = [_printed(cold=number < rounds) for number in range(2 * rounds)]
    return [_row("IDP as PDF, cold: first after a worker's start", found[:rounds]), _row("IDP as PDF, warm", found[rounds:])]


def _row(name: str, found: list[tuple[float, float, bytes]]) -> dict:
    pdf = found[0][2]
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    return {
        "document": name,
        "layout s": statistics.median(each[0] for each in found),
        "press s": statistics.median(each[1] for each in found),
        "pages": pages,
        "KiB": len(pdf) // 1024,
    }


def _printed(*, cold: bool) -> tuple[float, float, bytes]:
    """The seconds of both parts; nothing is kept."""
    organization = Organization.objects.get(slug=story.SLUG)
    if cold:
        printing._end_child()
    with tenant(organization.pk):
        plan = Deliverable.objects.filter(kind__layout="idp", state="approved").order_by("pk").first()
        submission = plan.submissions.get(number=plan.last_number)
        document = RenderedDocument.objects.create(
            kind=DocumentKind.IDP,
            subject_kind=plan.subject_kind,
            subject_id=plan.pk,
            version=plan.last_number,
            language=LANGUAGE,
            content_hash=submission.content_hash,
        )
        began = time.perf_counter()
        with translation.override(LANGUAGE):
            template, context = layout(document)
        html = print_document.page(document, template, context)
        laid = time.perf_counter()
        pdf = printing.pdf(html, print_document._style(), print_document._pictures(html))
        ended = time.perf_counter()
        transaction.set_rollback(True)
    return laid - began, ended - laid, pdf
