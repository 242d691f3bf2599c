"""Hand in the answers of a quarterly checkpoint, with what shows that they are so."""

from collections.abc import Mapping, Sequence
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
from programs.models import CheckpointAnswer, CheckpointEvidence, TaskWork
from programs.queries.checkpoint_state import noters_of
from programs.queries.evidence import evidence_choices
from programs.rules.checkpoint import LONGEST_ANSWER, MOST_LINKS, is_link
from programs.rules.task_states import FINISHED, WITH_SIGNER
from programs.vocabulary import Notice, TaskState


@transaction.atomic
def answer_checkpoint(
    work: TaskWork, answers: Mapping[str, str], *, links: Sequence[str] = (), submissions: Sequence[int] = (), by: Member, today: date
) -> CheckpointAnswer:
    """The trainee answers every question; whoever notes on it is told.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "no_checkpoint", "locked", "finished", "waiting" (handed in and not noted on yet); by the question's key
            "answer_required" or "too_long"; by "links" "no_link" or "too_many_links"; by "submissions" "not_own".
    """
    work = (
        TaskWork.objects.select_for_update(of=["self"])
        .select_related("enrollment__cohort", "enrollment__trainee", "task__phase")
        .get(pk=work.pk)
    )
    if work.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee answers their own checkpoint."))
    _require_open(work)
    given = _answers(work, answers)
    _require_evidence(work, links, submissions)
    number = CheckpointAnswer.objects.filter(work=work).count() + 1
    answer = CheckpointAnswer.objects.create(work=work, number=number, answers=given, links=list(links), by=by)
    CheckpointEvidence.objects.bulk_create([CheckpointEvidence(answer=answer, submission_id=pk) for pk in dict.fromkeys(submissions)])
    settle_work(work, today)
    label = f"{work.task.key} {by.name}"
    record(AuditAction.CHECKPOINT_ANSWERED, work, by=by, label=label, after={"number": number, "occurrence": work.occurrence})
    words = {"task": work.task.name.data, "key": work.task.key, "trainee": by.name}
    for member in Member.objects.active().filter(pk__in=noters_of(work)):
        notify(member, Notice.CHECKPOINT_WAITING, about=work, path=paths.checkpoint(work.pk), words=words, key=str(answer.pk))
    return answer


def _require_open(work: TaskWork) -> None:
    if not work.task.is_checkpoint:
        raise ValidationError(_("This task has no questions to answer."), code="no_checkpoint")
    if work.state == TaskState.LOCKED:
        raise ValidationError(_("This task is not open yet."), code="locked")
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished."), code="finished")
    if work.state in WITH_SIGNER:
        raise ValidationError(_("Your answers are being read. You can add to them when they come back."), code="waiting")


def _answers(work: TaskWork, answers: Mapping[str, str]) -> dict[str, str]:
    given, missing = {}, {}
    for question in work.task.questions:
        key = question["key"]
        given[key] = str(answers.get(key, "")).strip()
        if not given[key]:
            missing[key] = ValidationError(
                _("Answer this question; one sentence is enough where there is nothing new."), code="answer_required"
            )
        elif len(given[key]) > LONGEST_ANSWER:
            missing[key] = ValidationError(_("At most %(n)d characters."), code="too_long", params={"n": LONGEST_ANSWER})
    if missing:
        raise ValidationError(missing)
    return given


def _require_evidence(work: TaskWork, links: Sequence[str], submissions: Sequence[int]) -> None:
    if len(links) > MOST_LINKS:
        raise ValidationError({"links": ValidationError(_("At most %(n)d links."), code="too_many_links", params={"n": MOST_LINKS})})
    if not all(is_link(link) for link in links):
        raise ValidationError({"links": ValidationError(_("One address a line, such as https://wiki.example.com/page."), code="no_link")})
    own = {choice.pk for choice in evidence_choices(work.enrollment_id)}
    if not own.issuperset(submissions):
        raise ValidationError({"submissions": ValidationError(_("Choose from your own work."), code="not_own")})
