"""A quarterly checkpoint: the trainee hands in answers; mentor and business head note on them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations.models import Member
from programs.actions.answer_checkpoint import answer_checkpoint
from programs.actions.note_checkpoint import note_checkpoint
from programs.forms.checkpoint import CheckpointForm, CheckpointNoteForm
from programs.models import CheckpointAnswer, TaskWork
from programs.queries.checkpoint import CheckpointPart, checkpoint_part
from programs.queries.checkpoint_state import holders_of, roles_to_note
from programs.queries.evidence import evidence_choices
from programs.queries.relations import stand_ins
from programs.queries.waiting_checkpoints import CHECKPOINT
from programs.rules.checkpoint import required_roles
from programs.rules.task_states import WITH_SIGNER
from programs.rules.written_text import blocks
from programs.views import task
from programs.views.sign_offs import address, page_of_queue, queue_for


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The trainee hands in one answer per question."""
    work = get_object_or_404(TaskWork.objects.visible_to(request.member).select_related("task"), pk=pk)
    part = checkpoint_part(work)
    choices = evidence_choices(work.enrollment_id)
    form = CheckpointForm(request.POST, questions=part.questions, choices=choices, last_quarter=part.last_answers)
    if form.is_valid():
        given = {"links": form.links, "submissions": form.submissions}
        try:
            answer_checkpoint(work, form.answers, **given, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Handed in. It is done when it has been read and noted on."))
            return redirect("programs:task", slug, pk)
    return task.draw(request, pk, checkpoint_form=form, status=422)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, checkpoint_id: int) -> HttpResponse:
    """One checkpoint (the id is that of its task work) for who notes on it, with the queue beside it."""
    work, reads = _open(request, checkpoint_id)
    queue = queue_for(request)
    at = queue.index(CHECKPOINT, checkpoint_id)
    part, status = checkpoint_part(work), 200
    form = CheckpointNoteForm(initial={"answer": part.newest.pk if part.newest else ""})
    if request.method == "POST":
        if not _is_asked(request, work):
            raise PermissionDenied(_("This checkpoint is read by the trainee's mentor, and by a business head where one is asked."))
        form = CheckpointNoteForm(request.POST)
        status = _note(request, part, form)
        if status == 302:
            return redirect(address(slug, queue.following(at), queue.filters))
        work, reads = _open(request, checkpoint_id)
        part = checkpoint_part(work)
    owed = _owed(work, part, request.member.pk) if part.newest and work.state in WITH_SIGNER else {}
    absent = [person for person in owed.values() if person != request.member.pk]
    context = page_of_queue(request, queue, at) | {
        "work": work,
        "part": part,
        "reads": reads,
        "form": form,
        "may_note": bool(owed),
        "stands_in_for": Member.objects.get(pk=absent[0]).name if absent else "",
        "what": blocks(str(work.task.what)),
        "judged": blocks(str(work.task.judged)),
    }
    return render(request, "programs/checkpoint.html", context, status=status)


def _open(request: HttpRequest, pk: int) -> tuple[TaskWork, bool]:
    """The checkpoint, and whether the person reads the whole programme: a business head sees this alone."""
    found = TaskWork.objects.select_related("task__module", "enrollment__trainee", "enrollment__cohort").filter(pk=pk).first()
    if found is None or not found.task.is_checkpoint:
        raise Http404
    reads = TaskWork.objects.visible_to(request.member).filter(pk=pk).exists()
    if not reads and not _is_asked(request, found):
        raise Http404
    return found, reads


def _is_asked(request: HttpRequest, work: TaskWork) -> bool:
    """Whether a note is asked of the person, or of somebody for whom they stand in."""
    held = holders_of(work)
    persons = {request.member.pk, *stand_ins(timezone.localdate()).get(request.member.pk, ())}
    return any(persons & held.get(role, set()) for role in required_roles(work.task.responsible, held))


def _owed(work: TaskWork, part: CheckpointPart, member: int) -> dict[str, int]:
    return roles_to_note(work, CheckpointAnswer(pk=part.newest.pk), member, timezone.localdate())


def _note(request: HttpRequest, part: CheckpointPart, form: CheckpointNoteForm) -> int:
    """Write the note down; 302 done, 422 something to put right, 409 what was read is not the newest any more."""
    if not form.is_valid():
        return 422
    if part.newest is None or form.cleaned_data["answer"] != str(part.newest.pk):
        form.add_error(None, _("There is a newer answer. Read it first; what you wrote is kept."))
        return 409
    acknowledged = "more" not in request.POST
    try:
        note_checkpoint(
            CheckpointAnswer.objects.get(pk=part.newest.pk),
            form.cleaned_data["body"],
            acknowledged=acknowledged,
            by=request.member,
            today=timezone.localdate(),
        )
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            form.add_error("body", refusal.error_dict["body"])
            return 422
        form.add_error(None, refusal)
        return 409
    messages.success(request, _("Your note is with the trainee.") if acknowledged else _("The trainee is asked for more."))
    return 302
