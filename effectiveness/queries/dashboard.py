"""The training dashboard of one programme: drawn from what its trainee keeps, never typed in. What there is no figure for is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from effectiveness.models import AnnualPlan, Pilot, PilotMeasure, ResultsStudy, TrainingBudget
from effectiveness.planning_vocabulary import MetricKind, PilotOutcome
from effectiveness.queries.budget_page import budget_page
from effectiveness.queries.plan_page import plan_page
from effectiveness.queries.study_page import study_page
from effectiveness.rules.pilot_outcome import outcome
from programs.models import Enrollment

CENT, ALL = Decimal("0.01"), Decimal(100)


@dataclass(frozen=True)
class Metric:
    """One figure: of what kind, of which period or source, how large, where it is to be, of how many."""

    kind: MetricKind
    label: str
    period: str
    value: Decimal
    unit: str = ""  # "%", or the organization's currency where it is "money"
    target: Decimal | None = None
    n: int | None = None

    @property
    def gap(self) -> Decimal | None:
        """How far it is beyond its target; negative where it falls short."""
        return self.value - self.target if self.target is not None else None


def budget_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """What training costs, of the budget of the latest year."""
    sheet = TrainingBudget.objects.filter(enrollment=enrollment).order_by("-year", "-pk").first()
    if sheet is None:
        return
    page, year = budget_page(sheet), str(sheet.year)
    if page.lines:
        yield Metric(MetricKind.EFFICIENCY, _("Training budget"), year, page.total, "money", n=len(page.lines))
    if page.cost and page.per_head.value is not None:
        yield Metric(MetricKind.EFFICIENCY, _("Cost per head"), year, page.per_head.value, "money", n=sheet.headcount)
    if page.cost and page.per_hour.value is not None:
        yield Metric(MetricKind.EFFICIENCY, _("Cost per hour of training"), year, page.per_hour.value, "money")


def plan_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """Whether the plan of the latest year works for the business, and how far the business has come."""
    sheet = AnnualPlan.objects.select_related("budget").filter(enrollment=enrollment).order_by("-year", "-pk").first()
    if sheet is None:
        return
    page, year = plan_page(sheet), str(sheet.year)
    if page.items:
        share = Decimal(page.tied) / len(page.items) * 100
        yield Metric(MetricKind.EFFECTIVENESS, _("Items tied to a key result"), year, share, "%", target=ALL, n=len(page.items))
    known = [objective.percent for objective in page.objectives if objective.percent is not None]
    if known:
        mean = sum(known, Decimal(0)) / len(known)
        yield Metric(MetricKind.OUTCOME, _("Objectives of the business attained"), year, mean, "%", target=ALL, n=len(known))


def pilot_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """How many of the measures of all pilots that are in have reached their target."""
    rows = PilotMeasure.objects.filter(sheet__in=Pilot.objects.filter(enrollment=enrollment), after__isnull=False)
    found = [outcome(row.before, row.target, row.after) for row in rows]
    if found:
        share = Decimal(found.count(PilotOutcome.REACHED)) / len(found) * 100
        yield Metric(MetricKind.EFFECTIVENESS, _("Pilot measures that reached their target"), _("all pilots"), share, "%", n=len(found))


def study_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """Transfer and return of the study changed last; the return by its conservative reading."""
    sheet = ResultsStudy.objects.filter(enrollment=enrollment).first()
    if sheet is None:
        return
    page = study_page(sheet)
    if page.transfer is not None:
        yield Metric(MetricKind.EFFECTIVENESS, _("Transfer to work"), sheet.title, page.transfer, "%", n=page.looked_for)
    if page.range is not None:
        yield Metric(MetricKind.OUTCOME, _("Return on investment, conservative"), sheet.title, page.range.conservative.percent, "%")


# What figures come from. Whatever else the toolkit measures joins the dashboard by a function of its own here.
SOURCES = (budget_metrics, plan_metrics, pilot_metrics, study_metrics)


def dashboard(enrollment: Enrollment) -> list[Metric]:
    """Every figure there is; sixteen queries at most, however much is kept."""
    return [metric for source in SOURCES for metric in source(enrollment)]


def by_kind(metrics: list[Metric]) -> list[tuple[MetricKind, list[Metric]]]:
    """The same under the three kinds; a kind without a figure is left out."""
    return [(kind, found) for kind in MetricKind if (found := [metric for metric in metrics if metric.kind == kind])]


def answers(metrics: list[Metric]) -> dict[str, object]:
    """D18's board. Who reads it and what was decided by it is the author's to say."""
    return {
        "board": [
            {
                "metric": f"{metric.label} (%)" if metric.unit == "%" else metric.label,
                "period": metric.period,
                "value": metric.value.quantize(CENT),
                "target": metric.target,
                "n": metric.n,
            }
            for metric in metrics
        ]
    }
