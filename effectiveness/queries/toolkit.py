"""The sessions a person plans, observes or reads, for the start page of the toolkit."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from effectiveness.models import TrainingSession
from effectiveness.vocabulary import THERE, SessionState
from organizations.models import Member
from organizations.vocabulary import SubjectKind
from programs.models import TaskWork
from programs.rules.task_states import FINISHED
from programs.vocabulary import LearningMethod, TaskState

PER_PAGE = 20


@dataclass(frozen=True)
class SessionRow:
    """One session in the list."""

    pk: int
    title: str
    owner: str
    is_mine: bool
    starts_at: datetime
    place: str
    state: SessionState
    invited: int
    there: int


def sessions_of(member: Member, page: str | int) -> Page:
    """A page of the sessions this person reads, newest first; three queries at most."""
    found = (
        TrainingSession.objects.visible_to(member)
        .select_related("owner")
        .annotate(invited=Count("attendees"), there=Count("attendees", filter=Q(attendees__came__in=sorted(THERE))))
        .order_by("-starts_at", "-pk")
    )
    rows = Paginator(found, PER_PAGE).get_page(page)
    rows.object_list = [_row(session, member) for session in rows.object_list]
    return rows


def works_for_sessions(member: Member) -> list[TaskWork]:
    """The person's own unfinished tasks that a session may be held for: the one with D8, and practice projects. One query."""
    return list(
        TaskWork.objects.filter(enrollment__trainee=member)
        .filter(Q(task__deliverable_kinds__key="D8") | Q(task__method=LearningMethod.PROJECT))
        .exclude(state__in=[TaskState.LOCKED, *FINISHED])
        .select_related("task")
        .order_by("pk")
        .distinct()
    )


def work_of(session: TrainingSession) -> TaskWork | None:
    """The task that a session is held for, None where it belongs to none; at most one query."""
    if session.about_kind != SubjectKind.TASK_WORK:
        return None
    return TaskWork.objects.select_related("task").filter(pk=session.about_id).first()


def _row(session: TrainingSession, member: Member) -> SessionRow:
    return SessionRow(
        pk=session.pk,
        title=session.title,
        owner=session.owner.name,
        is_mine=session.owner_id == member.pk,
        starts_at=session.starts_at,
        place=session.place,
        state=SessionState(session.state),
        invited=session.invited,
        there=session.there,
    )
