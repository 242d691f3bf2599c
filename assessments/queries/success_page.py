"""The success factors of one cohort as the page shows them. The panel never sees them. Source: content 8."""

from dataclasses import dataclass
from datetime import date, datetime

from assessments.models import Panelist
from assessments.queries.success_facts import facts, trainees_of
from assessments.queries.success_signals import SIGNALS, Figure, Row, Signals
from assessments.rules.success_factors import FEWEST_PEOPLE
from organizations.localized import read
from organizations.models import Member
from programs.models import Cohort, SuccessFactor

MOST_ROWS = 20


@dataclass(frozen=True)
class Line:
    """One signal with its formula in words; `figure` is None where it is not measured, or the cohort is too small."""

    key: str
    name: str
    formula: str
    figure: Figure | None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown."""
        return self.figure.rows[:MOST_ROWS] if self.figure else ()

    @property
    def more(self) -> int:
        """How many are left out."""
        return len(self.figure.rows) - len(self.rows) if self.figure else 0


@dataclass(frozen=True)
class Factor:
    """SF1 to SF5 by the words of the cohort's version."""

    key: str
    name: str
    aim: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SuccessPage:
    """All that the page shows."""

    people: int
    is_too_small: bool
    factors: tuple[Factor, ...]


def is_on_panel(member: Member, cohort: Cohort) -> bool:
    """Whether the person is on the review panel of somebody in the cohort; one query."""
    return Panelist.objects.filter(member=member, review__cycle__cohort=cohort).exists()


def success_page(cohort: Cohort, slug: str, today: date, now: datetime) -> SuccessPage:
    """In 18 statements, two below five people: then only the words are shown."""
    trainees = trainees_of(cohort)
    is_too_small = len(trainees) < FEWEST_PEOPLE
    signals = None if is_too_small else Signals(facts(cohort, trainees, today, now), slug)
    factors = SuccessFactor.objects.filter(version=cohort.version_id)
    return SuccessPage(len(trainees), is_too_small, tuple(_factor(factor, signals) for factor in factors))


def _factor(factor: SuccessFactor, signals: Signals | None) -> Factor:
    lines = tuple(_line(one, signals) for one in factor.signals)
    return Factor(factor.key, str(factor.name), str(factor.aim), lines)


def _line(one: dict, signals: Signals | None) -> Line:
    measure = SIGNALS.get(one["key"])
    figure = measure(signals) if measure and signals else None
    return Line(one["key"], read(one["name"]), read(one["formula"]), figure)
