"""What the product knows of a cohort that its success factors are counted from; a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery
from django.utils import timezone

from mentorship.models import Agreement, MeetingFeedback, MentorProfile, Pairing
from mentorship.queries.rhythm import with_rhythm
from mentorship.vocabulary import PairingState
from organizations.models import DelegatedAuthority
from organizations.rules.working_calendar import WorkingCalendar
from programs.models import (
    BudgetRequest,
    Cohort,
    DeliverableKind,
    Enrollment,
    PhaseProgress,
    ScheduleChange,
    SignOff,
    SponsorAcceptance,
    SponsorCheckIn,
    Submission,
    WeekHours,
)
from programs.queries.calendars import calendar_of
from programs.queries.conditions import agreed_hours, pulse_results
from programs.rules.pulse import Result
from programs.vocabulary import DeliverableState, EnrollmentState, PhaseExit, Role, ScheduleKind
from projects.models import Gate, Measure, PracticeProject
from projects.vocabulary import GateState, ProjectState

LESSONS = "lessons"  # the field of the retrospective that asks what is kept, and whether it came from a mistake
LESSON_FROM_MISTAKE = {LESSONS: [{"from_mistake": "yes"}]}
FIRST_GATE = 1


@dataclass(frozen=True)
class Decision:
    """One decision on work: in which role, on which deliverable, since when it was this person's turn."""

    enrollment: int
    deliverable: int
    label: str
    is_approved: bool
    role: str
    outcome: str
    by: int
    by_name: str
    stood_in: bool
    ready_at: datetime | None
    at: datetime


@dataclass(frozen=True)
class Feedback:
    """One word after a meeting, without the words."""

    pairing: int
    enrollment: int
    mentor: int
    role: str
    rating: int | None
    needs_a_change: bool
    at: datetime


@dataclass(frozen=True)
class Facts:
    """All of it, for the day it is asked for."""

    cohort: Cohort
    today: date
    now: datetime
    calendar: WorkingCalendar
    trainees: dict[int, Enrollment]  # by enrollment, by name; who withdrew is left out
    end_on: date | None
    project_phase: dict[int, datetime]  # by enrollment: when the phase of the practice project opened
    has_accepted: bool
    check_ins: list[SponsorCheckIn]
    projects: list[PracticeProject]  # neither stopped nor of someone who withdrew; with g1_at, last_due_on, tells_mistake, has_target
    pairings: list[Pairing]  # active ones, with_rhythm, capacity and live
    feedback: list[Feedback]
    decisions: list[Decision]
    leave: dict[int, list[tuple[date, date]]]  # by mentor
    changes: dict[int, list[date]]  # by enrollment: days on which a date or an agreement was changed
    asks_for_lessons: bool
    budget: list[BudgetRequest]
    hours: list[WeekHours]
    agreed_hours: dict[int, Decimal]  # a week, by enrollment, by the IDP that all have signed
    pulse: list[Result]  # rounds that are over, with five answers or more


def trainees_of(cohort: Cohort) -> dict[int, Enrollment]:
    """Who is or was in the cohort, save who withdrew; one query."""
    found = Enrollment.objects.filter(cohort=cohort).exclude(state=EnrollmentState.WITHDRAWN)
    return {one.pk: one for one in found.select_related("trainee").order_by("trainee__sort_name", "pk")}


def facts(cohort: Cohort, trainees: dict[int, Enrollment], today: date, now: datetime) -> Facts:
    """Gathered in 16 statements, however many people there are."""
    told = ("enrollment_id", "phase__schedule", "phase__exit", "planned_end_on", "opened_at")
    phases = list(PhaseProgress.objects.filter(enrollment__in=trainees).values_list(*told))
    ends = [end_on for _enrollment, schedule, _exit, end_on, _opened_at in phases if schedule != ScheduleKind.RECURRING]
    lessons = DeliverableKind.objects.filter(version=cohort.version_id, fields__contains=[{"key": LESSONS}])
    return Facts(
        cohort=cohort,
        today=today,
        now=now,
        calendar=calendar_of(cohort.calendar),
        trainees=trainees,
        end_on=max(ends, default=None),
        project_phase={pk: opened_at for pk, _schedule, ends, _on, opened_at in phases if ends == PhaseExit.PROJECT_CLOSED and opened_at},
        has_accepted=SponsorAcceptance.objects.filter(cohort=cohort, member=cohort.sponsor_id).exists(),
        check_ins=list(SponsorCheckIn.objects.filter(cohort=cohort).order_by("held_on", "pk")),
        projects=_projects(trainees),
        pairings=_pairings(trainees, now),
        feedback=_feedback(trainees),
        decisions=[one for one in _decisions(cohort) if one.enrollment in trainees],
        leave=_leave(cohort),
        changes=_changes(trainees),
        asks_for_lessons=lessons.exists(),
        budget=list(BudgetRequest.objects.filter(cohort=cohort).order_by("asked_at", "pk")),
        hours=list(WeekHours.objects.filter(enrollment__in=trainees).order_by("week_on")),
        agreed_hours=agreed_hours(trainees),
        pulse=pulse_results(cohort, today),
    )


