"""Decide on one step of a submission's route: agree, approve, or return with a reason."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.prepared import Prepared
from organizations.vocabulary import AuditAction
from programs import paths
from programs.actions import settle
from programs.actions.submit_work import hand_on, tell_signers
from programs.models import Deliverable, SignOff, SignOffStep, TaskWork
from programs.policies.signing import authority
from programs.queries.relations import relations_of
from programs.rules import rubric, sign_off_states
from programs.vocabulary import Notice, Outcome, StepState


@transaction.atomic
def decide(
    step: SignOffStep,
    outcome: str,
    *,
    content_hash: str,
    by: Member,
    today: date,
    note: str = "",
    scores: dict[str, int] | None = None,
    answers: dict[str, Any] | None = None,
) -> SignOff:
    """Take one's step. The first decision stands and is appended to the history, never edited.

    `content_hash` is of what the signer had before them: if a newer version has come since, nothing is signed.

    Raises:
        PermissionDenied: `by` may not take this step.
        ValidationError: "already_decided", someone was faster; "replaced", a newer version came; "not_your_turn";
            "other_content"; "wrong_outcome"; "reason_required"; "scores_missing".
    """
    # Locked before the check: two people may press at the same moment.
    [work] = LOCKED_WORK.rows(step.pk)
    [deliverable] = LOCKED_DELIVERABLE.rows(step.pk)
    deliverable.work = work
    [step] = STEP.rows(step.pk)
    submission = step.submission
    submission.deliverable = deliverable
    steps = list(SignOffStep.objects.filter(submission=submission).order_by("position").prefetch_related("decisions"))
    taken = [decision.by_id for each in steps for decision in each.decisions.all()]
    relations = relations_of([work.enrollment], today)[work.enrollment_id]
    _check_turn(step, submission.number, deliverable.last_number)
    right = authority(by, step, steps, relations, submission.author_id, deliverable.kind, taken)
    if right is None:
        raise PermissionDenied(_("This step is for someone else to take."))
    _check_content(step, outcome, content_hash, submission.content_hash, note, scores or {}, deliverable.kind.rubric)

    decision = SignOff.objects.create(
        step=step,
        outcome=outcome,
        by=by,
        role=right.role,
        instead_of_id=right.instead_of,
        note=note.strip(),
        scores=scores or {},
        answers=answers or {},
        content_hash=submission.content_hash,
    )
    after = sign_off_states.after_decision([each.state for each in steps], outcome)
    steps = _apply(steps, after, work, today)
    signers = settle.name_signers(steps, relations, submission.author_id, deliverable.kind, [*taken, by.pk])
    settle.settle_deliverable(deliverable, steps, submission.author_id)
    settle.settle_work(work, today)
    label = f"{deliverable.kind.key} {work.enrollment.trainee.name} v{submission.number}"
    record(
        AuditAction.SIGNED_OFF, step, by=by, label=label, after={"outcome": outcome, "note": note, "content_hash": submission.content_hash}
    )
    _tell(decision, steps, signers, work, deliverable)
    return decision


def _check_turn(step: SignOffStep, number: int, newest: int) -> None:
    if number < newest:
        raise ValidationError(
            _("A newer version has been handed in meanwhile. Read that one; this decision was not saved."), code="replaced"
        )
    if step.state == StepState.DONE:
        decided = step.decisions.select_related("by").first()
        raise ValidationError(_("%(name)s has already decided on this version."), code="already_decided", params={"name": decided.by.name})
    if step.state != StepState.READY:
        raise ValidationError(_("It is not this step's turn."), code="not_your_turn")


def _check_content(
    step: SignOffStep, outcome: str, seen: str, actual: str, note: str, scores: dict[str, int], criteria: list[dict]
) -> None:
    if seen != actual:
        raise ValidationError(_("This is not the version that you had before you. Read it again and decide."), code="other_content")
    if not sign_off_states.may_answer(step.kind, outcome):
        raise ValidationError(_("This step cannot be answered so."), code="wrong_outcome")
    if outcome == Outcome.RETURNED and not note.strip():
        raise ValidationError(
            {"note": ValidationError(_("Say what should change, so that the next version can pass."), code="reason_required")}
        )
    if step.scores and criteria and outcome == Outcome.APPROVED:
        scale = [rubric.Criterion(key=each["key"], weight=each["weight"]) for each in criteria]
        if rubric.check_scores(scale, scores):
            raise ValidationError({"scores": ValidationError(_("Give each criterion a level from 1 to 4."), code="scores_missing")})
        if not rubric.advice(scale, scores).approve and not note.strip():
            text = _("These levels speak for another version. Say why you approve all the same.")
            raise ValidationError({"note": ValidationError(text, code="reason_required")})


def _apply(steps: list[SignOffStep], after: tuple[str, ...], work: TaskWork, today: date) -> list[SignOffStep]:
    for each, state in zip(steps, after, strict=True):
        if each.state == state:
            continue
        if state == StepState.READY:
            each.submission.deliverable = Deliverable.objects.select_related("kind").get(pk=each.submission.deliverable_id)
            hand_on(each, work, today)
        else:
            each.state = state
            each.save(update_fields=["state"])
    submission = steps[0].submission_id
    return list(
        SignOffStep.objects.filter(submission=submission).order_by("position").prefetch_related("decisions").select_related("submission")
    )


def _tell(decision: SignOff, steps: list[SignOffStep], signers: frozenset[int], work: TaskWork, deliverable: Deliverable) -> None:
    trainee = work.enrollment.trainee
    words = {
        "task": work.task.name.data,
        "deliverable": deliverable.asked.name.data,
        "key": deliverable.kind.key,
        "by": decision.by.name,
        "note": decision.note,
        "version": deliverable.last_number,
    }
    if decision.outcome == Outcome.RETURNED:
        notify(trainee, Notice.RETURNED, about=decision.step, path=paths.task(work.pk), words=words, key=str(decision.pk))
        return
    ready = next((step for step in steps if step.state == StepState.READY), None)
    if ready is None:
        notify(trainee, Notice.APPROVED, about=decision.step, path=paths.task(work.pk), words=words, key=str(decision.pk))
    else:
        ready.submission.deliverable = deliverable
        tell_signers(ready, signers, ready.submission, work)


# By key in a subquery: joined from the step upwards, a young database without statistics reads every task of the tenant.
def _work(step: int) -> QuerySet[TaskWork]:
    found = TaskWork.objects.select_for_update(of=["self"]).select_related("enrollment__cohort", "enrollment__trainee", "task")
    return found.filter(pk=SignOffStep.objects.filter(pk=step).values("submission__deliverable__work_id")[:1])


def _deliverable(step: int) -> QuerySet[Deliverable]:
    found = Deliverable.objects.select_for_update(of=["self"]).select_related("kind")
    return found.filter(pk=SignOffStep.objects.filter(pk=step).values("submission__deliverable_id")[:1])


def _step(step: int) -> QuerySet[SignOffStep]:
    return SignOffStep.objects.select_related("submission__author").filter(pk=step)


LOCKED_WORK, LOCKED_DELIVERABLE, STEP = Prepared(_work, int), Prepared(_deliverable, int), Prepared(_step, int)
