"""360 results as they are shown: the frozen cells, and nothing worked out from answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from assessments.models import CertificationReview, ResultCell, ResultComment, ResultRelease
from assessments.queries.counts import groups_of
from assessments.queries.scheme import statements_of
from assessments.rules import radar
from assessments.rules.feedback_items import Statement
from assessments.rules.rater_anonymity import ALL
from assessments.vocabulary import Bound, Question, Unit
from organizations.localized import read
from programs.models import Pillar

# How each series is drawn (static/css/boards.css), at most four, told apart by dash as well as color.
LOOKS = {Unit.SELF: 0, Unit.OVERALL: 1, Unit.SUPERIOR: 2, Unit.PEER: 1, Unit.BUSINESS: 2, Unit.LEARNER: 3, Unit.OTHERS: 3}
FEWEST_DRAWN, MOST_DRAWN = 3, 3


@dataclass(frozen=True)
class Figure:
    """One cell in words; an empty text where it is withheld or nobody is asked."""

    text: str = ""
    n: int | None = None
    is_withheld: bool = False


@dataclass(frozen=True)
class Row:
    """One unit over all, or one statement: its figures by unit, in the order of the heads."""

    key: str
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Results:
    """All that is shown. `groups`: (label, asked, answered)."""

    heads: tuple[tuple[str, int | None, Figure], ...]  # label, how it is drawn, the figure over all
    pillars: tuple[Row, ...]
    rows: tuple[Row, ...]
    picture: radar.Radar | None
    groups: tuple[tuple[str, int, int], ...]
    has_withheld: bool


def results(
    cells: Iterable[Mapping], groups: Iterable[Mapping], statements: Iterable[Statement], pillars: Mapping[str, str]
) -> Results | None:
    """The results of these cells, each as a mapping {unit, item, n, mean, bound}: those of the table or of a frozen file."""
    table = {(cell["unit"], cell["item"]): cell for cell in cells}
    units = [unit for unit in Unit if any(known == unit for known, _item in table)]
    if not units:
        return None
    statements = list(statements)
    drawn = _drawn(units, table, statements)
    return Results(
        heads=tuple((str(unit.label), LOOKS[unit] if unit in drawn else None, _figure(table.get((unit, ALL)))) for unit in units),
        pillars=tuple(Row(key, label, tuple(_figure(table.get((unit, key))) for unit in units)) for key, label in pillars.items()),
        rows=tuple(
            Row(one.item.key, read(one.text), tuple(_figure(table.get((unit, one.item.key))) for unit in units)) for one in statements
        ),
        picture=_picture(drawn, table, statements),
        groups=tuple((str(Unit(group["group"]).label), group["asked"], group["answered"]) for group in groups),
        has_withheld=any(cell["mean"] is None for cell in table.values()),
    )


def stored_cells(review: CertificationReview) -> list[dict]:
    """The cells of a review; one query."""
    return list(ResultCell.objects.filter(review=review).order_by("pk").values("unit", "item", "n", "mean", "bound"))


def is_released(review: CertificationReview) -> bool:
    """Whether the trainee may see them; one query."""
    return ResultRelease.objects.filter(review=review).exists()


def comments_of(review: CertificationReview) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The free texts by question and unit; one query."""
    found: dict[str, dict[str, list[str]]] = {}
    for unit, question, text in ResultComment.objects.filter(review=review).order_by("pk").values_list("unit", "question", "text"):
        found.setdefault(question, {}).setdefault(unit, []).append(text)
    return [
        (str(question.label), [(str(unit.label), found[question][unit]) for unit in Unit if unit in found[question]])
        for question in Question
        if question in found
    ]


def said_mean(mean: Decimal | str, bound: str) -> str:
    """A mean as it is read: 4.2, or 4.5 with a plus or 1.5 with a minus where it is a bound."""
    text = f"{Decimal(mean):.1f}"
    if bound == Bound.AT_LEAST:
        return pgettext("a mean of 360 feedback that is at least this", "%(mean)s+") % {"mean": text}
    if bound == Bound.AT_MOST:
        return pgettext("a mean of 360 feedback that is at most this", "≤%(mean)s") % {"mean": text}
    return text


def _figure(cell: Mapping | None) -> Figure:
    if cell is None:
        return Figure()
    if cell["mean"] is None:
        return Figure(is_withheld=True)
    return Figure(said_mean(cell["mean"], cell["bound"]), cell["n"])


def _drawn(units: list[Unit], table: Mapping, statements: list[Statement]) -> list[Unit]:
    """Which units become lines: the trainee against all others, or against each group where the figure over all is held back."""

    def figures(unit: Unit) -> int:
        return sum(_mean(table, unit, one.item.key) is not None for one in statements)

    groups = [unit for unit in units if unit not in (Unit.SELF, Unit.SUPERIOR, Unit.OVERALL)]
    most = max(map(figures, groups), default=0)
    others = [Unit.OVERALL, Unit.SUPERIOR] if figures(Unit.OVERALL) >= most else groups[:MOST_DRAWN]
    return [unit for unit in (Unit.SELF, *others) if unit in units and figures(unit) >= FEWEST_DRAWN]


def _mean(table: Mapping, unit: str, item: str) -> float | None:
    cell = table.get((unit, item))
    return None if cell is None or cell["mean"] is None else float(cell["mean"])


def _picture(drawn: list[Unit], table: Mapping, statements: list[Statement]) -> radar.Radar | None:
    axes = [one.item.key for one in statements]
    if not drawn or len(axes) < FEWEST_DRAWN:
        return None
    # What is filled lies below what is dashed.
    order = sorted(drawn, key=lambda unit: LOOKS[unit] != 1)
    lines = [(LOOKS[unit], {axis: mean for axis in axes if (mean := _mean(table, unit, axis)) is not None}) for unit in order]
    return radar.radar(axes, lines)


def results_of(review: CertificationReview) -> Results | None:
    """The results of a review from the table; five queries. None where nobody answered, or before the close."""
    version = review.enrollment.cohort.version_id
    pillars = {pillar.key: str(pillar.name) for pillar in Pillar.objects.filter(version=version).order_by("position")}
    return results(stored_cells(review), groups_of(review), statements_of(version), pillars)