def local_day(moment: datetime) -> date:
    """The day in the organization's time zone."""
    return timezone.localtime(moment).date()


def _projects(trainees: dict[int, Enrollment]) -> list[PracticeProject]:
    passed = Gate.objects.filter(project=OuterRef("pk"), position=FIRST_GATE, state=GateState.PASSED)
    told = Submission.objects.filter(
        deliverable__work=OuterRef("work_id"),
        deliverable__state=DeliverableState.APPROVED,
        number=F("deliverable__last_number"),
        data__contains=LESSON_FROM_MISTAKE,
    )
    found = PracticeProject.objects.filter(enrollment__in=trainees).exclude(state=ProjectState.STOPPED)
    gates = Gate.objects.filter(project=OuterRef("pk")).order_by("-due_on")
    measured = Measure.objects.filter(project=OuterRef("pk"), baseline__isnull=False, target__isnull=False)
    found = found.annotate(
        g1_at=Subquery(passed.values("decided_at")[:1]),
        last_due_on=Subquery(gates.values("due_on")[:1]),
        tells_mistake=Exists(told),
        has_target=Exists(measured),
    )
    return list(found.select_related("sponsor", "kind").order_by("name", "pk"))


def _pairings(trainees: dict[int, Enrollment], now: datetime) -> list[Pairing]:
    carried = Pairing.objects.live().filter(mentor=OuterRef("mentor_id")).order_by().values("mentor")
    active = Pairing.objects.filter(enrollment__in=trainees, state=PairingState.ACTIVE).select_related("mentor")
    return list(
        with_rhythm(active, now)
        .annotate(
            capacity=Subquery(MentorProfile.objects.filter(member=OuterRef("mentor_id")).values("capacity")[:1]),
            live=Subquery(carried.annotate(count=Count("pk")).values("count"), output_field=IntegerField()),
        )
        .order_by("enrollment__trainee__sort_name", "pk")
    )


def _feedback(trainees: dict[int, Enrollment]) -> list[Feedback]:
    rows = MeetingFeedback.objects.filter(meeting__pairing__enrollment__in=trainees).order_by("at", "pk")
    pairing = ("meeting__pairing_id", "meeting__pairing__enrollment_id", "meeting__pairing__mentor_id")
    return [Feedback(*row) for row in rows.values_list(*pairing, "role", "rating", "needs_a_change", "at")]


def _decisions(cohort: Cohort) -> list[Decision]:
    """A private deliverable (D19) and one that is no longer asked for do not enter."""
    of = "step__submission__deliverable__"
    rows = SignOff.objects.filter(**{f"{of}work__enrollment__cohort": cohort, f"{of}kind__private": False, f"{of}ended_at": None})
    told = (f"{of}work__enrollment_id", f"{of}pk", f"{of}kind__key", f"{of}state", "role", "outcome", "by_id", "by__name", "instead_of_id")
    return [
        Decision(enrollment, pk, key, state == DeliverableState.APPROVED, role, outcome, by, name, instead is not None, ready_at, at)
        for enrollment, pk, key, state, role, outcome, by, name, instead, ready_at, at in rows.order_by("at", "pk").values_list(
            *told, "step__ready_at", "at"
        )
    ]


def _leave(cohort: Cohort) -> dict[int, list[tuple[date, date]]]:
    """When people were away since the cohort began, and had named a stand-in."""
    found: dict[int, list[tuple[date, date]]] = {}
    for one in DelegatedAuthority.objects.filter(until_on__gte=cohort.start_on):
        until = min(one.until_on, local_day(one.ended_at)) if one.ended_at else one.until_on
        found.setdefault(one.member_id, []).append((one.from_on, until))
    return found


def _changes(trainees: dict[int, Enrollment]) -> dict[int, list[date]]:
    """A date that somebody moved, or another version of the agreement."""
    moved = ScheduleChange.objects.filter(work__enrollment__in=trainees, by__isnull=False).values_list("work__enrollment_id", "at")
    agreed = Agreement.objects.filter(pairing__enrollment__in=trainees, number__gt=1).values_list("pairing__enrollment_id", "written_at")
    found: dict[int, list[date]] = {}
    for enrollment, at in [*moved, *agreed]:
        found.setdefault(enrollment, []).append(local_day(at))
    return found


def is_mentors_own(decision: Decision) -> bool:
    """Whether a mentor took this decision themselves."""
    return decision.role == Role.MENTOR and not decision.stood_in
