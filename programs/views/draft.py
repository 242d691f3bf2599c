"""Drafts: saved as one types, by a button, and with every row and file one adds."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.actions import save_draft
from programs.forms.deliverable import DeliverableForm
from programs.models import Deliverable
from programs.queries.compared import between
from programs.rules.field_values import normalize
from programs.views import answering, task


@require_POST
def save(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep what was typed. A script gets the new revision as JSON; the button goes back to the page."""
    deliverable = answering.own_deliverable(request, pk)
    by_script = "application/json" in request.headers.get("Accept", "")
    typed = answering.typed_in(request)
    refused = answering.take_files(request, deliverable, typed)
    if refused:
        return refuse_files(request, deliverable, typed, refused)
    try:
        draft = save_draft.save(deliverable, typed, revision_of(request), by=request.member, today=timezone.localdate())
    except save_draft.Conflict as conflict:
        return show_conflict(request, deliverable, answering.form_of(request, deliverable, typed), conflict, in_page=by_script)
    except ValidationError as refusal:
        if by_script:
            return JsonResponse({"message": " ".join(refusal.messages)}, status=422)
        messages.error(request, " ".join(refusal.messages))
    else:
        if by_script:
            saved_at = timezone.localtime(draft.saved_at).strftime("%H:%M")
            return JsonResponse({"revision": draft.revision, "saved_at": saved_at})
        messages.success(request, _("Your draft is saved."))
    return redirect(answering.task_address(request, deliverable))


@require_POST
def add_row(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Without a script: keep the draft and come back with one row more."""
    field = answering.named_field(request, "row")
    return _keep_and_return(request, pk, f"&row={field}" if field else "", f"id_{field}_table" if field else "")


def _keep_and_return(request: HttpRequest, pk: int, query: str, anchor: str) -> HttpResponse:
    deliverable = answering.own_deliverable(request, pk)
    typed = answering.typed_in(request)
    refused = answering.take_files(request, deliverable, typed)
    if refused:
        return refuse_files(request, deliverable, typed, refused)
    return keep(request, deliverable, typed, query, anchor)


def keep(request: HttpRequest, deliverable: Deliverable, typed: dict[str, list[str]], query: str, anchor: str) -> HttpResponse:
    """Save the draft and go back to a place on the page."""
    try:
        save_draft.save(deliverable, typed, revision_of(request), by=request.member, today=timezone.localdate())
    except save_draft.Conflict as conflict:
        return show_conflict(request, deliverable, answering.form_of(request, deliverable, typed), conflict)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(answering.task_address(request, deliverable, query, anchor))


def refuse_files(request: HttpRequest, deliverable: Deliverable, typed: dict[str, list[str]], refused: dict[str, str]) -> HttpResponse:
    """The page again with what is wrong with a file, beside its field."""
    form = answering.form_of(request, deliverable, typed)
    form.full_clean()
    for field, text in refused.items():
        form.refuse(field, text)
    return task.draw(request, deliverable.work_id, deliverable.pk, form=form, revision=request.POST.get("revision", "0"), status=422)


def show_conflict(
    request: HttpRequest, deliverable: Deliverable, form: DeliverableForm, conflict: save_draft.Conflict, *, in_page: bool = False
) -> HttpResponse:
    """Two windows wrote: what differs, side by side; nothing is overwritten until the person chooses."""
    theirs = conflict.theirs
    other = answering.form_of(request, deliverable, theirs.data if theirs else {})
    ours, saved = (normalize(each.definitions, each.read_answers).data for each in (form, other))
    context = {
        "deliverable": deliverable,
        "comparison": between(form.definitions, saved, ours, 0, request.organization.currency),
        "theirs": theirs,
        "revision": theirs.revision if theirs else 0,
        "typed": [(name, value) for name, values in form.typed.items() for value in values],
        "back": answering.task_address(request, deliverable),
    }
    template = "programs/_draft_conflict.html" if in_page else "programs/draft_conflict.html"
    return render(request, template, context, status=409)


def revision_of(request: HttpRequest) -> int:
    """The draft's number that the form was filled from; 0 where there was none."""
    return task.number(request.POST.get("revision")) or 0
