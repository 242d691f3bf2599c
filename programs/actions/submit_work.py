"""Hand a deliverable in: a numbered version that never changes, with the route of its own sign-off."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, OrganizationRole
from programs import paths
from programs.actions import settle
from programs.models import Deliverable, Draft, SignOff, SignOffStep, Submission, TaskWork
from programs.policies.running import may_write
from programs.queries.calendars import calendar_of
from programs.queries.relations import Relations, relations_of
from programs.rules import stages
from programs.rules.content_hash import content_hash
from programs.rules.deliverable_states import can_become, outlives_task
from programs.rules.task_states import FINISHED
from programs.vocabulary import ROLES_NAMED_IN_THE_FORM, DeliverableState, Notice, Outcome, StepKind, StepState, TaskState

DAYS_TO_SIGN = 3


def content_of(deliverable_id: int, number: int, data: dict[str, Any]) -> str:
    """The hash that a signature names: this deliverable, this version, these answers (files by their own hash)."""
    return content_hash("submission", {"deliverable": deliverable_id, "number": number, "data": data})


@transaction.atomic
def submit(deliverable: Deliverable, data: dict[str, Any], *, note: str = "", by: Member, today: date) -> Submission:
    """Hand in the next version and start its route; what was not yet signed of the version before falls away.

    `data` is canonical (programs/rules/field_values.py) and complete. Where the route begins with the author's own
    agreement, handing in is that agreement. A step names its signer by relation, so a change of mentor re-routes it.

    Raises:
        PermissionDenied: `by` does not write this deliverable.
        ValidationError: "locked", "finished", "stopped", "already_waiting" (the last version still waits), "nobody_signs".
    """
    work = (
        TaskWork.objects.select_for_update(of=["self"])
        .select_related("enrollment__cohort", "enrollment__trainee", "task")
        .get(pk=deliverable.work_id)
    )
    # Locked before the check: two tabs may press at the same moment.
    deliverable = Deliverable.objects.select_for_update(of=["self"]).select_related("kind").get(pk=deliverable.pk)
    deliverable.work = work
    relations = relations_of([work.enrollment], today)[work.enrollment_id]
    if not may_write(by, deliverable, relations):
        raise PermissionDenied(_("Only the author hands this in."))
    _check(deliverable, work)
    number = deliverable.last_number + 1
    submission = Submission.objects.create(
        deliverable=deliverable, number=number, data=data, note=note, content_hash=content_of(deliverable.pk, number, data), author=by
    )
    SignOffStep.objects.filter(
        submission__deliverable=deliverable, submission__number__lt=number, state__in=[StepState.WAITING, StepState.READY]
    ).update(state=StepState.VOID)
    deliverable.last_number = number
    deliverable.label = _label(deliverable, data)
    deliverable.save(update_fields=["last_number", "label"])
    Draft.objects.filter(deliverable=deliverable, author=by).delete()
    steps = _make_steps(submission, relations, by, today)
    settle.settle_deliverable(deliverable, steps, by.pk)
    settle.settle_work(work, today)
    record(AuditAction.SUBMITTED, submission, by=by, label=f"{deliverable.kind.key} {work.enrollment.trainee.name} v{number}")
    return submission


def _check(deliverable: Deliverable, work: TaskWork) -> None:
    if work.state == TaskState.LOCKED:
        raise ValidationError(_("This task is not open yet."), code="locked")
    if deliverable.ended_at:
        raise ValidationError(_("Its project was stopped; nothing more can be handed in."), code="stopped")
    if work.state in FINISHED and not outlives_task(deliverable.kind.layout, deliverable.kind.final_after_days):
        raise ValidationError(_("This task is finished; nothing more can be handed in."), code="finished")
    if not can_become(deliverable.state, DeliverableState.SUBMITTED):
        raise ValidationError(_("Your last version is still waiting for sign-off."), code="already_waiting")
    earlier = Deliverable.objects.filter(work=work, kind=deliverable.kind, number__lt=deliverable.number)
    if deliverable.kind.stages and earlier.exclude(state=DeliverableState.APPROVED).exists():
        raise ValidationError(_("What comes before this is not approved yet. Hand that in first."), code="earlier_stage")
    if not deliverable.kind.route:
        raise ValidationError(_("Nobody is named to sign this. Ask your cohort manager."), code="nobody_signs")


def _label(deliverable: Deliverable, data: dict[str, Any]) -> str:
    """A repeating deliverable is called after the person it is about (D2: the interviewee)."""
    person = data.get("interviewee")
    if not (deliverable.kind.repeats and person):
        return deliverable.label
    named = Member.objects.filter(pk=person).first()
    return named.name[:120] if named else deliverable.label


def _make_steps(submission: Submission, relations: Relations, author: Member, today: date) -> list[SignOffStep]:
    deliverable = submission.deliverable
    work = deliverable.work
    steps = SignOffStep.objects.bulk_create(
        [
            SignOffStep(
                submission=submission,
                position=position,
                kind=step["kind"],
                roles=step["roles"],
                scores=step.get("scores", False),
                person_id=_named(step, submission.data),
            )
            for position, step in enumerate(deliverable.asked.route, start=1)
            if stages.is_taken(step, submission.data)
        ]
    )
    taken: list[int] = []
    own = steps[0]
    by_author = own.kind == StepKind.AGREE and deliverable.kind.author in own.roles and len(steps) > 1
    if by_author:
        own.state, own.ready_at = StepState.DONE, clock.now()
        own.save(update_fields=["state", "ready_at"])
        SignOff.objects.create(
            step=own, outcome=Outcome.AGREED, by=author, role=deliverable.kind.author, content_hash=submission.content_hash
        )
        taken.append(author.pk)
    first = steps[len(taken)]
    hand_on(first, work, today)
    signers = settle.name_signers(steps, relations, author.pk, deliverable.kind, taken)
    tell_signers(first, signers, submission, work)
    return list(SignOffStep.objects.filter(submission=submission).order_by("position").prefetch_related("decisions"))


def _named(step: Mapping[str, Any], data: dict[str, Any]) -> int | None:
    """Whom the form names for a step; who must be named because of an answer is asked for."""
    role = next((role for role in step["roles"] if role in ROLES_NAMED_IN_THE_FORM), None)
    if role and not data.get(role) and len(step["roles"]) == 1:
        message = _("Name who agrees: after what you answered, this step cannot be left out.")
        raise ValidationError({role: ValidationError(message, code="signer_not_named")})
    return data.get(role) if role else None


def hand_on(step: SignOffStep, work: TaskWork, today: date) -> None:
    """Give the next signer their turn, with the working days that the route allows them."""
    route = step.submission.deliverable.asked.route
    days = route[step.position - 1].get("days", DAYS_TO_SIGN)
    settle.make_ready(step, calendar_of(work.enrollment.cohort.calendar).add_working_days(today, days))


def tell_signers(step: SignOffStep, signers: frozenset[int], submission: Submission, work: TaskWork) -> None:
    """Tell everybody who may take the step that it is their turn; where nobody may, those who name people."""
    words = {
        "task": work.task.name.data,
        "deliverable": submission.deliverable.asked.name.data,
        "key": submission.deliverable.kind.key,
        "trainee": work.enrollment.trainee.name,
        "version": submission.number,
    }
    if not signers:
        _tell_who_names(step, work, words)
    for member in Member.objects.active().filter(pk__in=signers):
        notify(member, Notice.WAITING_FOR_YOU, about=step, path=paths.sign_off(step.pk), words=words, key=str(step.pk))


def _tell_who_names(step: SignOffStep, work: TaskWork, words: dict[str, Any]) -> None:
    """The cohort's manager and deputies name a second person; without them the HR directors."""
    cohort = work.enrollment.cohort
    people = {cohort.manager_id, *cohort.deputies.values_list("member_id", flat=True)} - {None, work.enrollment.trainee_id}
    active = Member.objects.active()
    for member in active.filter(pk__in=people) or active.with_role(OrganizationRole.HR_DIRECTOR):
        path = paths.relations(cohort.pk, work.enrollment_id)
        notify(member, Notice.NOBODY_SIGNS, about=step, path=path, words=words, key=f"{step.pk}:{member.pk}")
