"""The pairings of one cohort for who runs it: state, rhythm as counts and dates, who carries how much."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When

from mentorship.models import Pairing
from mentorship.queries.rhythm import Rhythm, rhythm_of, wants_change, with_rhythm
from mentorship.rules.pairing_states import LIVE
from organizations.models import Member
from programs.models import Cohort, Enrollment
from programs.vocabulary import EnrollmentState

PER_PAGE = 30


@dataclass(frozen=True)
class Row:
    """One trainee of the cohort with the live pairing, if there is one."""

    enrollment: Enrollment
    pairing: Pairing | None
    rhythm: Rhythm | None

    @property
    def trainee(self) -> Member:
        return self.enrollment.trainee

    @property
    def wants_change(self) -> bool:
        return bool(self.pairing and self.pairing.wants_change)


def cohort_rows(cohort: Cohort, now: datetime, today: date, number: str | int) -> Page:
    """The trainees of the cohort, without a mentor first; three queries a page."""
    live = Pairing.objects.filter(enrollment=OuterRef("pk"), state__in=LIVE)
    trainees = (
        Enrollment.objects.filter(cohort=cohort)
        .filter(~Q(state=EnrollmentState.WITHDRAWN))
        .select_related("trainee")
        .annotate(live_id=Subquery(live.values("pk")[:1]))
        .annotate(order=Case(When(live_id__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField()))
        .order_by("order", "trainee__sort_name", "pk")
    )
    page = Paginator(trainees, PER_PAGE).get_page(number)
    page.object_list = _rows(list(page.object_list), now, today)
    return page


def _rows(enrollments: list[Enrollment], now: datetime, today: date) -> list[Row]:
    found = Pairing.objects.filter(pk__in=[one.live_id for one in enrollments if one.live_id]).select_related("mentor")
    pairings = {pairing.pk: pairing for pairing in with_rhythm(found, now).annotate(wants_change=wants_change(now))}
    rows = []
    for enrollment in enrollments:
        pairing = pairings.get(enrollment.live_id)
        rows.append(Row(enrollment, pairing, rhythm_of(pairing, today) if pairing else None))
    return rows
