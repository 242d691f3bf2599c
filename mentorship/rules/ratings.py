"""When a mentor sees how trainees rate them."""

from collections.abc import Sequence

FEWEST = 3


def mean_rating(ratings: Sequence[int]) -> float | None:
    """The mean of the ratings (1 to 5) to one decimal; None below three answers, where it would point at someone."""
    return round(sum(ratings) / len(ratings), 1) if len(ratings) >= FEWEST else None
