"""The sessions that a trainee has held, in figures: who came, what they thought, what they learned.

What too few people said is left out session by session, whoever reads: from a sum with and without it, it would be known.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from effectiveness.models import TestResult, TrainingSession
from effectiveness.rules import level_one, level_two
from effectiveness.rules.answering import survey_state
from effectiveness.rules.attendance import Coverage, Seat, coverage, stayed
from effectiveness.vocabulary import THERE, ReactionItem, SessionState, SurveyState, TestPhase
from programs.models import Enrollment


@dataclass
class HeldSession:
    """One of them. A survey's `points` are none while it is open, and where fewer than five answered."""

    title: str
    starts_at: datetime
    minutes: int
    seats: list[Seat] = field(default_factory=list)
    there: list[Hashable] = field(default_factory=list)  # who came, however long
    leavers: set[Hashable] = field(default_factory=set)  # who has left the organization since
    has_survey: bool = False
    is_open: bool = False
    answers: list[dict[str, int]] = field(default_factory=list)
    scores: dict[int, dict[str, Decimal]] = field(default_factory=dict)  # by attendee and phase
    pass_mark: int = 0

    @property
    def name(self) -> str:
        """Topic and day."""
        day = date_format(localtime(self.starts_at), pgettext("format of a day with year, see Django's date filter", "j M Y"))
        return f"{self.title} · {day}"

    @property
    def stayed(self) -> int:
        """Who was there for 80 percent of it."""
        return sum(stayed(seat.minutes, seat.planned) for seat in self.seats)

    @property
    def points(self) -> level_one.Points | None:
        if not self.has_survey or self.is_open or len(self.answers) < level_one.FEWEST:
            return None
        return level_one.points(ReactionItem.values, self.answers)

    @property
    def rate(self) -> int | None:
        """Answers in percent of those who came."""
        return level_one.percent(len(self.answers), len(self.there))

    @property
    def pairs(self) -> list[tuple[Decimal | None, Decimal | None]]:
        """Scores before and after, of each person tested."""
        return [(of.get(TestPhase.PRE), of.get(TestPhase.POST)) for of in self.scores.values()]

    @property
    def learning(self) -> level_two.Learning | None:
        """Level 2; None where fewer than five were tested."""
        found = level_two.learning(self.pairs, self.pass_mark)
        return found if found.tested >= level_one.FEWEST else None


@dataclass(frozen=True)
class SessionsHeld:
    """All of them, the earlier first."""

    sessions: list[HeldSession]

    @property
    def people(self) -> int:
        """How many different people came."""
        return len({person for session in self.sessions for person in session.there})

    @property
    def places(self) -> int:
        """How many names stand on all lists."""
        return sum(len(session.seats) for session in self.sessions)

    @property
    def stayed(self) -> int:
        """How many of them were there for 80 percent of the session."""
        return sum(session.stayed for session in self.sessions)

    @property
    def hours(self) -> Decimal:
        """People times hours each was there."""
        return Decimal(sum(seat.minutes for session in self.sessions for seat in session.seats)) / 60

    @property
    def coverage(self) -> Coverage:
        """Different people on the lists, without those who have left the organization since. Source: content, K1."""
        return coverage(seat for session in self.sessions for seat in session.seats if seat.person not in session.leavers)

    @property
    def asked(self) -> list[HeldSession]:
        """Those with a survey."""
        return [session for session in self.sessions if session.has_survey]

    @property
    def answered(self) -> list[HeldSession]:
        """Those whose survey is closed and was answered by five at least."""
        return [session for session in self.asked if session.points is not None]

    @property
    def forms(self) -> int:
        """How many answers they have together."""
        return sum(len(session.answers) for session in self.answered)

    @property
    def points(self) -> level_one.Points:
        return sum((session.points for session in self.answered if session.points), level_one.Points())

    @property
    def tested(self) -> list[HeldSession]:
        """Those with scores."""
        return [session for session in self.sessions if session.scores]

    @property
    def measured(self) -> list[HeldSession]:
        """Those in which five people at least were tested."""
        return [session for session in self.tested if session.learning is not None]

    @property
    def people_tested(self) -> int:
        return sum(session.learning.tested for session in self.measured if session.learning)

    @property
    def people_passed(self) -> int:
        return sum(session.learning.passed for session in self.measured if session.learning)

    @property
    def learned(self) -> level_two.Learning:
        """The pairs of all sessions that are measured, as one class."""
        return level_two.learning([pair for session in self.measured for pair in session.pairs if None not in pair], 0)


def sessions_held(enrollment: Enrollment, today: date) -> SessionsHeld:
    """What the trainee has held in this programme; three queries."""
    held = TrainingSession.objects.filter(enrollment=enrollment, owner=enrollment.trainee_id, state=SessionState.HELD)
    found: dict[int, HeldSession] = {}
    seat = ("pk", "member_id", "member__ended_at", "name", "department", "came", "minutes")
    columns = ("pk", "title", "starts_at", "minutes", *(f"attendees__{name}" for name in seat))
    for pk, title, starts_at, planned, place, member, left_at, name, department, came, minutes in held.order_by(
        "starts_at", "pk", "attendees__pk"
    ).values_list(*columns):
        session = found.setdefault(pk, HeldSession(title, starts_at, planned))
        if place is None:
            continue
        person = member or (name, department)
        session.seats.append(Seat(person, (minutes or 0) if came in THERE else 0, planned))
        if came in THERE:
            session.there.append(person)
        if left_at is not None:
            session.leavers.add(person)
    surveys = held.filter(surveys__isnull=False).values_list("pk", "surveys__closes_on", "surveys__closed_at", "surveys__answers__scores")
    for pk, closes_on, closed_at, scores in surveys:
        session = found[pk]
        session.has_survey, session.is_open = True, survey_state(closes_on, closed_at, today) == SurveyState.OPEN
        if scores is not None:
            session.answers.append(scores)
    results = TestResult.objects.filter(attendee__session__in=held, attendee__session__tests__isnull=False)
    for pk, mark, attendee, phase, score in results.values_list(
        "attendee__session_id", "attendee__session__tests__pass_mark", "attendee_id", "phase", "score"
    ):
        found[pk].pass_mark = mark
        found[pk].scores.setdefault(attendee, {})[phase] = score
    return SessionsHeld(list(found.values()))
