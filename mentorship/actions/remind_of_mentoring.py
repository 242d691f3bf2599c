"""Remind of meetings that are overdue and of agreements that are missing; each once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from mentorship import paths
from mentorship.actions.running_pairing import locked, names
from mentorship.actions.sign_agreement import CHECK, pass_check
from mentorship.models import Meeting, Pairing
from mentorship.queries.rhythm import rhythm_of, with_rhythm
from mentorship.rules.agreement import MEETINGS_BOOKED
from mentorship.vocabulary import MeetingState, Notice, PairingState
from notifications.actions.notify import notify
from notifications.models import Notification
from organizations.models import Member
from organizations.rules.working_calendar import WorkingCalendar
from programs.models import CheckResult, TaskWork
from programs.queries.calendars import calendar_of
from programs.rules.task_states import FINISHED
from programs.vocabulary import EnrollmentState, TaskState

AGREEMENT_AFTER = 8  # working days of a phase or a pairing. Source: program map 1.4, agreement within two weeks


@dataclass(frozen=True)
class _Reminder:
    kind: str
    pairing: Pairing
    words: dict[str, Any]
    key: str
    path: str


def remind(now: datetime, today: date) -> int:
    """Write what is due in the open tenant today; returns how many notices are new.

    An overdue meeting is told to both once for each day on which one was expected, a missing agreement once. Nobody is
    reminded on a day on which their cohort does not work. Days are those of the time zone in force.
    """
    calendars: dict[str, WorkingCalendar] = {}
    due = []
    for pairing in with_rhythm(_active(), now):
        kind = pairing.enrollment.cohort.calendar
        if kind not in calendars:
            calendars[kind] = calendar_of(kind)
        calendar = calendars[kind]
        if calendar.is_working(today) and (reminder := _due(pairing, calendar, today)):
            due.append(reminder)
    return _write(due)


def pass_waiting_checks(now: datetime, today: date) -> int:
    """C3 of those who signed before its task opened; how many."""
    answered = CheckResult.objects.filter(work=OuterRef("pk"))
    waiting = TaskWork.objects.filter(~Exists(answered), enrollment=OuterRef("enrollment_id"), task__checks__key=CHECK)
    waiting = waiting.exclude(state__in=[TaskState.LOCKED, *FINISHED])
    passed = 0
    for pairing in with_rhythm(_active().filter(Exists(waiting)), now):
        met = Meeting.objects.filter(pairing=pairing).exclude(state=MeetingState.CANCELLED).count()
        if pairing.every_days and met >= MEETINGS_BOOKED:
            passed += pass_check(locked(pairing), today)
    return passed


def _active():
    by_mentor = CheckResult.objects.filter(
        work__enrollment=OuterRef("enrollment_id"), definition__key=CHECK, passed=True, by=OuterRef("mentor_id")
    )
    return (
        Pairing.objects.filter(state=PairingState.ACTIVE, enrollment__state=EnrollmentState.ACTIVE)
        .select_related("mentor", "enrollment__trainee", "enrollment__cohort__manager")
        # A mentor who has passed C3 by hand has an agreement on paper.
        .annotate(on_paper=Exists(by_mentor))
        .order_by("pk")
    )


def _due(pairing: Pairing, calendar: WorkingCalendar, today: date) -> _Reminder | None:
    rhythm = rhythm_of(pairing, today)
    if rhythm.is_overdue:
        expected_on = rhythm.standing.expected_on
        words = names(pairing) | {"due_on": expected_on.isoformat()}
        return _Reminder(Notice.MEETING_OVERDUE, pairing, words, f"pairing:{pairing.pk}:{expected_on}", paths.pairing(pairing.pk))
    if rhythm.every_days or pairing.on_paper:
        return None
    began_on = max(timezone.localtime(pairing.started_at).date(), pairing.enrollment.start_on)
    if today - began_on < timedelta(days=AGREEMENT_AFTER) or today < calendar.add_working_days(began_on, AGREEMENT_AFTER):
        return None
    return _Reminder(Notice.AGREEMENT_MISSING, pairing, names(pairing), f"pairing:{pairing.pk}", paths.agreement(pairing.pk))


def _write(due: list[_Reminder]) -> int:
    wanted = {f"{one.kind}:{member.pk}:{one.key}": (one, member) for one in due for member in _both(one.pairing)}
    told = Notification.objects.filter(dedup_key__in=list(wanted)).values_list("dedup_key", flat=True)
    new = [wanted[key] for key in wanted.keys() - set(told)]
    for one, member in new:
        notify(member, one.kind, about=one.pairing, path=one.path, words=one.words, key=one.key)
    return len(new)


def _both(pairing: Pairing) -> tuple[Member, Member]:
    return pairing.mentor, pairing.enrollment.trainee
