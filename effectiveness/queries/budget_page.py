"""A training budget in figures, and what of it goes into D10."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from effectiveness.models import BudgetLine, InternalHours, LastYearLine, TrainingBudget
from effectiveness.planning_vocabulary import CostCategory, Fixedness, Quarter
from effectiveness.rules import budget_totals
from effectiveness.rules.budget_totals import Line, Ratio, Scenario
from programs.queries.answers import said_number
from programs.rules.field_values import decimal_text

CENT = Decimal("0.01")


@dataclass(frozen=True)
class BudgetPage:
    """What the page shows. `cost` is what is paid out with the cost of internal hours."""

    lines: list[BudgetLine]
    last_year: list[LastYearLine]
    internal_hours: list[InternalHours]
    total: Decimal
    internal: Decimal
    per_head: Ratio
    per_hour: Ratio
    of_payroll: Ratio
    categories: list[tuple[str, Decimal, Decimal]]  # words, amount, percent of the total
    quarters: list[tuple[str, Decimal]]
    plus: Scenario
    minus: Scenario
    last_budget: Decimal
    last_actual: Decimal

    @property
    def cost(self) -> Decimal:
        return self.total + self.internal

    @property
    def payroll_percent(self) -> Decimal | None:
        return self.of_payroll.value * 100 if self.of_payroll.value is not None else None

    @property
    def change_percent(self) -> Decimal | None:
        """Against what was spent in the year before; None where nothing was."""
        return (self.total - self.last_actual) / self.last_actual * 100 if self.last_actual else None

    @property
    def change_said(self) -> str:
        """The same with its sign: +7.5."""
        return f"{self.change_percent:+.1f}" if self.change_percent is not None else ""


def rule_lines(lines: list[BudgetLine]) -> list[Line]:
    """The same lines as the rules see them."""
    return [Line(line.category, line.amount, line.fixedness == Fixedness.FIXED, line.quarter) for line in lines]


def budget_page(sheet: TrainingBudget) -> BudgetPage:
    """Three queries. Ratios count internal hours too: a cost is fully loaded or it misleads."""
    lines, hours, before = list(sheet.lines.all()), list(sheet.internal_hours.all()), list(sheet.last_year.all())
    ruled = rule_lines(lines)
    total, internal = budget_totals.total(ruled), sum((row.cost for row in hours), Decimal(0))
    quarters = [quarter for quarter in Quarter if quarter != Quarter.ALL]
    return BudgetPage(
        lines=lines,
        last_year=before,
        internal_hours=hours,
        total=total,
        internal=internal,
        per_head=budget_totals.per_head(total + internal, sheet.headcount),
        per_hour=budget_totals.per_hour(total + internal, sheet.learning_hours),
        of_payroll=budget_totals.share_of_payroll(total + internal, sheet.payroll),
        categories=[
            (CostCategory(key).label, amount, amount / total * 100 if total else Decimal(0))
            for key, amount in budget_totals.by_category(ruled).items()
        ],
        quarters=[(Quarter(key).label, amount) for key, amount in budget_totals.by_quarter(ruled, quarters).items()],
        plus=budget_totals.scenario(ruled, budget_totals.PLUS),
        minus=budget_totals.scenario(ruled, budget_totals.MINUS),
        last_budget=sum((row.budget for row in before), Decimal(0)),
        last_actual=sum((row.actual for row in before), Decimal(0)),
    )


def answers(sheet: TrainingBudget) -> dict[str, object]:
    """What D10 asks for and the budget knows. What to add or cut at plus and minus ten percent stays the author's to say."""
    page = budget_page(sheet)
    return {
        "year": sheet.year,
        "lines": [
            {
                "category": line.category,
                "item": line.name,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "fixed": line.fixedness,
                "quarter": line.quarter,
                "objective": line.objective,
            }
            for line in page.lines
        ],
        "last_year": [{"category": row.get_category_display(), "budget": row.budget, "actual": row.actual} for row in page.last_year],
        "internal_hours": [{"role": row.role, "hours": row.hours, "rate": row.rate} for row in page.internal_hours],
        "ratios": [
            {"ratio": key, "cost": ratio.cost, "base": ratio.base, "value": words}
            for key, ratio, words in (
                ("per_head", page.per_head, _rounded(page.per_head.value)),
                ("per_hour", page.per_hour, _rounded(page.per_hour.value)),
                ("share_of_payroll", page.of_payroll, _percent(page.payroll_percent)),
            )
            if ratio.value is not None
        ],
    }


def _rounded(value: Decimal | None) -> str:
    return said_number(decimal_text(value.quantize(CENT))) if value is not None else ""


def _percent(value: Decimal | None) -> str:
    return _("%(number)s%%") % {"number": _rounded(value)} if value is not None else ""
