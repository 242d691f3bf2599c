"""Let a trainee off a task, with a reason that stays."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs import paths
from programs.actions.advance import advance
from programs.models import SignOffStep, StepSigner, TaskWork, Waiver
from programs.policies.running import may_waive
from programs.rules.task_states import FINISHED
from programs.vocabulary import Notice, PhaseExit, StepState, TaskState


@transaction.atomic
def waive(work: TaskWork, reason: str, *, by: Member, today: date) -> Waiver:
    """The task is asked no more of this trainee; what waited for it opens. What was written stays readable.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "finished"; "reason_required"; "plan_required", the IDP without which its phase cannot end.
    """
    if not may_waive(by):
        raise PermissionDenied(_("Only the HR director waives a task."))
    work = (
        TaskWork.objects.select_for_update(of=["self"])
        .select_related("enrollment__cohort", "enrollment__trainee", "task__phase")
        .get(pk=work.pk)
    )
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished."), code="finished")
    if work.task.phase.exit == PhaseExit.ALL_REQUIRED and work.task.deliverable_kinds.filter(layout="idp").exists():
        raise ValidationError(_("The development plan cannot be waived: the phase ends with it."), code="plan_required")
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why; the trainee and the panel will read it."), code="reason_required")})
    waiver = Waiver.objects.create(work=work, by=by, reason=reason.strip())
    before = work.state
    open_steps = SignOffStep.objects.filter(submission__deliverable__work=work, state__in=[StepState.WAITING, StepState.READY])
    StepSigner.objects.filter(step__in=open_steps).delete()
    open_steps.update(state=StepState.VOID)
    work.state, work.ended_at = TaskState.WAIVED, clock.now()
    work.save(update_fields=["state", "ended_at"])
    label = f"{work.task.key} {work.enrollment.trainee.name}"
    record(AuditAction.TASK_WAIVED, work, by=by, label=label, before={"state": before}, after={"state": work.state, "reason": reason})
    words = {"task": work.task.name.data, "key": work.task.key, "by": by.name, "note": reason}
    notify(work.enrollment.trainee, Notice.WAIVED, about=work, path=paths.task(work.pk), words=words, key=str(work.pk))
    advance(work.enrollment, today)
    return waiver
