"""Answer a check (C1-C3): every item yes or no, by one of those whom the template names."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs import paths
from programs.actions.settle import settle_work
from programs.models import CheckDefinition, CheckResult, TaskWork
from programs.policies.signing import may_record_check
from programs.queries.relations import relations_of
from programs.rules.task_states import FINISHED
from programs.vocabulary import Notice, TaskState


@transaction.atomic
def record_check(
    work: TaskWork, definition: CheckDefinition, answers: dict[str, bool], *, by: Member, today: date, note: str = ""
) -> CheckResult:
    """Write down one answer to the check; passed when every item is yes. A later answer counts over an earlier one.

    Raises:
        PermissionDenied: `by` is not among those who answer it for this trainee.
        ValidationError: "locked", "finished", "unknown_check", "reason_required" (an item is no and nothing is said).
    """
    work = (
        TaskWork.objects.select_for_update(of=["self"]).select_related("enrollment__cohort", "enrollment__trainee", "task").get(pk=work.pk)
    )
    relations = relations_of([work.enrollment], today)[work.enrollment_id]
    if not may_record_check(by, definition, relations):
        raise PermissionDenied(_("This check is for someone else to answer."))
    if definition.task_id != work.task_id:
        raise ValidationError(_("This check belongs to another task."), code="unknown_check")
    if work.state == TaskState.LOCKED:
        raise ValidationError(_("This task is not open yet."), code="locked")
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished."), code="finished")
    keys = [item["key"] for item in definition.items]
    given = {key: bool(answers.get(key)) for key in keys}
    passed = all(given.values())
    if not passed and not note.strip():
        raise ValidationError({"note": ValidationError(_("Say what is still missing."), code="reason_required")})
    roles = relations.roles_of(by.pk) & set(definition.by)
    result = CheckResult.objects.create(
        work=work, definition=definition, by=by, role=sorted(roles)[0], passed=passed, answers=given, note=note.strip()
    )
    settle_work(work, today)
    record(
        AuditAction.CHECK_RECORDED,
        work,
        by=by,
        label=f"{definition.key} {work.enrollment.trainee.name}",
        after={"passed": passed, "note": note},
    )
    if by.pk != work.enrollment.trainee_id:
        words = {
            "task": work.task.name.data,
            "deliverable": definition.name.data,
            "key": definition.key,
            "by": by.name,
            "note": note,
            "version": 1,
        }
        notice = Notice.APPROVED if passed else Notice.RETURNED
        notify(work.enrollment.trainee, notice, about=work, path=paths.task(work.pk), words=words, key=f"check:{result.pk}")
    return result
