"""The decision of a review with its history: what was decided, taken note of, appealed against and answered."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessments.models import Acknowledgement, Appeal, AppealAnswer, AppealPanelist, CertificationReview, Decision
from assessments.rules.appeal_window import last_day
from assessments.vocabulary import Dimension
from programs.queries.calendars import calendar_of


@dataclass(frozen=True)
class DecisionPage:
    """`decision` is the one that stands, `first` the one before an appeal where there are two."""

    decision: Decision | None
    first: Decision | None
    taken: Acknowledgement | None
    appeal: Appeal | None
    answer: AppealAnswer | None
    appeal_until: date | None

    @property
    def scores(self) -> list[tuple[str, str, int | None]]:
        """Dimension, its name and level."""
        return [(dimension.value, str(dimension.label), self.decision.scores.get(dimension)) for dimension in Dimension]

    @property
    def plan(self) -> list[tuple[str, date]]:
        return [(point["what"], date.fromisoformat(point["due_on"])) for point in self.decision.plan]


def decision_page(review: CertificationReview) -> DecisionPage:
    """All of it; five queries."""
    made = list(Decision.objects.filter(review=review).select_related("by").order_by("at", "pk"))
    if not made:
        return DecisionPage(None, None, None, None, None, None)
    newest = made[-1]
    appeal = Appeal.objects.filter(decision__review=review).select_related("by", "decision").first()
    return DecisionPage(
        decision=newest,
        first=made[0] if len(made) > 1 else None,
        taken=Acknowledgement.objects.filter(decision=newest).first(),
        appeal=appeal,
        answer=AppealAnswer.objects.filter(appeal=appeal).select_related("by").first() if appeal else None,
        appeal_until=last_day(timezone.localdate(newest.at), calendar_of(review.enrollment.cohort.calendar)),
    )


def appeal_panel(appeal: Appeal) -> list[AppealPanelist]:
    """Who is asked about an appeal, and what they said; one query."""
    return list(AppealPanelist.objects.filter(appeal=appeal).select_related("member").order_by("member__sort_name", "pk"))
