"""Handing in, beginning one more, saying something about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.actions import store_file
from programs.actions import add_deliverable, comment, save_draft, submit_work
from programs.forms.deliverable import DeliverableForm, Strength
from programs.forms.task_note import CommentForm
from programs.models import Deliverable, Submission, TaskWork
from programs.queries.kinds_of_work import kinds_of
from programs.rules.field_values import is_empty
from programs.views import answering, draft, task
from programs.vocabulary import FieldType


@require_POST
def submit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hand in the next version; what is missing is said beside each field, and what was typed stays."""
    deliverable = answering.own_deliverable(request, pk)
    typed = answering.typed_in(request)
    refused = answering.take_files(request, deliverable, typed)
    form = answering.form_of(request, deliverable, typed, strength=Strength.SUBMIT)
    form.full_clean()
    for field, text in refused.items():
        form.refuse(field, text)
    if form.is_valid():
        try:
            submission = _hand_in(request, deliverable, form)
        except save_draft.Conflict as conflict:
            return draft.show_conflict(request, deliverable, form, conflict)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Version %(number)s is handed in.") % {"number": submission.number})
            return redirect(answering.task_address(request, deliverable))
    return task.draw(request, deliverable.work_id, pk, form=form, revision=request.POST.get("revision", "0"), status=422)


@transaction.atomic
def _hand_in(request: HttpRequest, deliverable: Deliverable, form: DeliverableForm) -> Submission:
    facts = {"by": request.member, "today": timezone.localdate()}
    # Saved first: what another tab has written since is not handed in over its head.
    save_draft.save(deliverable, form.typed, draft.revision_of(request), **facts)
    note = " ".join(form.data.get(answering.NOTE, "").split())[:2000]
    submission = submit_work.submit(deliverable, form.answers, note=note, **facts)
    if codes := _codes(form):
        store_file.attach(codes, about=submission, by=request.member)
    return submission


def _codes(form: DeliverableForm) -> list[str]:
    codes = {file.pk: code for code, file in form.files_by_code.items()}
    named = []
    for definition in form.definitions:
        value = form.answers.get(definition.key)
        if is_empty(value):
            continue
        if definition.type == FieldType.FILE:
            named.append(codes[value["id"]])
        columns = [column.key for column in definition.columns if column.type == FieldType.FILE]
        named += [codes[row[column]["id"]] for row in (value if columns else []) for column in columns if column in row]
    return named


@require_POST
def add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin one more of a deliverable that may come several times."""
    work = get_object_or_404(TaskWork.objects.visible_to(request.member), pk=pk)
    kind = get_object_or_404(kinds_of(work), pk=task.number(request.POST.get("kind")))
    try:
        added = add_deliverable.add(work, kind, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("programs:task", slug, pk)
    return redirect(answering.task_address(request, added))


@require_POST
def say(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Post a comment."""
    deliverable = get_object_or_404(Deliverable.objects.visible_to(request.member), pk=pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            said = comment.say(
                deliverable, form.cleaned_data["body"], by=request.member, today=timezone.localdate(), form_id=form.cleaned_data["form_id"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(answering.task_address(request, deliverable, anchor=f"comment-{said.pk}"))
    return task.draw(request, deliverable.work_id, pk, comment_form=form, status=422)
