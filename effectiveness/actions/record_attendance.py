"""Who is invited to a session, who came, and how long they stayed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from effectiveness.actions.plan_session import locked
from effectiveness.actions.tell_of_session import tell_invited, tell_released
from effectiveness.models import Attendee, TrainingSession
from effectiveness.vocabulary import THERE, SessionState
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction


@dataclass(frozen=True)
class Invited:
    """A person as written down; `member` where they belong to the organization."""

    name: str
    department: str = ""
    member: int | None = None


@dataclass(frozen=True)
class Presence:
    """What was seen of one person; `minutes` only of who was there."""

    came: str
    minutes: int | None = None


@transaction.atomic
def invite(session: TrainingSession, people: Sequence[Invited], *, by: Member) -> list[Attendee]:
    """Put people on the list; who is on it already, by membership or by the same name and department, stays once.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
        ValidationError: "no_seats".
    """
    session = locked(session, by=by)
    here = list(session.attendees.all())
    known = {(one.member_id or 0, one.name, one.department) for one in here}
    members = {one.member_id for one in here if one.member_id}
    new = []
    for person in people:
        key = (person.member or 0, person.name, person.department)
        if key in known or (person.member and person.member in members):
            continue
        known.add(key)
        members |= {person.member} - {None}
        new.append(Attendee(session=session, member_id=person.member, name=person.name, department=person.department))
    if len(here) + len(new) > session.seats:
        left = max(session.seats - len(here), 0)
        raise ValidationError(
            _("There are %(left)s seats left and %(wanted)s more people. Change the number of seats first."),
            code="no_seats",
            params={"left": left, "wanted": len(new)},
        )
    Attendee.objects.bulk_create(new)
    if new:
        record(AuditAction.SESSION_CHANGED, session, by=by, label=session.title)
        tell_invited(session, Member.objects.filter(pk__in=[one.member_id for one in new if one.member_id]))
    return new


@transaction.atomic
def uninvite(attendee: Attendee, *, by: Member) -> None:
    """Take someone off the list, as long as nothing is written down of them.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
        ValidationError: "has_results".
    """
    session = locked(attendee.session, by=by)
    attendee = Attendee.objects.select_for_update(of=["self"]).get(pk=attendee.pk)
    if attendee.came or attendee.results.exists():
        raise ValidationError(_("Attendance or a score of %(name)s is written down; they stay on the list."), code="has_results",
                              params={"name": attendee.name})  # fmt: skip
    attendee.delete()
    record(AuditAction.SESSION_CHANGED, session, by=by, label=session.title)
    if attendee.member:
        tell_released(session, attendee.member)


@transaction.atomic
def write_down(session: TrainingSession, seen: Mapping[int, Presence], *, by: Member) -> int:
    """Write down who came, by id of the attendee; of how many. From the first one who was there on, the session was held.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
        ValidationError: "too_early", the session has not begun.
    """
    session = locked(session, by=by)
    if session.starts_at > clock.now():
        raise ValidationError(_("This session has not begun yet."), code="too_early")
    changed = []
    for attendee in session.attendees.select_for_update(of=["self"]):
        presence = seen.get(attendee.pk)
        if presence is None:
            continue
        minutes = presence.minutes if presence.came in THERE else None
        if (attendee.came, attendee.minutes) != (presence.came, minutes):
            attendee.came, attendee.minutes = presence.came, minutes
            changed.append(attendee)
    Attendee.objects.bulk_update(changed, ["came", "minutes"])
    if session.state == SessionState.PLANNED and session.attendees.filter(came__in=sorted(THERE)).exists():
        session.state = SessionState.HELD
        session.save(update_fields=["state"])
    if changed:
        record(AuditAction.ATTENDANCE_RECORDED, session, by=by, label=session.title)
    return len(changed)
