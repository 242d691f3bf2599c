"""A study of results: transfer, series, benefits, costs, the return as a range; and what of it goes into D14."""

from dataclasses import dataclass
from decimal import Decimal

from effectiveness.models import Behavior, ResultPoint, ResultsStudy, StudyBenefit, StudyCostLine
from effectiveness.planning_vocabulary import SeriesGroup, StudyCost
from effectiveness.rules.return_on_investment import MONTHS, Benefit, Range, Return, missing_costs, return_range, transfer_percent

CENT = Decimal("0.01")


@dataclass(frozen=True)
class BehaviorLine:
    """A behaviour with the shares of those in whom it was seen, in percent."""

    row: Behavior
    both: Decimal | None
    learner_only: Decimal | None


@dataclass(frozen=True)
class BenefitLine:
    """A benefit with what it comes to in a year."""

    row: StudyBenefit
    worth: Benefit


@dataclass(frozen=True)
class StudyPage:
    """What the page shows."""

    behaviors: list[BehaviorLine]
    transfer: Decimal | None  # percent, seen by learner and superior
    learner_only: Decimal | None
    looked_for: int
    series: list[ResultPoint]
    benefits: list[BenefitLine]
    costs: list[StudyCostLine]
    cost: Decimal
    missing_costs: list[StudyCost]
    range: Range | None

    @property
    def groups(self) -> list[SeriesGroup]:
        """Whose figures there are."""
        there = {row.group for row in self.series}
        return [group for group in SeriesGroup if group in there]

    @property
    def measures(self) -> list[tuple[str, list[tuple[str, list[tuple[SeriesGroup, list[Decimal]]]]]]]:
        """The figures side by side: of each measure its periods, and of each period what stands there for each group."""
        found: dict[str, dict[str, dict[str, list[Decimal]]]] = {}
        for row in self.series:
            found.setdefault(row.measure, {}).setdefault(row.period, {}).setdefault(row.group, []).append(row.value)
        return [
            (measure, [(period, [(group, cells.get(group, [])) for group in self.groups]) for period, cells in periods.items()])
            for measure, periods in found.items()
        ]


def study_page(sheet: ResultsStudy) -> StudyPage:
    """Four queries."""
    behaviors, costs = list(sheet.behaviors.all()), list(sheet.costs.all())
    benefits = [BenefitLine(row, Benefit(row.improvement, row.unit_value, row.share, row.confidence)) for row in sheet.benefits.all()]
    cost = sum((row.amount for row in costs), Decimal(0))
    looked_for = sum(row.n for row in behaviors)
    return StudyPage(
        behaviors=[
            BehaviorLine(row, transfer_percent(row.both, row.n), transfer_percent(row.by_learner - row.both, row.n)) for row in behaviors
        ],
        transfer=transfer_percent(sum(row.both for row in behaviors), looked_for),
        learner_only=transfer_percent(sum(row.by_learner - row.both for row in behaviors), looked_for),
        looked_for=looked_for,
        series=list(sheet.series.all()),
        benefits=benefits,
        costs=costs,
        cost=cost,
        missing_costs=missing_costs({row.kind for row in costs}),
        range=return_range([line.worth for line in benefits], cost, sheet.isolation),
    )


def answers(sheet: ResultsStudy) -> dict[str, object]:
    """What D14 asks for and the study knows; improvements by the year, as D14 multiplies them. No return without an isolation method."""
    page = study_page(sheet)
    return {
        "transfer": [
            {"behaviour": row.behavior, "n": row.n, "by_learner": row.by_learner, "by_superior": row.by_superior, "both": row.both}
            for row in (line.row for line in page.behaviors)
        ],
        "result_series": [{"measure": row.measure, "period": row.period, "value": row.value, "group": row.group} for row in page.series],
        "isolation": sheet.isolation,
        "benefits": [
            {
                "measure": row.measure,
                "improvement": row.improvement * MONTHS,
                "unit_value": row.unit_value,
                "share": row.share,
                "confidence": row.confidence,
            }
            for row in (line.row for line in page.benefits)
        ],
        "costs": [{"line": f"{row.get_kind_display()} · {row.name}", "amount": row.amount} for row in page.costs],
        "roi": [_case("conservative", page.range.conservative), _case("likely", page.range.likely)] if page.range else [],
    }


def _case(key: str, found: Return) -> dict[str, object]:
    months = found.payback_months
    return {
        "case": key,
        "benefits": found.benefits.quantize(CENT),
        "costs": found.costs,
        "bcr": found.ratio.quantize(CENT),
        "roi": found.percent.quantize(CENT),
        "payback_months": months.quantize(CENT) if months is not None else None,
    }
