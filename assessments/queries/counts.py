"""Counts over a review that tell no names: how many were asked and answered, spoke, voted."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.models import CertificationReview, Decision, KpiValue, Panelist, PanelVote, Rater, Statement
from assessments.vocabulary import RaterGroup, RaterState


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.filter(review=OuterRef("pk")).order_by().values("review").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def with_counts(reviews: QuerySet[CertificationReview]) -> QuerySet[CertificationReview]:
    """Each review with `proposed`, `asked`, `answered`, `figures`, `spoken`, `panel_size`, `voted`.

    How it ended stands in `outcome` and `level_given`.
    """
    newest = Decision.objects.filter(review=OuterRef("pk")).order_by("-at", "-pk")
    return reviews.annotate(
        proposed=_count(Rater.objects.filter(state=RaterState.PROPOSED)),
        asked=_count(Rater.objects.exclude(state=RaterState.PROPOSED)),
        answered=_count(Rater.objects.filter(state=RaterState.ANSWERED)),
        figures=_count(KpiValue.objects.all()),
        spoken=_count(Statement.objects.all()),
        panel_size=_count(Panelist.objects.all()),
        voted=_count(PanelVote.objects.all()),
        outcome=Subquery(newest.values("outcome")[:1]),
        level_given=Subquery(newest.values("level")[:1]),
    )


def groups_of(review: CertificationReview) -> list[dict]:
    """How many were asked and answered, by group: never who; one query."""
    counts: dict[str, list[int]] = {}
    asked = Rater.objects.filter(review=review).exclude(state=RaterState.PROPOSED)
    for group, state in asked.values_list("group", "state"):
        count = counts.setdefault(group, [0, 0])
        count[0] += 1
        count[1] += state == RaterState.ANSWERED
    return [{"group": str(group), "asked": counts[group][0], "answered": counts[group][1]} for group in RaterGroup if group in counts]
