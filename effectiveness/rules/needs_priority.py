"""Which need comes first, and which is none for training.

Source: features section 4, Needs analysis: importance x (required - present level) x share of people affected x weight of the
business objective; ties by cost of error. A gap caused by opportunity or motivation is not closed by training.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol, TypeVar

from effectiveness.planning_vocabulary import Cause


class Ranked(Protocol):
    """A need as it is put in order."""

    priority: Decimal | None
    cost_of_error: int


Need = TypeVar("Need", bound=Ranked)


def priority(*, importance: int, required: int, present: int, people: int, headcount: int, weight_percent: int) -> Decimal:
    """How urgent a need is, 0 to 15: importance 1-5, levels 1-4, the share of `headcount` and the weight between 0 and 1 each.

    Whoever is already where they should be needs nothing: 0. More people than the role has count as all of them.

    Raises:
        ValueError: the role has nobody in it.
    """
    if headcount < 1:
        raise ValueError("headcount must be positive")
    missing = max(required - present, 0)
    share = Decimal(min(people, headcount)) / headcount
    return importance * missing * share * weight_percent / 100


def in_order(needs: Iterable[Need]) -> list[Need]:
    """The most urgent first; of equal ones that whose mistakes cost more; those without a gap to go by last."""
    return sorted(needs, key=lambda need: (need.priority is None, -(need.priority or 0), -need.cost_of_error))


def is_for_training(cause: str) -> bool:
    """Whether training, or an aid at work, can close a gap of this cause."""
    return cause == Cause.CAPABILITY
