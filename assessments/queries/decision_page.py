"""The decision of a review with its history: what was decided, taken note of, appealed against and answered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from assessments.models import Acknowledgement, Appeal, AppealAnswer, AppealPanelist, Certificate, CertificationReview, Decision
from assessments.rules.appeal_window import last_day
from assessments.vocabulary import CERTIFYING, Dimension
from organizations.models import Member
from programs.models import PlanPoint
from programs.queries.calendars import calendar_of
from programs.queries.frame import said
from programs.queries.plan_point import open_to, points_of

AIM = "review__enrollment__cohort__version__aim"


@dataclass(frozen=True)
class DecisionPage:
    """`decision` is the one that stands, `first` the one before an appeal where there are two.

    `has_issued`: a certificate was issued in this review or later; `has_certificate`: one on this decision or a later one,
    or one of the same level that stands as it was before an appeal.
    """

    decision: Decision | None
    first: Decision | None
    taken: Acknowledgement | None
    appeal: Appeal | None
    answer: AppealAnswer | None
    appeal_until: date | None
    has_issued: bool = False
    has_certificate: bool = False
    points: tuple[PlanPoint, ...] = ()  # of its plan, with how they stand
    open_points: frozenset[int] = frozenset()  # ids of those that the reader may open

    @property
    def aim(self) -> str:
        """What the programme is for, in one line. Source: programme map, CI1."""
        return said(self.decision.aim).name

    @property
    def leads_to_certificate(self) -> bool:
        """A certificate was issued in this review, or is to be."""
        return self.decision.outcome in CERTIFYING or self.has_issued

    @property
    def waits_for_certificate(self) -> bool:
        """It gives or keeps a level, and no certificate was issued for that."""
        return self.decision.outcome in CERTIFYING and not self.has_certificate

    @property
    def scores(self) -> list[tuple[str, str, int | None]]:
        """Dimension, its name and level."""
        return [(dimension.value, str(dimension.label), self.decision.scores.get(dimension)) for dimension in Dimension]


def decision_page(review: CertificationReview, reader: Member) -> DecisionPage:
    """All of it; six queries, two more for a plan."""
    made = list(Decision.objects.filter(review=review).select_related("by").annotate(aim=F(AIM)).order_by("at", "pk"))
    if not made:
        return DecisionPage(None, None, None, None, None, None)
    newest = made[-1]
    certificates = Certificate.objects.with_standing().filter(enrollment=review.enrollment_id, decision__at__gte=made[0].at)
    issued = [
        (at, of, level, not (revoked or replaced))
        for at, of, level, revoked, replaced in certificates.values_list(
            "decision__at", "decision__review_id", "level", "is_revoked", "is_replaced"
        )
    ]
    points = tuple(points_of(newest.subject_kind, newest.pk)) if newest.plan else ()
    appeal = Appeal.objects.filter(decision__review=review).select_related("by", "decision").first()
    return DecisionPage(
        decision=newest,
        first=made[0] if len(made) > 1 else None,
        taken=Acknowledgement.objects.filter(decision=newest).first(),
        appeal=appeal,
        answer=AppealAnswer.objects.filter(appeal=appeal).select_related("by").first() if appeal else None,
        appeal_until=last_day(timezone.localdate(newest.at), calendar_of(review.enrollment.cohort.calendar)),
        points=points,
        open_points=open_to(reader, points),
        has_issued=bool(issued),
        has_certificate=any(at >= newest.at or (of == review.pk and level == newest.level and stands) for at, of, level, stands in issued),
    )


def appeal_panel(appeal: Appeal) -> list[AppealPanelist]:
    """Who is asked about an appeal, and what they said; one query."""
    return list(AppealPanelist.objects.filter(appeal=appeal).select_related("member").order_by("member__sort_name", "pk"))
