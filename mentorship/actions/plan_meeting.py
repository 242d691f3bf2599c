"""Plan a meeting, move it, cancel it."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentorship import paths
from mentorship.actions.running_pairing import active, label, names, other
from mentorship.models import Meeting, Pairing
from mentorship.vocabulary import MeetingState, Notice
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, SubjectKind
from programs.actions.appoint import appoint, call_off

FURTHEST = timedelta(days=731)


@transaction.atomic
def plan(pairing: Pairing, *, starts_at: datetime, minutes: int, place: str, agenda: str, by: Member) -> Meeting:
    """Put a meeting into both calendars; the other is told, the trainee's home shows it.

    Raises:
        PermissionDenied: `by` is neither of the two.
        ValidationError: "not_active"; "past" or "too_far"; "taken", one is planned for that time.
    """
    pairing = active(pairing, by)
    _must_lie_ahead(starts_at)
    facts = {"starts_at": starts_at, "minutes": minutes, "place": place.strip(), "agenda": agenda.strip()}
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(pairing=pairing, planned_by=by, code=secrets.token_urlsafe(18), **facts)
    except IntegrityError:
        raise _taken() from None
    _appoint(meeting, pairing)
    record(AuditAction.MEETING_PLANNED, meeting, by=by, label=label(pairing), after={"starts_at": starts_at, "minutes": minutes})
    _tell(meeting, pairing, Notice.MEETING_PLANNED, by)
    return meeting


@transaction.atomic
def move(meeting: Meeting, *, starts_at: datetime, minutes: int, place: str, agenda: str, revision: int, by: Member) -> Meeting:
    """Give a planned meeting another time, place or agenda; the other is told of another time or place.

    Raises:
        PermissionDenied, ValidationError: as `plan`; "not_planned"; "stale", the other has changed it meanwhile.
    """
    pairing = active(meeting.pairing, by)
    meeting = planned(meeting)
    if meeting.revision != revision:
        raise ValidationError(_("The other has changed this meeting meanwhile. Look again, then save."), code="stale")
    if starts_at != meeting.starts_at:
        _must_lie_ahead(starts_at)
    before = {"starts_at": meeting.starts_at, "minutes": meeting.minutes}
    is_elsewhere = (starts_at, minutes, place.strip()) != (meeting.starts_at, meeting.minutes, meeting.place)
    meeting.starts_at, meeting.minutes, meeting.place, meeting.agenda = starts_at, minutes, place.strip(), agenda.strip()
    meeting.revision += 1
    try:
        with transaction.atomic():
            meeting.save(update_fields=["starts_at", "minutes", "place", "agenda", "revision"])
    except IntegrityError:
        raise _taken() from None
    if is_elsewhere:
        _appoint(meeting, pairing)
        after = {"starts_at": starts_at, "minutes": minutes}
        record(AuditAction.MEETING_CHANGED, meeting, by=by, label=label(pairing), before=before, after=after)
        _tell(meeting, pairing, Notice.MEETING_MOVED, by)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, reason: str, *, by: Member) -> Meeting:
    """It does not take place; the other is told why.

    Raises:
        PermissionDenied: `by` is neither of the two.
        ValidationError: "not_active"; "not_planned"; "reason_required".
    """
    pairing = active(meeting.pairing, by)
    meeting = planned(meeting)
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why, so that the other understands."), code="reason_required")})
    meeting.state, meeting.reason, meeting.closed_by, meeting.closed_at = MeetingState.CANCELLED, reason.strip(), by, clock.now()
    meeting.revision += 1
    meeting.save(update_fields=["state", "reason", "closed_by", "closed_at", "revision"])
    call_off(SubjectKind.MEETING, [meeting.pk])
    record(AuditAction.MEETING_CHANGED, meeting, by=by, label=label(pairing), after={"state": meeting.state})
    _tell(meeting, pairing, Notice.MEETING_CANCELLED, by, note=meeting.reason)
    return meeting


def planned(meeting: Meeting) -> Meeting:
    """The locked meeting, still planned.

    Raises:
        ValidationError: "not_planned".
    """
    meeting = Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)
    if meeting.state != MeetingState.PLANNED:
        raise ValidationError(_("This meeting is not planned any more. Look again."), code="not_planned")
    return meeting


def _must_lie_ahead(starts_at: datetime) -> None:
    if starts_at <= clock.now():
        raise ValidationError({"starts_at": ValidationError(_("Choose a time that lies ahead."), code="past")})
    if starts_at > clock.now() + FURTHEST:
        raise ValidationError({"starts_at": ValidationError(_("Choose a time within the next two years."), code="too_far")})


def _taken() -> ValidationError:
    return ValidationError({"starts_at": ValidationError(_("A meeting is already planned for this time."), code="taken")})


def _appoint(meeting: Meeting, pairing: Pairing) -> None:
    appoint(
        pairing.enrollment,
        meeting,
        person=pairing.mentor,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place,
        path=paths.meeting(meeting.pk),
    )


def _tell(meeting: Meeting, pairing: Pairing, kind: str, by: Member, note: str = "") -> None:
    words = names(pairing) | {"by": by.name, "starts_at": meeting.starts_at.isoformat(), "note": note or meeting.place}
    key = f"meeting:{meeting.pk}:{meeting.revision}"
    notify(other(pairing, by), kind, about=meeting, path=paths.meeting(meeting.pk), words=words, key=key)
