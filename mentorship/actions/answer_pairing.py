"""Say yes or no to a proposed pairing."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship import paths
from mentorship.actions.running_pairing import label, locked, names
from mentorship.models import Pairing
from mentorship.policies import may_answer, may_propose, side_of
from mentorship.rules.pairing_states import WAITING, after_yes
from mentorship.vocabulary import Notice, PairingState
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.change_relations import name_one
from programs.vocabulary import Role


@transaction.atomic
def accept(pairing: Pairing, *, by: Member, today: date) -> Pairing:
    """One of the two says yes. With the second yes the pairing is active and SupportRole names the mentor.

    Raises:
        PermissionDenied: `by` is neither.
        ValidationError: "already_answered", by them, or it is no proposal any more; as change_relations.name_one.
    """
    pairing = locked(pairing)
    if not may_answer(by, pairing):
        raise PermissionDenied(_("Only the two who are proposed to each other answer."))
    answered = pairing.mentor_accepted_at if side_of(by, pairing) == Role.MENTOR else pairing.trainee_accepted_at
    if pairing.state not in WAITING or answered:
        raise ValidationError(_("This proposal has already been answered."), code="already_answered")
    before, now = pairing.state, clock.now()
    setattr(pairing, "mentor_accepted_at" if side_of(by, pairing) == Role.MENTOR else "trainee_accepted_at", now)
    pairing.state = after_yes(mentor=bool(pairing.mentor_accepted_at), trainee=bool(pairing.trainee_accepted_at))
    if pairing.state == PairingState.ACTIVE:
        pairing.started_at = now
        name_one(pairing.enrollment, Role.MENTOR, pairing.mentor, by=by, today=today)
    pairing.save(update_fields=["mentor_accepted_at", "trainee_accepted_at", "state", "started_at"])
    record(AuditAction.PAIRING_ANSWERED, pairing, by=by, label=label(pairing), before={"state": before}, after={"state": pairing.state})
    if pairing.state == PairingState.ACTIVE:
        told = {member.pk: member for member in (pairing.mentor, pairing.enrollment.trainee, pairing.proposed_by) if member}
        for member in told.values():
            notify(
                member,
                Notice.PAIRING_STARTED,
                about=pairing,
                path=paths.pairing(pairing.pk),
                words=names(pairing),
                key=f"pairing:{pairing.pk}",
            )
    return pairing


@transaction.atomic
def decline(pairing: Pairing, reason: str, *, by: Member) -> Pairing:
    """One of the two says no, or who runs the cohort takes the proposal back; a word of why goes to who proposed it.

    Raises:
        PermissionDenied: `by` has no say in it.
        ValidationError: "already_answered", it is no proposal any more; "reason_required".
    """
    pairing = locked(pairing)
    if not (may_answer(by, pairing) or may_propose(by, pairing.enrollment.cohort)):
        raise PermissionDenied(_("Only the two who are proposed to each other answer."))
    if pairing.state not in WAITING:
        raise ValidationError(_("This proposal has already been answered."), code="already_answered")
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("A short reason helps to find a better match."), code="reason_required")})
    before = pairing.state
    pairing.state, pairing.reason, pairing.ended_at, pairing.ended_by = PairingState.DECLINED, reason.strip(), clock.now(), by
    pairing.save(update_fields=["state", "reason", "ended_at", "ended_by"])
    record(AuditAction.PAIRING_ANSWERED, pairing, by=by, label=label(pairing), before={"state": before}, after={"state": pairing.state})
    told = {member.pk: member for member in (pairing.proposed_by, pairing.enrollment.cohort.manager) if member}
    for member in told.values():
        if member.pk != by.pk:
            notify(
                member,
                Notice.PAIRING_DECLINED,
                about=pairing,
                path=paths.cohort(pairing.enrollment.cohort_id),
                words=names(pairing) | {"note": pairing.reason},
                key=f"pairing:{pairing.pk}",
            )
    return pairing
