"""The training dashboard of one programme: drawn from what its trainee keeps, never typed in. What there is no figure for is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from effectiveness.models import AnnualPlan, Pilot, PilotMeasure, ResultsStudy, TrainingBudget
from effectiveness.planning_vocabulary import MetricKind, PilotOutcome
from effectiveness.queries.budget_page import budget_page
from effectiveness.queries.plan_page import plan_page
from effectiveness.queries.sessions_held import SessionsHeld, sessions_held
from effectiveness.queries.study_page import study_page
from effectiveness.rules.level_one import FEWEST
from effectiveness.rules.pilot_outcome import outcome
from programs.models import Enrollment

CENT, ALL = Decimal("0.01"), Decimal(100)


@dataclass(frozen=True)
class Metric:
    """One figure: of what kind, how it is worked out, of which period, counted from what, how large, where it is to be, of how many.

    Without a `value` there are answers, and too few of them to show.
    """

    kind: MetricKind
    label: str
    formula: str
    period: str
    source: str
    value: Decimal | None
    unit: str = ""  # "%", or the organization's currency where it is "money"
    target: Decimal | None = None
    n: int | None = None

    @property
    def gap(self) -> Decimal | None:
        """How far it is beyond its target; negative where it falls short."""
        return self.value - self.target if self.value is not None and self.target is not None else None

    @property
    def name(self) -> str:
        """The label with its unit, for a table of figures."""
        return f"{self.label} (%)" if self.unit == "%" else self.label


def session_metrics(held: SessionsHeld) -> Iterator[Metric]:
    """How much training was held, for whom, and levels 1 and 2 of it."""
    if not held.sessions:
        return
    period, count = _period(held), len(held.sessions)
    told = ngettext("%(n)s session held", "%(n)s sessions held", count) % {"n": count}
    efficiency, effectiveness = MetricKind.EFFICIENCY, MetricKind.EFFECTIVENESS
    yield Metric(efficiency, _("Sessions held"), _("sessions whose attendance is written down"), period, told, Decimal(count))
    yield Metric(efficiency, _("Participants"), _("different people who came"), period, told, Decimal(held.people), n=held.people)
    if held.places:
        share = Decimal(held.stayed) / held.places * 100
        formula = _("present for four fifths of the time or more ÷ names on the lists × 100")
        names = ngettext("%(n)s name on its list", "%(n)s names on the lists", held.places) % {"n": held.places}
        label, source = pgettext("share of people", "Attendance"), _(", ").join([told, names])
        yield Metric(efficiency, label, formula, period, source, share, "%", n=held.places)
        yield Metric(efficiency, _("Hours of training"), _("people × hours each was there"), period, told, held.hours, n=held.people)
    if held.asked:
        answers, formula = held.forms, _("answers 4 or 5 ÷ valid answers × 100")
        value = Decimal(held.points.favorable) / held.points.given * 100 if held.points.given else None
        yield Metric(effectiveness, _("Satisfaction: favorable"), formula, period, _surveys(held, answers), value, "%", n=answers)
    if held.tested:
        tested, learned = held.people_tested, held.learned
        value = Decimal(held.people_passed) / tested * 100 if tested else None
        formula = _("persons at or above the pass mark ÷ persons tested × 100")
        yield Metric(effectiveness, _("Mastery"), formula, period, _tests(held, tested), value, "%", n=tested)
        if learned.normalized is not None or not tested:
            pairs = ngettext("%(n)s pair before and after", "%(n)s pairs before and after", learned.pairs) % {"n": learned.pairs}
            formula = _("(after − before) ÷ (100 − before), of class means")
            source = pairs if tested else _tests(held, tested)
            yield Metric(effectiveness, _("Normalized gain"), formula, period, source, learned.normalized, n=learned.pairs)


def budget_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """What training costs, of the budget of the latest year."""
    sheet = TrainingBudget.objects.filter(enrollment=enrollment).order_by("-year", "-pk").first()
    if sheet is None:
        return
    page, year, kind = budget_page(sheet), str(sheet.year), MetricKind.EFFICIENCY
    if page.lines:
        count = len(page.lines)
        told = ngettext("%(name)s, %(n)s line", "%(name)s, %(n)s lines", count) % {"name": sheet.title, "n": count}
        yield Metric(kind, _("Training budget"), _("sum of quantity × unit price"), year, told, page.total, "money", n=count)
    if page.cost and page.per_head.value is not None:
        formula = _("(lines + internal hours) ÷ people to be trained")
        yield Metric(kind, _("Cost per head"), formula, year, sheet.title, page.per_head.value, "money", n=sheet.headcount)
    if page.cost and page.per_hour.value is not None:
        formula = _("(lines + internal hours) ÷ hours of training")
        yield Metric(kind, _("Cost per hour of training"), formula, year, sheet.title, page.per_hour.value, "money")


def plan_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """Whether the plan of the latest year works for the business, and how far the business has come."""
    sheet = AnnualPlan.objects.select_related("budget").filter(enrollment=enrollment).order_by("-year", "-pk").first()
    if sheet is None:
        return
    page, year = plan_page(sheet), str(sheet.year)
    if page.items:
        share, formula = Decimal(page.tied) / len(page.items) * 100, _("items that name a key result ÷ all items × 100")
        yield Metric(
            MetricKind.EFFECTIVENESS, _("Items tied to a key result"), formula, year, sheet.title, share, "%", ALL, len(page.items)
        )
    known = [objective.percent for objective in page.objectives if objective.percent is not None]
    if known:
        mean, formula = sum(known, Decimal(0)) / len(known), _("(now − start) ÷ (target − start) × 100, mean of the key results")
        yield Metric(MetricKind.OUTCOME, _("Objectives of the business attained"), formula, year, sheet.title, mean, "%", ALL, len(known))


def pilot_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """How many of the measures of all pilots that are in have reached their target."""
    rows = PilotMeasure.objects.filter(sheet__in=Pilot.objects.filter(enrollment=enrollment), after__isnull=False)
    found = [outcome(row.before, row.target, row.after) for row in rows]
    if found:
        count = len(found)
        share, formula = Decimal(found.count(PilotOutcome.REACHED)) / count * 100, _("measures at their target ÷ measures taken × 100")
        told = ngettext("%(n)s measure with a figure after", "%(n)s measures with a figure after", count) % {"n": count}
        label = _("Pilot measures that reached their target")
        yield Metric(MetricKind.EFFECTIVENESS, label, formula, _("all pilots"), told, share, "%", n=count)


def study_metrics(enrollment: Enrollment) -> Iterator[Metric]:
    """Transfer and return of the study changed last; the return by its conservative reading."""
    sheet = ResultsStudy.objects.filter(enrollment=enrollment).first()
    if sheet is None:
        return
    page, day = study_page(sheet), date_format(localtime(sheet.changed_at), _format())
    if page.transfer is not None:
        formula = _("target behaviors seen by learner and superior ÷ target behaviors × 100")
        yield Metric(MetricKind.EFFECTIVENESS, _("Transfer to work"), formula, day, sheet.title, page.transfer, "%", n=page.looked_for)
    if page.range is not None:
        formula = _("(benefits due to training − full costs) ÷ full costs × 100")
        told = f"{sheet.title} · {sheet.get_isolation_display()}"
        label, value = _("Return on investment, conservative"), page.range.conservative.percent
        yield Metric(MetricKind.OUTCOME, label, formula, day, told, value, "%")


# What figures come from, beside the sessions. Whatever else the toolkit measures joins the dashboard by a function of its own here.
SOURCES = (budget_metrics, plan_metrics, pilot_metrics, study_metrics)


def dashboard(enrollment: Enrollment, today: date) -> list[Metric]:
    """Every figure there is; eighteen queries at most, however much is kept."""
    found = list(session_metrics(sessions_held(enrollment, today)))
    return found + [metric for source in SOURCES for metric in source(enrollment)]


def by_kind(metrics: list[Metric]) -> list[tuple[MetricKind, list[Metric]]]:
    """The same under the three kinds; a kind without a figure is left out."""
    return [(kind, found) for kind in MetricKind if (found := [metric for metric in metrics if metric.kind == kind])]


def answers(metrics: list[Metric]) -> dict[str, object]:
    """D18's metrics, board, and what is too small to be shown. Who reads it and what was decided by it is the author's to say."""
    few = [metric for metric in metrics if metric.value is None]
    told = {
        "metrics": [
            {
                "metric": metric.name,
                "formula": metric.formula,
                "source": metric.source,
                "target": "" if metric.target is None else str(metric.target),
                "type": metric.kind.value,
            }
            for metric in metrics
        ],
        "board": [
            {
                "metric": metric.name,
                "period": metric.period,
                "value": metric.value.quantize(CENT),
                "target": metric.target,
                "n": metric.n,
            }
            for metric in metrics
            if metric.value is not None
        ],
    }
    if few:
        told["data_quality"] = [{"source": f"{metric.name}: {metric.source}", "gap": _("Not enough answers")} for metric in few]
    return told


def _surveys(held: SessionsHeld, answers: int) -> str:
    """Of how many surveys and answers, with response rate and mean; what is left out is said."""
    count, left = len(held.answered), len(held.asked) - len(held.answered)
    told = []
    if count:
        told.append(ngettext("%(n)s closed survey", "%(n)s closed surveys", count) % {"n": count})
        told.append(ngettext("%(n)s answer", "%(n)s answers", answers) % {"n": answers})
        there = sum(len(one.there) for one in held.answered)
        if 0 < answers <= there:
            told.append(_("response rate %(rate)s%%") % {"rate": round(answers / there * 100)})
        told.append(_("mean %(mean)s of 5") % {"mean": held.points.mean})
    if left:
        said = ngettext(
            "%(n)s survey open or under %(fewest)s answers left out", "%(n)s surveys open or under %(fewest)s answers left out", left
        )
        told.append(said % {"n": left, "fewest": FEWEST})
    return _(", ").join(told)


def _tests(held: SessionsHeld, tested: int) -> str:
    """Of how many tests and people; what is left out is said."""
    count, left = len(held.measured), len(held.tested) - len(held.measured)
    told = []
    if count:
        told.append(ngettext("%(n)s test", "%(n)s tests", count) % {"n": count})
        told.append(ngettext("%(n)s person tested", "%(n)s people tested", tested) % {"n": tested})
    if left:
        said = ngettext("%(n)s test of under %(fewest)s people left out", "%(n)s tests of under %(fewest)s people left out", left)
        told.append(said % {"n": left, "fewest": FEWEST})
    return _(", ").join(told)


def _period(held: SessionsHeld) -> str:
    """From the first session to the last."""
    days = [date_format(localtime(one.starts_at), _format()) for one in (held.sessions[0], held.sessions[-1])]
    return days[0] if days[0] == days[1] else _("%(first)s to %(last)s") % {"first": days[0], "last": days[1]}


def _format() -> str:
    return pgettext("format of a day with year, see Django's date filter", "j M Y")
