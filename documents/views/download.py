"""Handing out stored files: always as a download, never as a page of ours."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents import policies
from documents.models import RenderedDocument, StoredFile
from documents.rules.file_kinds import KINDS

TYPES = {kind.key: kind.mime for kind in KINDS}


def send(file: StoredFile) -> FileResponse:
    """The file as an attachment under its own name, in every script. Whoever calls this has asked the policy.

    Raises:
        Http404: its bytes are gone.
    """
    try:
        content = default_storage.open(file.key)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=TYPES.get(file.kind, "application/octet-stream"))
    # Should a browser show it all the same: no script, no form, no origin.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_safe
def file(request: HttpRequest, slug: str, code: str) -> FileResponse:
    """One's own upload."""
    found = get_object_or_404(StoredFile, code=code)
    if not policies.may_read_file(request.member, found):
        raise Http404
    return send(found)


@require_safe
def printed(request: HttpRequest, slug: str, code: str) -> FileResponse:
    """The PDF of a document that one asked for."""
    document = get_object_or_404(RenderedDocument.objects.select_related("file"), code=code, file__isnull=False)
    if not policies.may_see_document(request.member, document):
        raise Http404
    return send(document.file)
