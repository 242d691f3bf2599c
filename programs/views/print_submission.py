"""Print one submission of a deliverable as PDF, with its signatures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions.print_document import request_print
from documents.models import RenderedDocument
from documents.views.download import send
from documents.vocabulary import DocumentKind, DocumentState
from programs.models import Deliverable, SignOff, Submission


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, submission_id: int) -> HttpResponse:
    """Ask for the PDF in one's own language (POST); see it being printed and fetch it (GET)."""
    submission = _readable(request, submission_id)
    if request.method == "POST":
        # Printed again once someone has signed since: the signatures stand on the paper.
        signed = SignOff.objects.filter(step__submission=submission).count()
        request_print(
            DocumentKind.DELIVERABLE,
            about=submission.deliverable,
            version=submission.number,
            content_hash=f"{submission.content_hash[:56]}{signed:08d}",
            language=get_language(),
            by=request.member,
        )
        return redirect("programs:print_submission", slug, submission_id)
    documents = list(
        RenderedDocument.objects.filter(
            kind=DocumentKind.DELIVERABLE,
            subject_kind=submission.deliverable.subject_kind,
            subject_id=submission.deliverable_id,
            version=submission.number,
        ).order_by("-asked_at")
    )
    waiting = any(printed.state == DocumentState.WAITING for printed in documents)
    template = "programs/_printed.html" if request.htmx else "programs/print_submission.html"
    return render(request, template, {"submission": submission, "documents": documents, "waiting": waiting})


@require_safe
def document(request: HttpRequest, slug: str, submission_id: int, document_id: int) -> HttpResponse:
    """The PDF itself."""
    submission = _readable(request, submission_id)
    printed = get_object_or_404(
        RenderedDocument.objects.select_related("file"),
        pk=document_id,
        kind=DocumentKind.DELIVERABLE,
        subject_id=submission.deliverable_id,
        version=submission.number,
        file__isnull=False,
    )
    return send(printed.file)


def _readable(request: HttpRequest, submission_id: int) -> Submission:
    visible = Deliverable.objects.visible_to(request.member).values("pk")
    submissions = Submission.objects.filter(deliverable__in=visible)
    return get_object_or_404(submissions.select_related("deliverable__kind", "deliverable__work__enrollment__trainee"), pk=submission_id)
