"""Tell the observer and those invited who belong to the organization: when and where a session is, and what is asked of them.

Nothing is told of a session whose time has passed: that is written down afterwards, not an invitation.
"""

from collections.abc import Iterable

from effectiveness import paths
from effectiveness.models import TrainingSession
from effectiveness.vocabulary import Notice
from notifications.actions.notify import notify
from organizations import clock
from organizations.models import Member


def tell_observer(session: TrainingSession) -> None:
    """The observer is asked to watch it."""
    if session.observer:
        _tell(session, Notice.SESSION_TO_OBSERVE, [session.observer], paths.session(session.pk))


def tell_invited(session: TrainingSession, people: Iterable[Member]) -> None:
    """These are asked to come."""
    _tell(session, Notice.SESSION_INVITED, people, paths.invitation(session.pk))


def tell_moved(session: TrainingSession, kept_observer: bool) -> None:
    """It is at another time or place, for all who were told before; a new observer is told as such (`tell_observer`)."""
    _tell(session, Notice.SESSION_MOVED, _invited(session), paths.invitation(session.pk))
    if kept_observer and session.observer:
        _tell(session, Notice.SESSION_MOVED, [session.observer], paths.session(session.pk))


def tell_cancelled(session: TrainingSession) -> None:
    """It is called off."""
    _tell(session, Notice.SESSION_CANCELLED, _invited(session), paths.invitation(session.pk))
    if session.observer:
        _tell(session, Notice.SESSION_CANCELLED, [session.observer], paths.session(session.pk))


def tell_released(session: TrainingSession, member: Member) -> None:
    """This person is off the list, or observes it no more."""
    # They see no page of it any more.
    _tell(session, Notice.SESSION_RELEASED, [member], "notices/")


def _invited(session: TrainingSession) -> list[Member]:
    return list(Member.objects.active().filter(sessions_attended__session=session).exclude(pk=session.observer_id))


def _tell(session: TrainingSession, kind: Notice, people: Iterable[Member], path: str) -> None:
    now = clock.now()
    if session.starts_at <= now:
        return
    words = {
        "session": session.title,
        "by": session.owner.name,
        "starts_at": session.starts_at.isoformat(),
        "minutes": session.minutes,
        "place": session.place or session.link,
        "note": session.aims,
    }
    for one in people:
        if one.is_active and one.pk != session.owner_id:
            notify(one, kind, about=session, path=path, words=words, key=f"{session.pk}:{now.isoformat()}")
