"""Where the printing of a document stands, asked for every two seconds until it is there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from documents import policies
from documents.actions import print_document
from documents.models import RenderedDocument
from documents.queries.document_state import DocumentStatus, document_status


def fragment(request: HttpRequest, status: DocumentStatus) -> HttpResponse:
    """The answer to a poll, for this app and for those above with addresses of their own."""
    return render(request, "documents/_document_state.html", {"status": status})


def _own(request: HttpRequest, code: str) -> RenderedDocument:
    document = get_object_or_404(RenderedDocument.objects.select_related("file"), code=code)
    if not policies.may_see_document(request.member, document):
        raise Http404
    return document


def _status(document: RenderedDocument, slug: str) -> DocumentStatus:
    return document_status(
        document,
        state_url=reverse("documents:document_state", args=[slug, document.code]),
        file_url=reverse("documents:document_file", args=[slug, document.code]),
        again_url=reverse("documents:document_again", args=[slug, document.code]),
    )


@require_safe
def state(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The fragment alone, for htmx."""
    return fragment(request, _status(_own(request, code), slug))


@require_safe
def page(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The page of a document that one asked for."""
    document = _own(request, code)
    return render(request, "documents/document.html", {"document": document, "status": _status(document, slug)})


@require_POST
def again(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Try once more what could not be printed."""
    document = _own(request, code)
    print_document.print_again(document)
    return redirect("documents:document", slug, document.code)
