"""An annual plan on a page: objectives with their key results, items by quarter, what is tied to nothing; and what goes into D16."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from effectiveness.models import AnnualPlan, BudgetLine, KeyResult, PlanItem, PlanOmission
from effectiveness.planning_vocabulary import CostCategory, Quarter
from effectiveness.queries.budget_page import rule_lines
from effectiveness.rules.annual_plan import attainment, differences, objective_attainment
from effectiveness.rules.budget_totals import Line, by_category


@dataclass(frozen=True)
class KeyResultLine:
    """A key result, and how far it has come in percent; None where start and target are the same figure."""

    row: KeyResult
    percent: Decimal | None


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective with its key results and the mean of them."""

    name: str
    key_results: list[KeyResultLine]
    percent: Decimal | None


@dataclass(frozen=True)
class Category:
    """What a category costs by the plan and by the budget it is held against."""

    key: str
    plan: Decimal
    draft: Decimal

    @property
    def label(self) -> str:
        return str(CostCategory(self.key).label)

    @property
    def difference(self) -> Decimal:
        return self.plan - self.draft


@dataclass(frozen=True)
class PlanPage:
    """What the page shows."""

    objectives: list[ObjectiveLine]
    items: list[PlanItem]
    quarters: list[tuple[str, list[PlanItem]]]
    not_doing: list[PlanOmission]
    categories: list[Category]
    total: Decimal
    orphans: list[PlanItem] = field(default_factory=list)  # items without a key result
    idle: list[KeyResult] = field(default_factory=list)  # key results that no item works for

    @property
    def tied(self) -> int:
        """How many items work for a key result."""
        return len(self.items) - len(self.orphans)


def plan_page(sheet: AnnualPlan) -> PlanPage:
    """Four queries at most."""
    rows = list(sheet.key_results.all())
    items = list(sheet.items.select_related("key_result"))
    plan = by_category([Line(item.category, item.budget, is_fixed=True) for item in items])
    draft = by_category(rule_lines(list(BudgetLine.objects.filter(sheet=sheet.budget_id)))) if sheet.budget_id else {}
    worked_for = {item.key_result_id for item in items}
    return PlanPage(
        objectives=_objectives(rows),
        items=items,
        quarters=[(quarter.label, found) for quarter in Quarter if (found := [item for item in items if item.quarter == quarter])],
        not_doing=list(sheet.not_doing.all()),
        categories=[Category(*line) for line in differences(plan, draft)],
        total=sum((item.budget for item in items), Decimal(0)),
        orphans=[item for item in items if item.key_result_id is None],
        idle=[row for row in rows if row.pk not in worked_for],
    )


def answers(sheet: AnnualPlan) -> dict[str, object]:
    """What D16 asks for and the plan knows. An item without a key result goes with an empty cell, which D16 does not accept."""
    page = plan_page(sheet)
    return {
        "objectives": [
            {"objective": row.objective, "key_result": row.key_result, "owner": row.owner, "business_head": row.business_head}
            for objective in page.objectives
            for row in (line.row for line in objective.key_results)
        ],
        "items": [
            {
                "item": item.name,
                "key_result": str(item.key_result) if item.key_result else "",
                "audience": item.audience,
                "quarter": item.quarter.lower(),
                "owner": item.owner,
                "budget": item.budget,
                "measure": item.measure,
            }
            for item in page.items
        ],
        "not_doing": [{"item": row.name, "reason": row.reason} for row in page.not_doing],
        "budget": [{"category": line.label, "plan": line.plan, "draft": line.draft} for line in page.categories],
    }


def _objectives(rows: list[KeyResult]) -> list[ObjectiveLine]:
    first = {row.objective: place for place, row in reversed(list(enumerate(rows)))}
    found = []
    for name, group in groupby(sorted(rows, key=lambda row: first[row.objective]), key=lambda row: row.objective):
        shares = [(row, attainment(row.start, row.now, row.target)) for row in group]
        mean = objective_attainment([share for _row, share in shares])
        lines = [KeyResultLine(row, None if share is None else share * 100) for row, share in shares]
        found.append(ObjectiveLine(name, lines, None if mean is None else mean * 100))
    return found
