"""Decisions that count: of each review the newest, since one after an appeal stands in place of the first."""

from collections.abc import Iterable

from assessments.models import Decision
from assessments.vocabulary import Level, Outcome


def standing_decisions(enrollments: Iterable[int]) -> dict[int, list[Decision]]:
    """By enrollment: the decision of each of its reviews that counts, oldest first; one query."""
    newest: dict[int, Decision] = {}
    rows = Decision.objects.filter(enrollment__in=list(enrollments)).select_related("review__cycle", "by")
    for decision in rows.order_by("review__cycle__number", "at", "pk"):
        newest[decision.review_id] = decision
    found: dict[int, list[Decision]] = {}
    for decision in newest.values():
        found.setdefault(decision.enrollment_id, []).append(decision)
    return found


def held_level(decisions: Iterable[Decision]) -> str:
    """The highest level that these decisions gave; empty for none."""
    order = list(Level)
    given = [decision.level for decision in decisions if decision.outcome in (Outcome.CERTIFIED, Outcome.KEPT) and decision.level]
    return max(given, key=order.index, default="")
