"""The successor pool: who entered it, in which direction, since when. Only a decision that stands and a consent enter it."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models import Acknowledgement, Decision
from assessments.vocabulary import Track


@dataclass(frozen=True)
class Successor:
    """One person in the pool. `since` is the moment of their own consent."""

    name: str
    department: str
    title: str
    review_id: int
    cohort: str
    reasons: str
    since: datetime


def successors() -> list[tuple[str, list[Successor]]]:
    """Directions with their people, longest first; two queries. Of a person the newest decision counts."""
    newest: dict[int, Decision] = {}
    rows = Decision.objects.select_related("enrollment__trainee", "enrollment__cohort", "review__cycle")
    for decision in rows.order_by("review__cycle__number", "at", "pk"):
        newest[decision.enrollment.trainee_id] = decision
    consents = dict(Acknowledgement.objects.filter(consents=True).values_list("decision_id", "at"))
    found = [(decision, consents[decision.pk]) for decision in newest.values() if decision.track and decision.pk in consents]
    return [
        (
            str(track.label),
            sorted((_successor(decision, at) for decision, at in found if decision.track == track), key=lambda one: (one.since, one.name)),
        )
        for track in Track
    ]


def _successor(decision: Decision, at: datetime) -> Successor:
    trainee = decision.enrollment.trainee
    facts = (trainee.name, trainee.department, trainee.title)
    return Successor(*facts, decision.review_id, decision.enrollment.cohort.name, decision.reasons, at)
