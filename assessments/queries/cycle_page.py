"""One cycle for who runs the cohort: each review with how far it is, in counts."""

from dataclasses import dataclass

from assessments.models import CertificationReview, ReviewCycle
from assessments.queries.counts import with_counts
from assessments.vocabulary import ReviewState
from organizations.models import Member


@dataclass(frozen=True)
class CyclePage:
    """A cycle and its reviews, those furthest behind first."""

    cycle: ReviewCycle
    reviews: list[CertificationReview]

    @property
    def asked(self) -> int:
        return sum(review.asked for review in self.reviews)

    @property
    def answered(self) -> int:
        return sum(review.answered for review in self.reviews)

    @property
    def decided(self) -> int:
        return sum(review.state == ReviewState.DECIDED for review in self.reviews)

    @property
    def with_panel(self) -> int:
        return sum(review.state in (ReviewState.VOTING, ReviewState.VOTED) for review in self.reviews)


def cycle_for(member: Member, pk: int) -> ReviewCycle | None:
    """The cycle if this person runs its cohort; two queries."""
    return ReviewCycle.objects.run_by(member).select_related("cohort").prefetch_related("cohort__deputies").filter(pk=pk).first()


def cycle_page(cycle: ReviewCycle) -> CyclePage:
    """Its reviews; one query."""
    reviews = CertificationReview.objects.filter(cycle=cycle).select_related("enrollment__trainee")
    order = list(ReviewState)
    rows = sorted(
        with_counts(reviews), key=lambda one: (order.index(one.state), one.answered - one.asked, one.enrollment.trainee.sort_name)
    )
    return CyclePage(cycle, rows)
