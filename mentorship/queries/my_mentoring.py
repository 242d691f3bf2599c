"""Mentoring as it concerns one person: their mentor, their trainees, the cohorts they run."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q

from mentorship.models import ActionItem, Meeting, MeetingFeedback, MentorProfile, Pairing
from mentorship.queries.rhythm import Rhythm, rhythm_of, with_rhythm
from mentorship.rules.capacity import is_over
from mentorship.rules.pairing_states import LIVE, RUNNING, WAITING
from mentorship.rules.ratings import mean_rating
from mentorship.vocabulary import MeetingState
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, CohortDeputy, SupportRole
from programs.vocabulary import CohortState, EnrollmentState, Role

MOST_PAST = 6
MOST_TRAINEES = 50
MOST_COHORTS = 20


@dataclass(frozen=True)
class Row:
    """One pairing with its rhythm."""

    pairing: Pairing
    rhythm: Rhythm

    @property
    def trainee(self) -> Member:
        return self.pairing.enrollment.trainee


@dataclass(frozen=True)
class AsTrainee:
    """One's own mentor, what was agreed, when one meets."""

    row: Row
    items: list[ActionItem]
    ahead: list[Meeting]
    past: list[Meeting]


@dataclass(frozen=True)
class Load:
    """How many trainees a mentor has, of how many they can take; `capacity` is 0 where there is no profile."""

    capacity: int
    live: int

    @property
    def is_over(self) -> bool:
        return bool(self.capacity) and is_over(self.capacity, self.live)


@dataclass(frozen=True)
class Heard:
    """What a mentor hears of their trainees' feedback: a mean and the words without names, from three different trainees on.

    Below that only that feedback was given: `answers` counts it.
    """

    mean: float | None
    answers: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class AsMentor:
    """One's trainees, the one who needs a meeting first on top."""

    rows: list[Row]
    load: Load
    heard: "Heard"
    profile: MentorProfile | None


@dataclass(frozen=True)
class CohortRow:
    """One cohort that one runs: how many have a mentor."""

    pk: int
    name: str
    trainees: int
    paired: int
    waiting: int

    @property
    def alone(self) -> int:
        """How many have neither a mentor nor a proposal."""
        return max(self.trainees - self.paired - self.waiting, 0)


@dataclass(frozen=True)
class MyMentoring:
    """All that the page shows; a part is None or empty where it does not concern the person."""

    requests: list[Pairing]
    own: AsTrainee | None
    mentor: AsMentor | None
    cohorts: list[CohortRow]

    @property
    def is_empty(self) -> bool:
        return not (self.requests or self.own or self.mentor or self.cohorts)


def my_mentoring(member: Member, now: datetime, today: date) -> MyMentoring:
    """The page of this person; at most seven queries, however many trainees there are."""
    found = Pairing.objects.filter(Q(mentor=member) | Q(enrollment__trainee=member), state__in=LIVE)
    found = found.select_related("mentor", "enrollment__trainee", "enrollment__cohort", "proposed_by").order_by("-started_at", "-pk")
    pairings = list(with_rhythm(found, now)[: MOST_TRAINEES + 1])
    rows = [Row(pairing, rhythm_of(pairing, today)) for pairing in pairings]
    mine = next((row for row in rows if row.trainee.pk == member.pk and row.pairing.state in RUNNING), None)
    return MyMentoring(
        requests=[pairing for pairing in pairings if pairing.state in WAITING],
        own=_as_trainee(mine, now) if mine else None,
        mentor=_as_mentor(member, [row for row in rows if row.pairing.mentor_id == member.pk]),
        cohorts=_cohorts(member),
    )


def _as_trainee(row: Row, now: datetime) -> AsTrainee:
    meetings = list(Meeting.objects.filter(pairing=row.pairing).exclude(state=MeetingState.CANCELLED).order_by("-starts_at"))
    items = ActionItem.objects.filter(meeting__pairing=row.pairing, done_at__isnull=True).select_related("owner")
    return AsTrainee(
        row=row,
        items=list(items.order_by("due_on", "meeting__starts_at", "position")),
        ahead=[one for one in reversed(meetings) if one.state == MeetingState.PLANNED],
        past=[one for one in meetings if one.state == MeetingState.HELD][:MOST_PAST],
    )


def _as_mentor(member: Member, rows: list[Row]) -> AsMentor | None:
    profile = MentorProfile.objects.filter(member=member).first()
    running = [row for row in rows if row.pairing.state in RUNNING]
    if not (running or profile):
        return None
    running.sort(key=lambda row: (not row.rhythm.is_overdue, row.rhythm.standing.expected_on if row.rhythm.standing else date.max))
    load = Load(profile.capacity if profile else 0, len(rows))
    return AsMentor(running, load, heard_by(member), profile)


def heard_by(mentor: Member) -> Heard:
    """What trainees of all pairings have said about this mentor, as far as the mentor may hear it; one query.

    Words stand once each, in the order of their letters: neither whose they are nor when they were said can be told from it.
    """
    given = MeetingFeedback.objects.filter(meeting__pairing__mentor=mentor, role=Role.TRAINEE, rating__isnull=False)
    answers = list(given.values_list("author_id", "rating", "words"))
    mean = mean_rating([(author, rating) for author, rating, _words in answers])
    return Heard(mean, len(answers), tuple(sorted({words for *_who, words in answers} - {""})) if mean is not None else ())


def _cohorts(member: Member) -> list[CohortRow]:
    cohorts = Cohort.objects.exclude(state=CohortState.FINISHED)
    if not member.has_role(OrganizationRole.HR_DIRECTOR):
        cohorts = cohorts.filter(Q(manager=member) | Exists(CohortDeputy.objects.filter(cohort=OuterRef("pk"), member=member)))
    belongs = Q(enrollments__state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED])
    named = SupportRole.objects.filter(role=Role.MENTOR, ended_at__isnull=True).values("enrollment")
    asked = Pairing.objects.filter(state__in=WAITING).values("enrollment")
    rows = cohorts.annotate(
        trainees=Count("enrollments", belongs, distinct=True),
        paired=Count("enrollments", belongs & Q(enrollments__in=named), distinct=True),
        waiting=Count("enrollments", belongs & Q(enrollments__in=asked), distinct=True),
    ).order_by("-start_on", "pk")[:MOST_COHORTS]
    return [CohortRow(row.pk, row.name, row.trainees, row.paired, row.waiting) for row in rows]
