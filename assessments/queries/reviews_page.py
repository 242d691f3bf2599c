"""The list of reviews: what of them is mine, waits for my vote, is about those I support, or runs in my cohorts."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from assessments.models import AppealPanelist, CertificationReview, Panelist, PanelVote, Rater, ReviewCycle
from assessments.models.readable import TAKE_PART
from assessments.queries.counts import with_counts
from assessments.vocabulary import CycleState, RaterGroup, RaterState, ReviewState
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, CohortDeputy, SupportRole

MOST = 50


@dataclass(frozen=True)
class ReviewsPage:
    """All that the page shows. `requests` is how many people wait for this person's feedback."""

    own: list[CertificationReview]
    panel: list[CertificationReview]
    supported: list[CertificationReview]
    cycles: list[ReviewCycle]
    requests: int
    may_open: bool
    sees_pool: bool

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.panel or self.supported or self.cycles or self.requests or self.may_open)


def reviews_page(member: Member) -> ReviewsPage:
    """Gathered in at most eight queries, however many reviews there are."""
    reviews = CertificationReview.objects.select_related("cycle__cohort", "enrollment__trainee").order_by("-cycle__opens_on", "-pk")
    on_panel = Exists(Panelist.objects.filter(review=OuterRef("pk"), member=member))
    on_appeal = Exists(AppealPanelist.objects.filter(appeal__decision__review=OuterRef("pk"), member=member))
    mine = PanelVote.objects.filter(review=OuterRef("pk"), member=member)
    supports = SupportRole.objects.filter(enrollment=OuterRef("enrollment_id"), member=member, role__in=TAKE_PART, ended_at__isnull=True)
    panel = with_counts(reviews.filter(on_panel | on_appeal).exclude(state=ReviewState.GATHERING)).annotate(has_voted=Exists(mine))
    return ReviewsPage(
        own=list(with_counts(reviews.filter(enrollment__trainee=member))[:MOST]),
        panel=list(panel[:MOST]),
        supported=list(with_counts(reviews.filter(Exists(supports)))[:MOST]),
        cycles=_cycles(member),
        requests=requests_of(member).count(),
        may_open=cohorts_run_by(member).exists(),
        sees_pool=member.has_role(OrganizationRole.HR_DIRECTOR),
    )


def requests_of(member: Member):
    """Requests for feedback that wait for this person; their own view among them."""
    return Rater.objects.filter(member=member, state=RaterState.ASKED, review__cycle__state=CycleState.OPEN)


def cohorts_run_by(member: Member):
    """Cohorts for which this person opens cycles."""
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        return Cohort.objects.all()
    deputy = Exists(CohortDeputy.objects.filter(cohort=OuterRef("pk"), member=member))
    return Cohort.objects.filter(deputy) | Cohort.objects.filter(manager=member)


def _cycles(member: Member) -> list[ReviewCycle]:
    """Each with how many reviews it has, how many are decided, and how much of its feedback is in; two queries."""
    cycles = list(ReviewCycle.objects.run_by(member).select_related("cohort").order_by("-opens_on", "-pk")[:MOST])
    counts: dict[int, list[int]] = {cycle.pk: [0, 0] for cycle in cycles}
    if cycles:
        for cycle_id, state in CertificationReview.objects.filter(cycle__in=cycles).values_list("cycle_id", "state"):
            counts[cycle_id][0] += 1
            counts[cycle_id][1] += state == ReviewState.DECIDED
    for cycle in cycles:
        cycle.total, cycle.decided = counts[cycle.pk]
    return cycles


def request_list(member: Member) -> list[Rater]:
    """The requests that wait, by their last day; one query."""
    rows = requests_of(member).select_related("review__cycle__cohort", "review__enrollment__trainee")
    return sorted(rows, key=lambda rater: (rater.review.cycle.closes_on, rater.group != RaterGroup.SELF, rater.pk))
