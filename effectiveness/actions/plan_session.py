"""Plan a training session, change it, call it off."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from effectiveness.actions.tell_of_session import tell_cancelled, tell_moved, tell_observer, tell_released
from effectiveness.models import TrainingSession
from effectiveness.policies.sessions import may_run
from effectiveness.vocabulary import SessionState
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Enrollment
from programs.vocabulary import EnrollmentState

WHERE_AND_WHEN = ("starts_at", "minutes", "place", "link")
RUNNING = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)


class SessionFacts(TypedDict, total=False):
    """What one says of a session."""

    title: str
    aims: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    seats: int
    observer: Member | None
    about_kind: str
    about_id: int | None


@transaction.atomic
def plan(*, by: Member, **facts: Unpack[SessionFacts]) -> TrainingSession:
    """A new session of this person; of a trainee's, those who read their programme read it. Planned twice alike it is one session.

    Raises:
        ValidationError: "observes_oneself".
    """
    _check_observer(by, facts)
    Member.objects.select_for_update(of=["self"], no_key=True).get(pk=by.pk)  # locked before one looks
    if twin := TrainingSession.objects.filter(owner=by, state=SessionState.PLANNED, **facts).first():
        return twin
    enrollment = Enrollment.objects.filter(trainee=by, state__in=RUNNING).first()
    session = TrainingSession.objects.create(owner=by, enrollment=enrollment, **facts)
    record(AuditAction.SESSION_PLANNED, session, by=by, label=session.title)
    tell_observer(session)
    return session


@transaction.atomic
def change(session: TrainingSession, *, by: Member, **facts: Unpack[SessionFacts]) -> TrainingSession:
    """Say something else of a session that has not been called off. At another time or place, all who were told are told again.

    Raises:
        PermissionDenied: `by` did not plan it.
        ValidationError: "cancelled", "observes_oneself", "too_few_seats" (more people are invited already).
    """
    session = locked(session, by=by)
    _check_observer(by, facts)
    seats = facts.get("seats", session.seats)
    if seats < session.attendees.count():
        refusal = _("More people are invited already. Take someone off the list first, or leave more seats.")
        raise ValidationError({"seats": ValidationError(refusal, code="too_few_seats")})
    before = {name: getattr(session, name) for name in ("observer", *WHERE_AND_WHEN)}
    for name, value in facts.items():
        setattr(session, name, value)
    session.save(update_fields=list(facts))
    record(AuditAction.SESSION_CHANGED, session, by=by, label=session.title)
    same_observer = before["observer"] == session.observer
    if any(before[name] != getattr(session, name) for name in WHERE_AND_WHEN):
        tell_moved(session, kept_observer=same_observer)
    if not same_observer:
        tell_observer(session)
        if before["observer"]:
            tell_released(session, before["observer"])
    return session


@transaction.atomic
def cancel(session: TrainingSession, *, by: Member) -> TrainingSession:
    """Call a session off. One that was held stays.

    Raises:
        PermissionDenied: `by` did not plan it.
        ValidationError: "cancelled"; "held".
    """
    session = locked(session, by=by)
    if session.state == SessionState.HELD:
        raise ValidationError(_("This session was held; it can no longer be called off."), code="held")
    session.state = SessionState.CANCELLED
    session.save(update_fields=["state"])
    record(AuditAction.SESSION_CHANGED, session, by=by, label=session.title)
    tell_cancelled(session)
    return session


def locked(session: TrainingSession, *, by: Member) -> TrainingSession:
    """The session as it stands now, held for a change by who planned it.

    Raises:
        PermissionDenied: `by` did not plan it.
        ValidationError: "cancelled".
    """
    session = TrainingSession.objects.select_for_update(of=["self"]).select_related("owner", "observer").get(pk=session.pk)
    if not may_run(by, session):
        raise PermissionDenied(_("Only the person who planned this session changes it."))
    if session.state == SessionState.CANCELLED:
        raise ValidationError(_("This session was called off. Plan a new one."), code="cancelled")
    return session


def _check_observer(by: Member, facts: SessionFacts) -> None:
    observer = facts.get("observer")
    if observer is not None and observer.pk == by.pk:
        raise ValidationError({"observer": ValidationError(_("Someone else observes your session."), code="observes_oneself")})
