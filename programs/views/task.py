"""One task: what to do, the form, how far it is."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs.actions import complete_activity
from programs.forms.checkpoint import CheckpointForm
from programs.forms.deliverable import DeliverableForm, asked_of_signers
from programs.forms.task_note import CommentForm, TaskNoteForm
from programs.models import Deliverable, TaskWork
from programs.policies.running import may_comment
from programs.queries.evidence import evidence_choices
from programs.queries.task_page import TaskPage, task_page
from programs.rules.task_states import WITH_TRAINEE
from programs.views import answering


@require_safe
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The task for its trainee and for everybody who reads it; `?d=` chooses one of several deliverables."""
    return draw(request, pk, number(request.GET.get("d")))


@require_POST
def complete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The trainee marks an activity as done, with what they take from it."""
    work = get_object_or_404(TaskWork.objects.visible_to(request.member), pk=pk)
    note = TaskNoteForm(request.POST)
    if note.is_valid():
        try:
            complete_activity.complete(work, note.cleaned_data["note"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            note.add_error(None, refusal)
        else:
            messages.success(request, _("Done. What you wrote stays with the task."))
            return redirect("programs:task", slug, pk)
    return draw(request, pk, note_form=note, status=422)


def draw(
    request: HttpRequest,
    pk: int,
    deliverable: int | None = None,
    *,
    form: DeliverableForm | None = None,
    note_form: TaskNoteForm | None = None,
    comment_form: CommentForm | None = None,
    checkpoint_form: CheckpointForm | None = None,
    revision: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was just typed where it was refused.

    Raises:
        Http404: there is no such task, or deliverable of it, that this person reads.
    """
    try:
        shown = task_page(pk, request.member, timezone.localdate(), deliverable)
    except (TaskWork.DoesNotExist, Deliverable.DoesNotExist):
        raise Http404 from None
    chosen = shown.chosen
    if form is None and chosen and chosen.may_write and chosen.is_open:
        typed = chosen.draft["data"] if chosen.draft else None
        form = answering.form_of(request, chosen.deliverable, typed, before=chosen.last_data)
    context = {
        "page": shown,
        "chosen": chosen,
        "form": form,
        "version_note": form.data.get(answering.NOTE, "") if form else "",
        "revision": revision if revision is not None else (chosen.draft["revision"] if chosen and chosen.draft else 0),
        "asked_later": asked_of_signers(chosen.deliverable.asked) if chosen else [],
        "note_form": note_form or TaskNoteForm(initial={"note": shown.work.note}),
        "checkpoint_form": checkpoint_form or _checkpoint_form(shown),
        "comment_form": comment_form or CommentForm(),
        "may_comment": may_comment(request.member, shown.relations),
    }
    return render(request, "programs/task.html", context, status=status)


def _checkpoint_form(shown: TaskPage) -> CheckpointForm | None:
    """The questions for their trainee, as long as nobody reads the answers; with what was answered where more was asked."""
    if shown.checkpoint is None or not (shown.is_trainee and shown.work.state in WITH_TRAINEE):
        return None
    last = shown.checkpoint.newest
    before = {"before": last.answers, "links": last.links, "chosen": [one.pk for one in last.evidence]} if last else {}
    return CheckpointForm(
        questions=shown.checkpoint.questions,
        choices=evidence_choices(shown.work.enrollment_id),
        last_quarter=shown.checkpoint.last_answers,
        **before,
    )


def number(text: str | None) -> int | None:
    """An id out of a query or a form; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
