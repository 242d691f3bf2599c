"""Note on the answers of a quarterly checkpoint: seen, or what is still missing."""

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
from programs.models import CheckpointAnswer, CheckpointNote, TaskWork
from programs.queries.checkpoint_state import roles_to_note
from programs.rules.task_states import WITH_SIGNER
from programs.vocabulary import Notice


@transaction.atomic
def note_checkpoint(answer: CheckpointAnswer, body: str, *, acknowledged: bool, by: Member, today: date) -> list[CheckpointNote]:
    """Write a note in every role in which `by` still owes one, or for someone absent; when all have acknowledged, the checkpoint is done.

    Raises:
        PermissionDenied: `by` has no note to write here.
        ValidationError: "outdated" (a newer answer, or already settled), "note_required".
    """
    work = (
        TaskWork.objects.select_for_update(of=["self"])
        .select_related("enrollment__cohort", "enrollment__trainee", "task__phase")
        .get(pk=answer.work_id)
    )
    newest = CheckpointAnswer.objects.filter(work=work).order_by("-number").first()
    if newest is None or newest.pk != answer.pk or work.state not in WITH_SIGNER:
        raise ValidationError(_("There is nothing to note on here any more. Load the page again."), code="outdated")
    roles = roles_to_note(work, newest, by.pk, today)
    if not roles:
        raise PermissionDenied(_("This checkpoint is read by the trainee's mentor, and by a business head where one is asked."))
    if not body.strip():
        raise ValidationError({"body": ValidationError(_("Write a sentence that the trainee can use."), code="note_required")})
    notes = CheckpointNote.objects.bulk_create(
        [
            CheckpointNote(
                answer=newest,
                role=role,
                by=by,
                instead_of_id=None if person == by.pk else person,
                acknowledged=acknowledged,
                body=body.strip(),
            )
            for role, person in roles.items()
        ]
    )
    settle_work(work, today)
    label = f"{work.task.key} {work.enrollment.trainee.name}"
    record(AuditAction.CHECKPOINT_NOTED, work, by=by, label=label, after={"acknowledged": acknowledged, "note": body.strip()})
    words = {"task": work.task.name.data, "key": work.task.key, "by": by.name, "note": body.strip(), "more": not acknowledged}
    key = f"{newest.pk}:{by.pk}"
    notify(work.enrollment.trainee, Notice.CHECKPOINT_NOTED, about=work, path=paths.task(work.pk), words=words, key=key)
    return notes
