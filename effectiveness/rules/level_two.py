"""What was learned: paired scores out of 100, before and after.

Sources: normalized class gain g = (⟨post⟩ − ⟨pre⟩) ÷ (100 − ⟨pre⟩), low under 0.3, high from 0.7: Hake 1998. Use pairs
only; undefined where the mean before is 100; mastery rate = persons at or above the pass mark ÷ persons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from effectiveness.vocabulary import Gain

HUNDRED = Decimal(100)
Score = Decimal | int


@dataclass(frozen=True)
class Learning:
    """A class in figures. `pairs` have both scores; without a single one there is only what stands after the session."""

    pairs: int
    tested: int  # of whom there is a score after the session; of these, the pairs where there are any
    pre: Decimal | None
    post: Decimal | None
    gain: Decimal | None  # in points
    normalized: Decimal | None
    passed: int  # of the tested: at or above the pass mark
    mastery: Decimal | None  # percent

    @property
    def size(self) -> Gain | None:
        """In words, where there is a normalized gain."""
        return None if self.normalized is None else gain_size(self.normalized)


def learning(scores: Sequence[tuple[Score | None, Score | None]], pass_mark: int) -> Learning:
    """A class by its people's scores (before, after), each 0 to 100 or None.

    Worked example: (40, 80), (60, 90) and one with only 70 after: 2 pairs, 50 → 85, gain 35, g = 35 ÷ 50 = 0.70, and at a
    pass mark of 80 a mastery of 100 percent.
    """
    pairs = [(Decimal(pre), Decimal(post)) for pre, post in scores if pre is not None and post is not None]
    after = [post for _pre, post in pairs] or [Decimal(post) for _pre, post in scores if post is not None]
    pre = mean([pre for pre, _post in pairs])
    post = mean(after)
    return Learning(
        pairs=len(pairs),
        tested=len(after),
        pre=_round(pre, "0.1"),
        post=_round(post, "0.1"),
        gain=_round(post - pre, "0.1") if pairs else None,
        normalized=_round(normalized_gain(pre, post), "0.01") if pairs else None,
        passed=sum(score >= pass_mark for score in after),
        mastery=mastery_rate(after, pass_mark),
    )


def normalized_gain(pre: Decimal, post: Decimal) -> Decimal | None:
    """Of what could still be gained, the part that was: from class means. None where nothing could be."""
    return None if pre >= HUNDRED else (post - pre) / (HUNDRED - pre)


def gain_size(normalized: Decimal) -> Gain:
    """Low under 0.3, high from 0.7."""
    if normalized < Decimal("0.3"):
        return Gain.LOW
    return Gain.HIGH if normalized >= Decimal("0.7") else Gain.MEDIUM


def mastery_rate(scores: Sequence[Decimal], pass_mark: int) -> Decimal | None:
    """Percent of people at or above the pass mark, to one decimal. Worked example: 80, 79.9 and 95 at 80 are 66.7."""
    if not scores:
        return None
    return _round(Decimal(sum(score >= pass_mark for score in scores)) * 100 / len(scores), "0.1")


def mean(scores: Sequence[Decimal]) -> Decimal | None:
    """The plain mean; None of nothing."""
    return sum(scores, Decimal(0)) / len(scores) if scores else None


def _round(value: Decimal | None, step: str) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(step), ROUND_HALF_UP)
