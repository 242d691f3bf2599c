"""A training budget in figures. All amounts are in the organization's currency.

Source: reference content, D10: per head, per hour, share of payroll; choices at plus and minus 10 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

SCENARIO_PERCENT = 10
PLUS, MINUS = "plus", "minus"


@dataclass(frozen=True)
class Line:
    """A line: what it is for, how much, and whether the amount comes whatever happens."""

    category: str
    amount: Decimal
    is_fixed: bool
    quarter: str = "all"


@dataclass(frozen=True)
class Ratio:
    """A cost divided by what it is spent on."""

    cost: Decimal
    base: Decimal

    @property
    def value(self) -> Decimal | None:
        """None where there is nothing to divide by."""
        return self.cost / self.base if self.base else None


@dataclass(frozen=True)
class Scenario:
    """The budget with ten percent more or less. Fixed costs stay, so the whole change falls on the variable ones."""

    total: Decimal
    change: Decimal  # of the total; negative for less
    variable_percent: Decimal | None  # of the variable costs that the change is; None where there are none
    is_possible: bool  # whether the variable costs are large enough to be cut by so much


def total(lines: Sequence[Line]) -> Decimal:
    """The money that is to be paid out; internal hours are not among it."""
    return sum((line.amount for line in lines), Decimal(0))


def by_category(lines: Sequence[Line]) -> dict[str, Decimal]:
    """The sum of each category that has a line, in the order in which they first come."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.category] = sums.get(line.category, Decimal(0)) + line.amount
    return sums


def by_quarter(lines: Sequence[Line], quarters: Sequence[str]) -> dict[str, Decimal]:
    """What falls into each quarter; a line for the whole year is spread evenly over them."""
    sums = dict.fromkeys(quarters, Decimal(0))
    for line in lines:
        into = [line.quarter] if line.quarter in sums else quarters
        for quarter in into:
            sums[quarter] += line.amount / len(into)
    return sums


def per_head(cost: Decimal, heads: int) -> Ratio:
    """What one person's training costs in the year."""
    return Ratio(cost, Decimal(heads))


def per_hour(cost: Decimal, hours: Decimal) -> Ratio:
    """What one hour of one person's training costs. `hours`: people x hours each."""
    return Ratio(cost, hours)


def share_of_payroll(cost: Decimal, payroll: Decimal) -> Ratio:
    """Which part of the payroll goes into training: 0.015 is 1.5 %."""
    return Ratio(cost, payroll)


def scenario(lines: Sequence[Line], which: str) -> Scenario:
    """Ten percent more, or less, of the whole budget."""
    whole = total(lines)
    change = whole * SCENARIO_PERCENT / 100 * (1 if which == PLUS else -1)
    variable = total([line for line in lines if not line.is_fixed])
    percent = change / variable * 100 if variable else None
    return Scenario(whole + change, change, percent, change >= 0 or -change <= variable)
