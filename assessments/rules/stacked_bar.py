"""A row of the chart: counts side by side in one bar, as geometry of an SVG 100 wide."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100.0
HAIR = 0.6  # of ground between two colours, so that they are told apart without colour


@dataclass(frozen=True)
class Segment:
    """One colour of the bar; `index` is that of its count."""

    index: int
    x: float
    width: float


def segments(counts: Sequence[int], largest: int) -> list[Segment]:
    """The parts of one bar, the longest bar of the chart (`largest` in all) filling the whole width; none for a count of 0."""
    drawn, x = [], 0.0
    for index, count in enumerate(counts):
        if count:
            width = count * WIDTH / max(largest, 1)
            drawn.append(Segment(index, round(x, 3), round(max(width - HAIR, width / 2), 3)))
            x += width
    return drawn
