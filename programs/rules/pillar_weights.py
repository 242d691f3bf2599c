"""Pillar weights: a task's hundred percent, and how far a trainee has come along each pillar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from programs.vocabulary import TaskState

WHOLE = 100


@dataclass(frozen=True)
class TaskWeights:
    """A task as pillar progress sees it: `weights` by pillar key; `one_time` where its phase has an end."""

    state: str
    due_on: date | None
    weights: Mapping[str, int]
    required: bool = True
    one_time: bool = True


@dataclass(frozen=True)
class PillarProgress:
    """One pillar: the weight of what is approved, of what was to be by today, and of all that is asked."""

    earned: int
    planned: int
    total: int

    @property
    def earned_percent(self) -> Decimal:
        """Earned of the whole, to one decimal."""
        return percent(self.earned, self.total)

    @property
    def planned_percent(self) -> Decimal:
        """Planned by today of the whole, to one decimal."""
        return percent(self.planned, self.total)


def missing_weight(weights: Sequence[int]) -> int:
    """What the weights lack to a hundred; negative where they are too many. Said next to the field.

    Raises:
        ValueError: "negative_weight".
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("negative_weight")
    return WHOLE - sum(weights)


def is_whole(weights: Sequence[int]) -> bool:
    """Whether a task's weights may be published: none negative, and a hundred together."""
    return all(weight >= 0 for weight in weights) and sum(weights) == WHOLE


def pillar_progress(tasks: Iterable[TaskWeights], pillars: Sequence[str], today: date) -> dict[str, PillarProgress]:
    """How far a trainee is along each pillar: approved weight of the weight of all required, not waived tasks.

    Only phases with an end count; the continuous ones are shown apart. Optional tasks earn nothing, or a trainee could
    pass a hundred percent. Planned by today is what falls due today or fell due before.
    Source: decisions part 2, item 7.
    """
    counted = [task for task in tasks if task.required and task.one_time and task.state != TaskState.WAIVED]
    approved = [task for task in counted if task.state == TaskState.APPROVED]
    due = [task for task in counted if task.due_on is not None and task.due_on <= today]
    return {pillar: PillarProgress(_weight(approved, pillar), _weight(due, pillar), _weight(counted, pillar)) for pillar in pillars}


def percent(part: int, whole: int) -> Decimal:
    """A part of a whole in percent, to one decimal, halves up; 0 of nothing is 0."""
    if not whole:
        return Decimal("0.0")
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _weight(tasks: Iterable[TaskWeights], pillar: str) -> int:
    return sum(task.weights.get(pillar, 0) for task in tasks)
