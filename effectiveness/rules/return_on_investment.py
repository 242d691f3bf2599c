"""Levels 3 to 5: whether behaviour changed, what it was worth, and whether it was worth its cost.

Source: J. J. Phillips, Return on Investment in Training and Performance Improvement Programs, 2nd ed., 2003; features section 4.
Benefit per source = improvement x unit value x 12 months x share due to training x confidence in that share. First year only,
fully loaded costs, the conservative figure first, and no figure at all without a named way of isolating training's part.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from effectiveness.planning_vocabulary import StudyCost

MONTHS = 12


@dataclass(frozen=True)
class Benefit:
    """One improvement: so many units a month, what a unit is worth, and how much of it is training's, in percent of confidence."""

    improvement: Decimal
    unit_value: Decimal
    share_percent: Decimal
    confidence_percent: Decimal

    @property
    def yearly(self) -> Decimal:
        """What the whole improvement is worth in a year, whoever brought it about."""
        return self.improvement * self.unit_value * MONTHS

    @property
    def likely(self) -> Decimal:
        """Training's share of it as estimated."""
        return self.yearly * self.share_percent / 100

    @property
    def conservative(self) -> Decimal:
        """The same, adjusted for the error of the estimate."""
        return self.likely * self.confidence_percent / 100


@dataclass(frozen=True)
class Return:
    """What came back of what was spent, in the same currency over one year."""

    benefits: Decimal
    costs: Decimal

    @property
    def net(self) -> Decimal:
        return self.benefits - self.costs

    @property
    def ratio(self) -> Decimal:
        """Benefits per unit of cost (BCR)."""
        return self.benefits / self.costs

    @property
    def percent(self) -> Decimal:
        """Net benefit per unit of cost in percent (ROI): 60 means each 1.00 spent came back with 0.60 on top."""
        return self.net / self.costs * 100

    @property
    def payback_months(self) -> Decimal | None:
        """After how many months the benefits have covered the costs; None where there are none."""
        return self.costs / self.benefits * MONTHS if self.benefits > 0 else None


@dataclass(frozen=True)
class Range:
    """Two readings of the same figures; the truth is claimed to lie between them."""

    conservative: Return
    likely: Return


def return_range(benefits: Sequence[Benefit], costs: Decimal, isolation: str) -> Range | None:
    """The return as a range. None without benefits, without costs, or without a named isolation method: no data, no improvement."""
    if not isolation or not benefits or costs <= 0:
        return None
    return Range(
        Return(sum((one.conservative for one in benefits), Decimal(0)), costs),
        Return(sum((one.likely for one in benefits), Decimal(0)), costs),
    )


def missing_costs(kinds: Collection[str]) -> list[StudyCost]:
    """Parts of a full cost for which no line is there."""
    return [kind for kind in StudyCost if kind not in kinds]


def transfer_percent(seen: int, targeted: int) -> Decimal | None:
    """Targeted behaviours that were seen, of all that were looked for; None where nothing was."""
    return Decimal(seen) / targeted * 100 if targeted else None
