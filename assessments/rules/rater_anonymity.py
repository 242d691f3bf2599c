"""What of 360 answers may be shown, so that nobody's answer can be told from it.

Everything shown is worked out from one set of cells over groups that share nobody:
- The superior is shown by name, the trainee's own view as their own. Neither enters any other figure.
- Any other group is shown from three answers. Smaller groups are put together, and shown from three; else withheld.
- Within that, each item is shown from three answers of its own ("no chance to observe" is no answer).
- The figure over all unnamed groups stands only where nothing was withheld: else the difference would be it.
- A mean at the end of the scale is shown as a bound, since a unanimous group would give each answer away.
- Means over items are means of shown cells, and so tell nothing that the cells do not.
- Comments are shown from five of a group, shuffled.
Source: features 4, "360 feedback", and moonshot 2; security, threat model, case 1; decisions part 1, 25.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from assessments.vocabulary import ANONYMOUS_GROUPS, Bound, Question, RaterGroup, Unit

FEWEST, FEWEST_COMMENTS = 3, 5
LOWEST, HIGHEST, NO_CHANCE = 1, 5, 0
BY_NAME = {RaterGroup.SELF: Unit.SELF, RaterGroup.SUPERIOR: Unit.SUPERIOR}
AT_LEAST, AT_MOST = Decimal("4.5"), Decimal("1.5")
ALL = "all"


@dataclass(frozen=True)
class Given:
    """One rater's answers: scores by item, 0 where they had no chance to observe, and what they wrote."""

    group: str
    scores: Mapping[str, int]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Item:
    """One statement: its pillar, and which groups are asked. The trainee is asked all."""

    key: str
    pillar: str
    groups: frozenset[str]


@dataclass(frozen=True)
class Cell:
    """One figure of the results; without `n` it is withheld. `item` is an item's key, a pillar's, or "all"."""

    unit: str
    item: str
    n: int | None = None
    mean: Decimal | None = None
    bound: str = Bound.EXACT

    @property
    def is_shown(self) -> bool:
        """Whether there is a figure."""
        return self.mean is not None


def units(counts: Mapping[str, int]) -> dict[str, str | None]:
    """For each group with answers: as what it is shown, or None where it is withheld. `counts`: answers by group."""
    answer: dict[str, str | None] = {group: unit for group, unit in BY_NAME.items() if counts.get(group)}
    answer |= {group: Unit(group) for group in ANONYMOUS_GROUPS if counts.get(group, 0) >= FEWEST}
    small = [group for group in ANONYMOUS_GROUPS if 0 < counts.get(group, 0) < FEWEST]
    together = Unit.OTHERS if sum(counts[group] for group in small) >= FEWEST else None
    return answer | dict.fromkeys(small, together)


def cells(given: Sequence[Given], items: Sequence[Item]) -> list[Cell]:
    """The whole set of figures for these answers, in a fixed order. All that is ever shown of numbers."""
    shown_as = _units_of(given)
    named = [unit for unit in Unit if unit in set(shown_as.values())]
    table = {(unit, item.key): _cell(unit, item, given, shown_as) for unit in named for item in items}
    if any(unit not in BY_NAME.values() for unit in named) or None in shown_as.values():
        withheld = [one for one in given if shown_as[one.group] is None]
        for item in items:
            table[Unit.OVERALL, item.key] = _overall(item, [table[unit, item.key] for unit in named if _is_unnamed(unit)], withheld)
        named = [*named, Unit.OVERALL]
    found = []
    for unit in named:
        own = [table[unit, item.key] for item in items if table[unit, item.key] is not None]
        found += own
        found += _means(unit, own, items)
    return found


def comments(given: Sequence[Given], random: Random) -> list[tuple[str, str, str]]:
    """The free texts that may be shown, as (unit, question, text), in an order that tells nothing."""
    shown_as = _units_of(given)
    found: dict[tuple[str, str], list[str]] = {}
    for one in given:
        unit = shown_as[one.group]
        for question in Question:
            text = one.texts.get(question, "").strip()
            if unit and text:
                found.setdefault((unit, question), []).append(text)
    answer = []
    for (unit, question), texts in sorted(found.items()):
        if unit in BY_NAME.values() or len(texts) >= FEWEST_COMMENTS:
            random.shuffle(texts)
            answer += [(unit, question, text) for text in texts]
    return answer


