"""5.2 from work: the rubric levels of approved versions. Earlier versions, returns and drafts are not looked at (SF4)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from programs.models import Enrollment, SignOff, SignOffStep
from programs.rules.rubric import Criterion, shown_mean, weighted_mean
from programs.vocabulary import Outcome, StepState

MET = 3


@dataclass(frozen=True)
class Scored:
    """One approved deliverable: its criteria (as the template has them) with their levels, and what its task weighs by pillar."""

    key: str
    label: str
    name: dict[str, str]
    criteria: tuple[dict, ...]  # {key, name, weight, level}
    weights: tuple[int, int, int]

    @property
    def mean(self) -> Decimal:
        """The weighted mean of its levels."""
        levels = {one["key"]: one["level"] for one in self.criteria}
        return weighted_mean([Criterion(one["key"], one["weight"]) for one in self.criteria], levels)


def scored_work(enrollment: Enrollment) -> list[Scored]:
    """The newest approved version of every deliverable that was scored, in the template's order; one query.

    A private one (D19) is its author's and never enters.
    """
    unsigned = SignOffStep.objects.filter(submission=OuterRef("step__submission")).exclude(
        state=StepState.DONE, decisions__outcome__in=[Outcome.APPROVED, Outcome.AGREED]
    )
    rows = (
        SignOff.objects.filter(
            ~Exists(unsigned),
            step__scores=True,
            step__submission__deliverable__work__enrollment=enrollment,
            step__submission__deliverable__kind__private=False,
            outcome=Outcome.APPROVED,
        )
        .exclude(scores={})
        .select_related("step__submission__deliverable__kind", "step__submission__deliverable__work__task")
        .order_by("step__submission__number")
    )
    newest = {row.step.submission.deliverable_id: row for row in rows}
    found = [_scored(row) for row in newest.values()]
    ordered = sorted(zip(found, newest.values(), strict=True), key=lambda pair: _place(pair[1]))
    return [scored for scored, _row in ordered if scored.criteria]


def capability_mean(scored: list[Scored]) -> Decimal | None:
    """The mean over all scored deliverables, each counting once; None where nothing is scored."""
    return shown_mean(sum(one.mean for one in scored) / len(scored)) if scored else None


def pillar_means(scored: list[Scored]) -> list[Decimal | None]:
    """The mean for each of the three pillars, each deliverable by the weight that its task has there."""
    means: list[Decimal | None] = []
    for pillar in range(3):
        total = sum(one.weights[pillar] for one in scored)
        means.append(shown_mean(sum(one.mean * one.weights[pillar] for one in scored) / total) if total else None)
    return means


def quality(scored: list[Scored]) -> tuple[int, int]:
    """K6: criteria at level 3 or above, and all criteria, of approved versions."""
    levels = [one["level"] for each in scored for one in each.criteria]
    return sum(level >= MET for level in levels), len(levels)


def _place(row: SignOff) -> tuple:
    deliverable = row.step.submission.deliverable
    return deliverable.kind.position, deliverable.work.occurrence, deliverable.number


def _scored(row: SignOff) -> Scored:
    deliverable = row.step.submission.deliverable
    criteria = tuple(
        {"key": one["key"], "name": one["name"], "weight": one["weight"], "level": row.scores[one["key"]]}
        for one in deliverable.kind.rubric
        if one["key"] in row.scores
    )
    return Scored(deliverable.kind.key, deliverable.label, deliverable.kind.name.data, criteria, deliverable.work.task.weights)
