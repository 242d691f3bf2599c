"""End a pairing, pause it, resume it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship import paths
from mentorship.actions.running_pairing import label, locked, names
from mentorship.models import Meeting, Pairing
from mentorship.policies import may_end
from mentorship.rules.pairing_states import RUNNING, can_become
from mentorship.vocabulary import MeetingState, Notice, PairingState
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, SubjectKind
from programs.actions.appoint import call_off
from programs.actions.change_relations import release_one
from programs.vocabulary import Role


@transaction.atomic
def end(pairing: Pairing, reason: str, *, by: Member, today: date) -> Pairing:
    """The two stop working together. SupportRole lets the mentor go, what waits for a signature goes to those who remain
    entitled, signatures given stay, meetings still planned are cancelled.

    Raises:
        PermissionDenied: `by` is neither of the two and does not run the cohort.
        ValidationError: "not_running"; "reason_required".
    """
    pairing = _running(pairing, by)
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why it ends; nobody is at fault."), code="reason_required")})
    release_one(pairing.enrollment, Role.MENTOR, pairing.mentor, by=by, today=today)
    close(pairing, reason.strip(), by=by)
    people = (pairing.mentor, pairing.enrollment.trainee, pairing.enrollment.cohort.manager)
    for member in {member.pk: member for member in people if member}.values():
        if member.pk != by.pk:
            notify(
                member,
                Notice.PAIRING_ENDED,
                about=pairing,
                path=paths.pairing(pairing.pk),
                words=names(pairing) | {"by": by.name, "note": pairing.reason},
                key=f"pairing:{pairing.pk}",
            )
    return pairing


def close(pairing: Pairing, reason: str, *, by: Member | None) -> None:
    """Write down that a live pairing is over, and take its planned meetings out of the calendar. The pairing must be locked."""
    before, now = pairing.state, clock.now()
    pairing.state, pairing.reason, pairing.ended_at, pairing.ended_by = PairingState.ENDED, reason, now, by
    pairing.save(update_fields=["state", "reason", "ended_at", "ended_by"])
    planned = Meeting.objects.filter(pairing=pairing, state=MeetingState.PLANNED)
    call_off(SubjectKind.MEETING, list(planned.values_list("pk", flat=True)))
    planned.update(state=MeetingState.CANCELLED, closed_at=now, closed_by=by)
    record(AuditAction.PAIRING_ENDED, pairing, by=by, label=label(pairing), before={"state": before}, after={"state": pairing.state})


@transaction.atomic
def pause(pairing: Pairing, *, by: Member) -> Pairing:
    """For some time nobody expects meetings; the mentor stays the mentor and goes on signing.

    Raises:
        PermissionDenied: as `end`.
        ValidationError: "not_running", or it is paused already.
    """
    return _move(pairing, PairingState.PAUSED, by)


@transaction.atomic
def resume(pairing: Pairing, *, by: Member) -> Pairing:
    """The two go on.

    Raises:
        PermissionDenied: as `end`.
        ValidationError: "not_running", or it is not paused.
    """
    return _move(pairing, PairingState.ACTIVE, by)


def _running(pairing: Pairing, by: Member) -> Pairing:
    pairing = locked(pairing)
    if not may_end(by, pairing):
        raise PermissionDenied(_("Only mentor, trainee and who runs the cohort do this."))
    if pairing.state not in RUNNING:
        raise ValidationError(_over(), code="not_running")
    return pairing


def _move(pairing: Pairing, state: PairingState, by: Member) -> Pairing:
    pairing = _running(pairing, by)
    if not can_become(pairing.state, state):
        raise ValidationError(_over(), code="not_running")
    before, pairing.state = pairing.state, state
    pairing.save(update_fields=["state"])
    record(AuditAction.PAIRING_CHANGED, pairing, by=by, label=label(pairing), before={"state": before}, after={"state": state})
    return pairing


def _over() -> str:
    return _("This pairing is not active any more. Open it again to see where it stands.")
