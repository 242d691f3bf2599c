"""Decisions of reviews, without the review that led to them."""

from datetime import UTC, datetime

from assessments.models import CertificationReview, Decision, PanelVote, ReviewCycle
from assessments.vocabulary import CycleState, Outcome
from programs.models import Enrollment

DECIDED_AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def make_review(cast, enrollment: Enrollment, number: int = 1) -> CertificationReview:
    """A review in a finished cycle of the enrollment's cohort."""
    cycle, _new = ReviewCycle.objects.get_or_create(
        cohort=enrollment.cohort,
        number=number,
        defaults={"opens_on": "2026-11-01", "closes_on": "2026-11-10", "state": CycleState.FINISHED},
    )
    return CertificationReview.objects.create(cycle=cycle, enrollment=enrollment, chair=cast.reviewer)


def make_decision(cast, enrollment: Enrollment, outcome: str = Outcome.CERTIFIED, level: str = "junior", **facts) -> Decision:
    """A decision on this enrollment; with `review` on that one, else on a review of its own, cycle `number`."""
    review = facts.pop("review", None) or make_review(cast, enrollment, facts.pop("number", 1))
    plan = [{"what": "再做一个项目", "due_on": "2027-02-01"}] if outcome == Outcome.NOT_YET else []
    level = level if outcome in (Outcome.CERTIFIED, Outcome.KEPT) else ""
    at = facts.pop("at", DECIDED_AT)
    return Decision.objects.create(
        review=review, enrollment=enrollment, outcome=outcome, level=level, reasons="评审组的理由", plan=plan, by=cast.reviewer,
        file_hash="0" * 64, at=at, **facts,
    )  # fmt: skip


def make_votes(cast, decision: Decision) -> None:
    """Two votes of the panel."""
    for member in (cast.reviewer, cast.business_head):
        PanelVote.objects.create(review=decision.review, member=member, outcome=decision.outcome, file_hash="0" * 64)