def kept(given: Sequence[Given], random: Random) -> list[tuple[str, dict[str, int]]]:
    """The answers that are kept, as (unit, scores), shuffled: of shown units alone."""
    shown_as = _units_of(given)
    answer = [(unit, dict(one.scores)) for one in given if (unit := shown_as[one.group])]
    random.shuffle(answer)
    return answer


def valid(score: object) -> bool:
    """Whether this is an answer to an item at all, "no chance to observe" included."""
    return isinstance(score, int) and not isinstance(score, bool) and (score == NO_CHANCE or LOWEST <= score <= HIGHEST)


def _units_of(given: Iterable[Given]) -> dict[str, str | None]:
    counts: dict[str, int] = {}
    for one in given:
        counts[one.group] = counts.get(one.group, 0) + 1
    return units(counts)


def _is_unnamed(unit: str) -> bool:
    return unit not in BY_NAME.values()


def _scores(given: Iterable[Given], item: str) -> list[int]:
    return [one.scores[item] for one in given if one.scores.get(item, NO_CHANCE) != NO_CHANCE]


def _cell(unit: str, item: Item, given: Sequence[Given], shown_as: Mapping[str, str | None]) -> Cell | None:
    """The cell of one item; None where nobody of the unit is asked it, or where the one by name gave no answer."""
    group = [one for one in given if shown_as[one.group] == unit]
    if not any(_is_asked(one.group, item) for one in group):
        return None
    scores = _scores(group, item.key)
    if not _is_unnamed(unit):
        return Cell(unit, item.key, len(scores), _rounded(Decimal(sum(scores)) / len(scores))) if scores else None
    if len(scores) < FEWEST:
        return Cell(unit, item.key)
    return Cell(unit, item.key, len(scores), *_bounded(Decimal(sum(scores)) / len(scores)))


def _is_asked(group: str, item: Item) -> bool:
    return group == RaterGroup.SELF or group in item.groups


def _overall(item: Item, own: Collection[Cell | None], withheld: Sequence[Given]) -> Cell | None:
    """The mean over the shown cells of one item by number of answers; withheld once any answer to it is."""
    asked = [cell for cell in own if cell is not None]
    if any(_is_asked(one.group, item) for one in withheld) or any(not cell.is_shown for cell in asked):
        return Cell(Unit.OVERALL, item.key)
    if not asked:
        return None
    n = sum(cell.n for cell in asked)
    mean = _rounded(sum(cell.mean * cell.n for cell in asked) / n)
    return Cell(Unit.OVERALL, item.key, n, mean, _common_bound(cell.bound for cell in asked))


def _means(unit: str, own: Sequence[Cell], items: Sequence[Item]) -> list[Cell]:
    """Means over the items of each pillar and over all, each shown item counting once."""
    pillar_of = {item.key: item.pillar for item in items}
    answer = []
    for name in [*dict.fromkeys(item.pillar for item in items), ALL]:
        of_it = [cell for cell in own if name in (ALL, pillar_of[cell.item])]
        shown = [cell for cell in of_it if cell.is_shown]
        if shown:
            mean = _rounded(sum(cell.mean for cell in shown) / len(shown))
            answer.append(Cell(unit, name, min(cell.n for cell in shown), mean, _common_bound(cell.bound for cell in shown)))
        elif of_it:
            answer.append(Cell(unit, name))
    return answer


def _bounded(mean: Decimal) -> tuple[Decimal, str]:
    if mean >= AT_LEAST:
        return AT_LEAST, Bound.AT_LEAST
    return (AT_MOST, Bound.AT_MOST) if mean <= AT_MOST else (_rounded(mean), Bound.EXACT)


def _common_bound(bounds: Iterable[str]) -> str:
    """What a mean of such cells is: exact, or a bound on one side. Where both occur they are as good as exact."""
    found = set(bounds) - {Bound.EXACT}
    return found.pop() if len(found) == 1 else Bound.EXACT


def _rounded(mean: Decimal) -> Decimal:
    return mean.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
