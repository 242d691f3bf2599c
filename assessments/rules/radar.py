"""The geometry of a radar: rings, spokes, labels, and a line for each series that breaks where there is no figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

WIDTH, HEIGHT = 360, 308
X, Y, RADIUS = 180.0, 154.0, 112.0
LABEL = 16.0  # from the outer ring to a label
STEPS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Label:
    """A word at a point; `anchor` is the class by which it is set: mid, end or nothing."""

    x: float
    y: float
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Line:
    """One series: a path, and points where a figure has no neighbor. `look` numbers the series."""

    look: int
    path: str
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Radar:
    """All that is drawn."""

    rings: tuple[str, ...]
    spokes: tuple[str, ...]
    labels: tuple[Label, ...]
    scale: tuple[Label, ...]
    lines: tuple[Line, ...]
    view_box: str = f"0 0 {WIDTH} {HEIGHT}"


def radar(axes: Sequence[str], series: Sequence[tuple[int, Mapping[str, float]]]) -> Radar:
    """A radar over three axes or more on the scale of 360 feedback, 1 at the center's first ring to 5 outside.

    Raises:
        ValueError: "too_few_axes".
    """
    if len(axes) < 3:
        raise ValueError("too_few_axes")
    turns = [2 * pi * number / len(axes) for number in range(len(axes))]
    return Radar(
        rings=tuple(_closed([_at(turn, step) for turn in turns]) for step in STEPS),
        spokes=tuple(f"M{X:.1f} {Y:.1f}L{_pair(_at(turn, STEPS[-1]))}" for turn in turns),
        labels=tuple(_label(turn, axis) for turn, axis in zip(turns, axes, strict=True)),
        scale=tuple(Label(X + 6, round(Y - RADIUS * step / STEPS[-1] + 4, 1), str(step)) for step in (1, 3, 5)),
        lines=tuple(_line(look, [values.get(axis) for axis in axes], turns) for look, values in series),
    )


def _at(turn: float, value: float) -> tuple[float, float]:
    away = RADIUS * value / STEPS[-1]
    return X + away * sin(turn), Y - away * cos(turn)


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _closed(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(_pair(point) for point in points) + "z"


def _label(turn: float, text: str) -> Label:
    away = RADIUS + LABEL
    x, y = X + away * sin(turn), Y - away * cos(turn)
    anchor = "mid" if abs(x - X) < 8 else "end" if x < X else ""
    return Label(round(x, 1), round(y + 4, 1), text, anchor)


def _line(look: int, values: Sequence[float | None], turns: Sequence[float]) -> Line:
    points = [None if value is None else _at(turn, float(value)) for value, turn in zip(values, turns, strict=True)]
    if all(points):
        return Line(look, _closed(points), ())
    count = len(points)
    path, dots = [], []
    for number, point in enumerate(points):
        if point is None:
            continue
        after = points[(number + 1) % count]
        if after is not None:
            path.append(f"M{_pair(point)}L{_pair(after)}")
        elif points[number - 1] is None:
            dots.append((round(point[0], 1), round(point[1], 1)))
    return Line(look, "".join(path), tuple(dots))
