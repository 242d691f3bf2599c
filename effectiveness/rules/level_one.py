"""Reaction to a session: means, favorable share, recommendation, and what is hidden so that nobody is recognized.

Sources: Kirkpatrick level 1 as in the reference (favorable = answers 4 or 5 ÷ n, always with n and response rate);
net promoter score = %(9-10) − %(0-6), from −100 to 100. The thresholds are the product's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEWEST = 5  # answers below which nothing of them is shown
STEP = 3  # how many further answers a new showing has at least, so that no two showings tell a single answer
FAVORABLE = (4, 5)


@dataclass(frozen=True)
class ItemResult:
    """One item over those who answered it. Where they are fewer than FEWEST, all but `n` is None."""

    key: str
    n: int
    mean: Decimal | None = None
    favorable: int | None = None  # percent


@dataclass(frozen=True)
class Points:
    """Points that were given on all items that may be shown: how many, how many of them 4 or 5, and their sum."""

    given: int = 0
    favorable: int = 0
    total: int = 0

    def __add__(self, other: "Points") -> "Points":
        return Points(self.given + other.given, self.favorable + other.favorable, self.total + other.total)

    @property
    def mean(self) -> Decimal | None:
        return _tenth(self.total, self.given) if self.given else None


def shown(answers: int, *, is_open: bool) -> int:
    """Of how many answers, counted from the first, results may be shown.

    Closed: of all, from five. While answers still come in: of 5, 8, 11 …, and only once three more have come, so that any
    two showings, the last one included, differ by at least three people and no single answer can be read off them.
    Worked example: of 9 answers an open survey shows the first 5, a closed one all 9; of 7 an open one shows none.
    """
    if not is_open:
        return answers if answers >= FEWEST else 0
    settled = answers - STEP
    return FEWEST + (settled - FEWEST) // STEP * STEP if settled >= FEWEST else 0


def results(keys: Iterable[str], answers: Sequence[Mapping[str, int]]) -> list[ItemResult]:
    """Each item in order. An item that was left out counts nowhere.

    Worked example: 5, 4, 4, 3, 5 have mean 4.2 and are favorable to 80 percent.
    """
    return [_item(key, [scores[key] for scores in answers if key in scores]) for key in keys]


def points(keys: Iterable[str], answers: Sequence[Mapping[str, int]]) -> Points:
    """All points of the items that at least five answered. Others are left out: taken from a sum they would be known.

    Worked example: 5, 4, 4, 3, 5 on one item are 5 points given, 4 of them favorable, 21 in all.
    """
    shown_items = [[scores[key] for scores in answers if key in scores] for key in keys]
    given = [score for item in shown_items if len(item) >= FEWEST for score in item]
    return Points(len(given), sum(score in FAVORABLE for score in given), sum(given))


def overall(answers: Sequence[Mapping[str, int]]) -> Decimal | None:
    """The mean of all items given; None under the threshold."""
    given = [score for scores in answers for score in scores.values()]
    return mean(given) if len(answers) >= FEWEST and given else None


def promoter_score(given: Sequence[int]) -> int | None:
    """Share of 9-10 less share of 0-6, as a whole number from −100 to 100; None under the threshold.

    Worked example: 10, 9, 8, 7, 3 are 40 − 20 = 20.
    """
    if len(given) < FEWEST:
        return None
    difference = sum(score >= 9 for score in given) - sum(score <= 6 for score in given)
    return int((Decimal(difference) * 100 / len(given)).quantize(Decimal(1), ROUND_HALF_UP))


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent; None of nothing. A response rate above 100 says that others answered too.

    Worked example: 9 of 10 are 90.
    """
    return (part * 200 + whole) // (2 * whole) if whole > 0 else None


def mean(given: Sequence[int]) -> Decimal:
    """The mean to one decimal, halves up."""
    return _tenth(sum(given), len(given))


def _tenth(total: int, count: int) -> Decimal:
    return (Decimal(total) / count).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _item(key: str, given: Sequence[int]) -> ItemResult:
    if len(given) < FEWEST:
        return ItemResult(key, len(given))
    return ItemResult(key, len(given), mean(given), percent(sum(score in FAVORABLE for score in given), len(given)))
