"""Name who supports a trainee: mentor, line manager, HRBP, business heads, present training manager, sponsor."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.settle import name_signers, settle_work
from programs.actions.submit_work import tell_signers
from programs.models import Enrollment, SignOffStep, SupportRole, TaskWork
from programs.policies.running import may_run_cohort
from programs.queries.relations import relations_of
from programs.rules.task_states import WITH_SIGNER
from programs.vocabulary import RELATIONS, Recurrence, StepState


@transaction.atomic
def change_relation(enrollment: Enrollment, role: str, members: Sequence[Member], *, by: Member, today: date) -> None:
    """From now on these people, and no others, hold the role. What waits for a signature goes to those now entitled.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: as `follow_relation`.
    """
    if not may_run_cohort(by, Enrollment.objects.select_related("cohort").get(pk=enrollment.pk).cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager name who supports a trainee."))
    follow_relation(enrollment, role, members, by=by, today=today)


@transaction.atomic
def follow_relation(enrollment: Enrollment, role: str, members: Sequence[Member], *, by: Member, today: date) -> None:
    """The same where the relation follows from something else, such as a sponsor who accepted. Who may, the caller has asked.

    Raises:
        ValidationError: "unknown_role", "own_supporter", "ended" (someone is no member any more).
    """
    enrollment = _locked(enrollment)
    if role not in RELATIONS:
        raise ValidationError(_("There is no such relation."), code="unknown_role")
    wanted = {member.pk: member for member in members}
    if enrollment.trainee_id in wanted:
        raise ValidationError(_("Nobody can be their own mentor or line manager."), code="own_supporter")
    if any(not member.is_active for member in members):
        raise ValidationError(_("Some of these people do not belong to the organization any more."), code="ended")
    _write(enrollment, role, wanted, _holders(enrollment, role), by, today)


@transaction.atomic
def name_one(enrollment: Enrollment, role: str, member: Member, *, by: Member | None, today: date) -> None:
    """One more person holds the role. Asks no policy: for an app above that has asked its own, as mentorship does for a pairing.

    Raises:
        ValidationError: "own_supporter"; "ended", the person is no member any more.
    """
    enrollment = _locked(enrollment)
    if enrollment.trainee_id == member.pk:
        raise ValidationError(_("Nobody can be their own mentor or line manager."), code="own_supporter")
    if not member.is_active:
        raise ValidationError(_("Some of these people do not belong to the organization any more."), code="ended")
    current = _holders(enrollment, role)
    _write(enrollment, role, {pk: each.member for pk, each in current.items()} | {member.pk: member}, current, by, today)


@transaction.atomic
def release_one(enrollment: Enrollment, role: str, member: Member, *, by: Member | None, today: date) -> None:
    """This person no longer holds the role; others who hold it stay. Asks no policy, like `name_one`."""
    enrollment = _locked(enrollment)
    current = _holders(enrollment, role)
    _write(enrollment, role, {pk: each.member for pk, each in current.items() if pk != member.pk}, current, by, today)


def _locked(enrollment: Enrollment) -> Enrollment:
    return Enrollment.objects.select_for_update(of=["self"]).select_related("cohort", "trainee").get(pk=enrollment.pk)


def _holders(enrollment: Enrollment, role: str) -> dict[int, SupportRole]:
    holders = SupportRole.objects.filter(enrollment=enrollment, role=role, ended_at__isnull=True)
    return {support.member_id: support for support in holders.select_related("member")}


def _write(
    enrollment: Enrollment, role: str, wanted: dict[int, Member], current: dict[int, SupportRole], by: Member | None, today: date
) -> None:
    """`enrollment` must be locked."""
    if current.keys() == wanted.keys():
        return
    SupportRole.objects.filter(pk__in=[each.pk for member, each in current.items() if member not in wanted]).update(ended_at=clock.now())
    SupportRole.objects.bulk_create(
        [SupportRole(enrollment=enrollment, role=role, member=member) for pk, member in wanted.items() if pk not in current]
    )
    record(
        AuditAction.RELATIONS_CHANGED,
        enrollment,
        by=by,
        label=enrollment.trainee.name,
        before={role: sorted(each.member.name for each in current.values())},
        after={role: sorted(member.name for member in wanted.values())},
    )
    _route_anew(enrollment, today)


def _route_anew(enrollment: Enrollment, today: date) -> None:
    """Queues of signers follow the relations."""
    relations = relations_of([enrollment], today)[enrollment.pk]
    ready = SignOffStep.objects.filter(state=StepState.READY, submission__deliverable__work__enrollment=enrollment)
    for step in ready.select_related("submission__deliverable__kind"):
        steps = list(SignOffStep.objects.filter(submission=step.submission_id).order_by("position").prefetch_related("decisions"))
        taken = [decision.by_id for each in steps for decision in each.decisions.all()]
        before = set(step.signers.values_list("member_id", flat=True))
        signers = name_signers(steps, relations, step.submission.author_id, step.submission.deliverable.kind, taken)
        work = TaskWork.objects.select_related("task", "enrollment__trainee").get(pk=step.submission.deliverable.work_id)
        tell_signers(step, frozenset(signers - before), step.submission, work)
    # A checkpoint that waited for someone who is no longer named may be complete without them.
    checkpoints = TaskWork.objects.filter(enrollment=enrollment, task__recurrence=Recurrence.QUARTERLY, state__in=WITH_SIGNER)
    for work in checkpoints.select_for_update(of=["self"]).select_related("enrollment__cohort", "task"):
        if work.task.is_checkpoint:
            settle_work(work, today)
