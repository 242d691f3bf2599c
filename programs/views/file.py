"""Files of a deliverable: sent in, taken out, handed out to those who read the work."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.views.download import send
from programs.queries.submissions import submission_files
from programs.views import answering, draft


@require_POST
def upload(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep the file of one field and the rest as draft; a refusal stands beside the field."""
    deliverable = answering.own_deliverable(request, pk)
    field = answering.named_field(request, "file")
    typed = answering.typed_in(request)
    refused = answering.take_files(request, deliverable, typed)
    if not (refused or request.FILES):
        refused = {field: _("Choose a file first.")}
    if refused:
        return draft.refuse_files(request, deliverable, typed, refused)
    return draft.keep(request, deliverable, typed, "", f"id_{field}_field" if field else "")


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take the file out of one field. A version that was handed in keeps its own."""
    deliverable = answering.own_deliverable(request, pk)
    field = answering.named_field(request, "file")
    typed = answering.typed_in(request) | ({field: [""]} if field else {})
    return draft.keep(request, deliverable, typed, "", f"id_{field}_field" if field else "")


@require_safe
def download(request: HttpRequest, slug: str, code: str) -> FileResponse:
    """One's own upload, or a file of a version that one reads; always as a download."""
    return send(get_object_or_404(submission_files(request.member), code=code))
