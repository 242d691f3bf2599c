"""The eight KPIs of 5.1 as pure arithmetic: which figures go in, what comes out. Source: content 7.

Percentages are exact decimals; `shown` rounds them. Worked examples stand with each formula and are tested.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.vocabulary import Isolation, KpiUnit

ZERO, HUNDRED, MOST_ATTAINMENT = Decimal(0), Decimal(100), Decimal(120)
FEWEST_ANSWERS = 5  # a satisfaction from fewer answers is not shown
LARGEST = Decimal(10) ** 12
LARGEST_PERCENT = Decimal("99999999.9")

MESSAGES = {
    "missing": _("Fill this in, or leave all figures empty and say why there is none."),
    "negative": _("This cannot be below 0."),
    "nothing_to_divide_by": _("This must be above 0."),
    "part_above_whole": _("This is more than the whole it is a part of."),
    "too_few": _("Satisfaction from fewer than five answers is not shown."),
    "no_distance": _("Target and baseline are the same: there is nothing to attain."),
    "wrong_order": _("The upper benefit must not be below the lower one."),
    "no_isolation": _("Name how other causes were taken out; without that an ROI is not shown."),
    "too_large": _("This figure is too large."),
}


class Unanswerable(ValueError):
    """There is no value for these figures; `code` is a key of MESSAGES, `field` the figure that is wrong."""

    def __init__(self, code: str, field: str):
        super().__init__(code)
        self.code, self.field = code, field


@dataclass(frozen=True)
class Figure:
    """One figure that goes into a formula. A text one is chosen from a list."""

    name: str
    label: Promise
    is_whole: bool = True
    choices: tuple[tuple[str, Promise], ...] = ()


@dataclass(frozen=True)
class Result:
    """What comes out, in percent: a value, or a range where `high` is set; `n` is out of how many."""

    value: Decimal
    n: int | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Formula:
    """One KPI. `needs_business`: only a business head's confirmation makes it count."""

    key: str
    figures: tuple[Figure, ...]
    compute: Callable[[Mapping[str, Decimal]], Result]
    unit: str = KpiUnit.PERCENT
    needs_business: bool = False


def shown(value: Decimal) -> Decimal:
    """A percentage as it is stored and shown: one decimal, halves up."""
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def share(values: Mapping[str, Decimal], part: str, whole: str) -> Result:
    """part ÷ whole × 100. Worked: 45 of 60 are 75 %.

    Raises:
        Unanswerable: "nothing_to_divide_by", "part_above_whole".
    """
    if values[whole] <= 0:
        raise Unanswerable("nothing_to_divide_by", whole)
    if values[part] > values[whole]:
        raise Unanswerable("part_above_whole", part)
    return Result(values[part] / values[whole] * HUNDRED, n=int(values[whole]))


def favourable(values: Mapping[str, Decimal]) -> Result:
    """Answers 4 or 5 ÷ valid answers × 100; hidden under five answers. Worked: 22 of 25 are 88 %.

    Raises:
        Unanswerable: "too_few", and as `share`.
    """
    result = share(values, "favourable", "answers")
    if values["answers"] < FEWEST_ANSWERS:
        raise Unanswerable("too_few", "answers")
    return result


def attainment(values: Mapping[str, Decimal]) -> Result:
    """(actual − baseline) ÷ (target − baseline) × 100, kept within 0 to 120.

    Worked: out-of-stock rate from 6.0 to 4.6, target 4.0: 1.4 of 2.0 points, 70 %. Works for falling and rising measures.

    Raises:
        Unanswerable: "no_distance", target and baseline are the same.
    """
    distance = values["target"] - values["baseline"]
    if distance == 0:
        raise Unanswerable("no_distance", "target")
    return Result(min(max((values["actual"] - values["baseline"]) / distance * HUNDRED, ZERO), MOST_ATTAINMENT))


