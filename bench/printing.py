"""A development plan and a certificate as PDF, by the press that workers use: cold (a new child process) and warm."""

import statistics
import time
from collections.abc import Callable

import pypdfium2
from django.db import transaction
from django.utils import timezone, translation

from assessments.actions.issue_certificate import issue_certificate
from assessments.layouts import certificate
from assessments.models import CertificationReview, Decision
from assessments.vocabulary import Level, Outcome
from bench import story
from bench.measure import table
from documents import printing
from documents.actions import print_document
from documents.models import RenderedDocument
from documents.vocabulary import DocumentKind
from mentorship.layouts import development_plan
from organizations.models import Member, Organization
from organizations.tenancy import tenant
from programs.models import Deliverable

LANGUAGE = "zh-hans"


def measure(rounds: int) -> None:
    """Prints a table of layout (queries and template) and press, in seconds."""
    rows = []
    for name, ask, layout in (("IDP", _plan, development_plan.layout), ("certificate", _certificate, certificate.layout)):
        found = [_printed(ask, layout, cold=number < rounds) for number in range(2 * rounds)]
        rows += [_row(f"{name} as PDF, cold: first after a worker's start", found[:rounds]), _row(f"{name} as PDF, warm", found[rounds:])]
    table(rows)


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


def _printed(ask: Callable[[], RenderedDocument], layout: print_document.Layout, *, cold: bool) -> tuple[float, float, bytes]:
    """The seconds of both parts; nothing is kept."""
    organization = Organization.objects.get(slug=story.SLUG)
    if cold:
        printing._end_child()
    with tenant(organization.pk):
        document = ask()
        began = time.perf_counter()
        with translation.override(LANGUAGE):
            template, context = layout(document)
        html = print_document.page(document, template, context)
        laid = time.perf_counter()
        style = print_document._style(context.get("style", "document"))
        pdf = printing.pdf(html, style, print_document._pictures(html))
        ended = time.perf_counter()
        transaction.set_rollback(True)
    return laid - began, ended - laid, pdf


def _plan() -> RenderedDocument:
    """A signed development plan, asked for."""
    plan = Deliverable.objects.filter(kind__layout="idp", state="approved").order_by("pk").first()
    submission = plan.submissions.get(number=plan.last_number)
    return RenderedDocument.objects.create(
        kind=DocumentKind.IDP,
        subject_kind=plan.subject_kind,
        subject_id=plan.pk,
        version=plan.last_number,
        language=LANGUAGE,
        content_hash=submission.content_hash,
    )


def _certificate() -> RenderedDocument:
    """A certificate, issued on a decision of the open cycle."""
    review = CertificationReview.objects.order_by("pk").first()
    director = Member.objects.get(email="director@hengyue.example")
    decision = Decision.objects.create(
        review=review,
        enrollment_id=review.enrollment_id,
        outcome=Outcome.CERTIFIED,
        level=Level.JUNIOR,
        reasons="两个完整项目，前后测提升明显，业务部门愿意再次合作。",
        by=director,
        file_hash="0" * 64,
    )
    issued = issue_certificate(decision, by=director, today=timezone.localdate())
    return RenderedDocument.objects.get(kind=DocumentKind.CERTIFICATE, subject_id=issued.pk, language=LANGUAGE)
