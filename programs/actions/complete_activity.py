"""Mark a task without deliverable or check as done: the trainee's own word, with what they take from it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.settle import settle_work
from programs.models import TaskWork
from programs.rules.task_states import FINISHED
from programs.vocabulary import LearningMethod, ScheduleKind, TaskState

SHORTEST_NOTE = 10


@transaction.atomic
def complete(work: TaskWork, note: str, *, by: Member, today: date) -> TaskWork:
    """The trainee did it. Nobody signs an activity: what it taught shows in the deliverables.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "locked", "finished", "has_deliverables", "checkpoint", "needs_project", "note_required".
    """
    work = (
        TaskWork.objects.select_for_update(of=["self"])
        .select_related("enrollment__cohort", "enrollment__trainee", "task__phase")
        .get(pk=work.pk)
    )
    if work.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee marks their own activities as done."))
    if work.state == TaskState.LOCKED:
        raise ValidationError(_("This task is not open yet."), code="locked")
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished."), code="finished")
    if work.task.deliverable_kinds.exists() or work.task.checks.exists():
        raise ValidationError(_("This task ends with its deliverables and checks."), code="has_deliverables")
    if work.task.is_checkpoint:
        raise ValidationError(_("This checkpoint ends when its answers have been read."), code="checkpoint")
    if work.task.method == LearningMethod.PROJECT or work.task.phase.schedule == ScheduleKind.RECURRING:
        raise ValidationError(_("This task ends with its project or review, not by a note."), code="needs_project")
    if len(note.strip()) < SHORTEST_NOTE:
        raise ValidationError({"note": ValidationError(_("Write a sentence or two on what you take from it."), code="note_required")})
    work.note = note.strip()
    work.save(update_fields=["note"])
    settle_work(work, today, done=True)
    record(AuditAction.ACTIVITY_DONE, work, by=by, label=f"{work.task.key} {by.name}")
    return work