def return_on_investment(values: Mapping[str, Decimal]) -> Result:
    """(benefits due to training − full costs) ÷ full costs × 100, as a range.

    Worked: 160,000 of benefits at a cost of 100,000: 60 %. Source: J. J. Phillips, Return on Investment in Training and
    Performance Improvement Programs, 2nd ed., 2003.

    Raises:
        Unanswerable: "nothing_to_divide_by", "wrong_order", "no_isolation".
    """
    if not values.get("isolation"):
        raise Unanswerable("no_isolation", "isolation")
    cost = values["costs"]
    if cost <= 0:
        raise Unanswerable("nothing_to_divide_by", "costs")
    if values["benefits_high"] < values["benefits_low"]:
        raise Unanswerable("wrong_order", "benefits_high")
    low, high = ((values[name] - cost) / cost * HUNDRED for name in ("benefits_low", "benefits_high"))
    return Result(low, high=high)


FORMULAS = {
    formula.key: formula
    for formula in (
        Formula(
            "K1",
            (Figure("attended", _("Target persons who attended at least 80 percent of the time")), Figure("target", _("Target persons"))),
            lambda values: share(values, "attended", "target"),
        ),
        Formula("K2", (Figure("favourable", _("Answers 4 or 5")), Figure("answers", _("Valid answers"))), favourable),
        Formula(
            "K3",
            (Figure("passed", _("Persons at or above the pass mark")), Figure("tested", _("Persons tested"))),
            lambda values: share(values, "passed", "tested"),
        ),
        Formula(
            "K4",
            (
                Figure("seen", _("Target behaviors seen by learner and superior")),
                Figure("behaviours", _("Target behaviors")),
            ),
            lambda values: share(values, "seen", "behaviours"),
        ),
        Formula(
            "K5",
            (Figure("reached", _("Milestones reached by their baseline date")), Figure("due", _("Milestones due"))),
            lambda values: share(values, "reached", "due"),
        ),
        Formula(
            "K6",
            (
                Figure("met", _("Criteria at level 3 or above in approved versions")),
                Figure("criteria", _("All criteria of approved versions")),
            ),
            lambda values: share(values, "met", "criteria"),
        ),
        Formula(
            "K7",
            (
                Figure("baseline", _("Baseline"), is_whole=False),
                Figure("target", _("Target value"), is_whole=False),
                Figure("actual", _("Actual value"), is_whole=False),
            ),
            attainment,
            needs_business=True,
        ),
        Formula(
            "K8",
            (
                Figure("benefits_low", _("Benefits due to training, at least"), is_whole=False),
                Figure("benefits_high", _("Benefits due to training, at most"), is_whole=False),
                Figure("costs", _("Full costs"), is_whole=False),
                Figure("isolation", _("How other causes were taken out"), choices=tuple(Isolation.choices)),
            ),
            return_on_investment,
            needs_business=True,
        ),
    )
}


def compute(key: str, values: Mapping[str, Decimal | str]) -> Result:
    """The value of one KPI for these figures, rounded as it is stored.

    Raises:
        Unanswerable: a figure is missing, negative, too large or makes no sense beside the others.
        KeyError: there is no such KPI.
    """
    formula = FORMULAS[key]
    for figure in formula.figures:
        given = values.get(figure.name)
        if given is None or given == "":
            raise Unanswerable("no_isolation" if figure.choices else "missing", figure.name)
        if figure.choices:
            continue
        if abs(given) > LARGEST:
            raise Unanswerable("too_large", figure.name)
        if figure.is_whole and given < 0:
            raise Unanswerable("negative", figure.name)
    result = formula.compute(values)
    ends = [shown(value) for value in (result.value, result.high) if value is not None]
    if any(abs(end) > LARGEST_PERCENT for end in ends):
        raise Unanswerable("too_large", formula.figures[-1].name if not formula.figures[-1].choices else formula.figures[0].name)
    return Result(ends[0], result.n, ends[1] if result.high is not None else None)
