"""Budget, hours and pulse of cohorts, as pages and figures need them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Subquery

from organizations.models import Member
from programs.models import Cohort, Enrollment, PulseCount, PulseTurn, Submission, WeekHours
from programs.rules.pulse import FEWEST, Result, Round, open_round, results
from programs.rules.week_hours import weeks_to_note
from programs.vocabulary import DeliverableState, EnrollmentState

MOST_WEEKS = 60
AGREED = "weekly_hours"  # the field of the IDP to which the line manager agrees by signing


@dataclass(frozen=True)
class HoursPage:
    """The hours of one trainee, newest week first. `agreed`: hours a week by the signed IDP, None where none is signed."""

    agreed: Decimal | None
    weeks: list[WeekHours]
    to_note: list[date]
    notes: bool
    confirms: bool

    @property
    def waiting(self) -> int:
        """Weeks that nobody has confirmed."""
        return sum(week.confirmed_at is None for week in self.weeks)


def hours_page(enrollment: Enrollment, member: Member, today: date, *, confirms: bool) -> HoursPage:
    """Two queries. `confirms`: whether this person may confirm them, as the policy says."""
    weeks = WeekHours.objects.filter(enrollment=enrollment).select_related("confirmed_by").order_by("-week_on")
    notes = enrollment.trainee_id == member.pk and enrollment.state == EnrollmentState.ACTIVE
    return HoursPage(
        agreed=agreed_hours([enrollment.pk]).get(enrollment.pk),
        weeks=list(weeks[:MOST_WEEKS]),
        to_note=weeks_to_note(enrollment.start_on, today) if notes else [],
        notes=notes,
        confirms=confirms,
    )


def agreed_hours(enrollments: Iterable[int]) -> dict[int, Decimal]:
    """Hours a week by the newest IDP that all have signed, by enrollment; one query."""
    plans = Submission.objects.filter(
        deliverable__work__enrollment__in=list(enrollments),
        deliverable__kind__layout="idp",
        deliverable__state=DeliverableState.APPROVED,
        number=F("deliverable__last_number"),
    )
    found = {}
    for enrollment, said in plans.values_list("deliverable__work__enrollment", f"data__{AGREED}"):
        try:
            hours = Decimal(str(said))
        except InvalidOperation:  # a template may ask otherwise, or not at all
            continue
        if hours.is_finite() and hours > 0:
            found[enrollment] = hours
    return found


def rounds_answered() -> ArraySubquery:
    """An annotation of enrollments: the rounds in which the trainee has answered."""
    return ArraySubquery(PulseTurn.objects.filter(enrollment=OuterRef("pk")).values("round"))


def people_of_cohort() -> Subquery:
    """An annotation of enrollments: how many are in the cohort."""
    fellows = Enrollment.objects.filter(cohort=OuterRef("cohort_id")).exclude(state=EnrollmentState.WITHDRAWN)
    return Subquery(fellows.order_by().values("cohort").annotate(n=Count("pk")).values("n"))


def pulse_to_answer(enrollment: Enrollment, today: date) -> Round | None:
    """The round in which this trainee is asked today; of an enrollment with both annotations; no query."""
    asked = open_round(enrollment.cohort.start_on, today)
    is_asked = enrollment.state == EnrollmentState.ACTIVE and (enrollment.people or 0) >= FEWEST
    return asked if asked and is_asked and asked.number not in enrollment.rounds_answered else None


def pulse_results(cohort: Cohort, today: date) -> list[Result]:
    """What rounds came to that are over and have five answers or more, oldest first; one query."""
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for number, answer, count in PulseCount.objects.filter(cohort=cohort).values_list("round", "answer", "count"):
        counts[number][answer] = count
    return results(cohort.start_on, today, counts)
