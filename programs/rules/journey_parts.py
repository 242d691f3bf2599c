"""What a journey is drawn from and what its drawing consists of; journey_lattice.py puts the one into the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

PhaseLook = Literal["done", "now", "todo"]
NodeLook = Literal["done", "open", "returned", "todo"]
Box = tuple[float, float, float, float]


def text_width(text: str, size: float = 12.0) -> float:
    """A careful guess of how wide text is, in pixels: an em for a Chinese character, less for Latin letters."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if ord(letter) > 0x2E7F:
        return 1.0
    if letter in "fijlrtI .,:;'|()":
        return 0.36
    return 0.56 if letter.islower() else 0.68


def shortened(text: str, room: float, size: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip(" ·–,") + "…" if text else ""


def broken(text: str, room: float, size: float) -> list[str]:
    """The text on one line where it fits, else on two; what two lines do not hold is shortened."""
    words = text.split(" ")
    fitting = [number for number in range(1, len(words)) if text_width(" ".join(words[:number]), size) <= room]
    if text_width(text, size) <= room or not fitting:
        return [shortened(text, room, size)]
    return [" ".join(words[: fitting[-1]]), shortened(" ".join(words[fitting[-1] :]), room, size)]


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@dataclass(frozen=True)
class PhaseSpan:
    """A phase with its planned days; `end_on` is empty for one without an end. A recurring one is a rail below."""

    title: str
    detail: str
    start_on: date
    end_on: date | None
    look: PhaseLook = "todo"
    is_recurring: bool = False


@dataclass(frozen=True)
class Milestone:
    """A piece of work on its due date, in its strongest pillar (1-3)."""

    key: str
    pillar: int
    due_on: date
    look: NodeLook = "todo"
    title: str = ""
    href: str = ""


@dataclass(frozen=True)
class Cycle:
    """One round of a recurring phase."""

    on: date
    label: str


@dataclass(frozen=True)
class Words:
    """What the picture says: names of the three pillars, today's flag, months, and the picture in a sentence."""

    pillars: tuple[str, str, str]
    today: str
    month: Callable[[date], str]
    description: str = ""


@dataclass(frozen=True)
class Text:
    """A piece of text at its baseline. Anchor: "" (start), "mid" or "end"."""

    text: str
    x: float
    y: float
    anchor: str = ""
    size: float = 12.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, as wide as the text is likely to be."""
        width = text_width(self.text, self.size)
        left = self.x - (width / 2 if self.anchor == "mid" else width if self.anchor == "end" else 0)
        return (left, self.y - self.size * 0.85, left + width, self.y + self.size * 0.2)


@dataclass(frozen=True)
class Zone:
    """The ground of one phase."""

    x: float
    width: float
    look: PhaseLook
    title: Text
    detail: Text
    full_title: str
    has_edge: bool


@dataclass(frozen=True)
class Strand:
    """One pillar: the way behind (solid) and the way ahead (dotted), as SVG paths. Its name, on one line or two."""

    pillar: int
    y: float
    label: list[Text]
    lived: str
    ahead: str


@dataclass(frozen=True)
class Node:
    """A milestone in its place. `shape` is the path of a diamond or triangle; a circle has none."""

    key: str
    title: str
    href: str
    pillar: int
    look: NodeLook
    x: float
    y: float
    shape: str
    label: Text | None


@dataclass(frozen=True)
class Tick:
    """The first of a month; a label only where there is room."""

    x: float
    label: Text | None


@dataclass(frozen=True)
class Turn:
    """A cycle on the rail of the recurring phase."""

    x: float
    y: float
    shape: str
    label: Text | None


@dataclass(frozen=True)
class Today:
    """The line and the flag of today."""

    x: float
    top: float
    bottom: float
    flag_x: float
    flag_width: float
    text: Text


@dataclass(frozen=True)
class Rail:
    """Where the recurring phase runs."""

    title: list[Text]
    y: float


@dataclass(frozen=True)
class Lattice:
    """The whole picture; every number is in SVG pixels."""

    width: float
    height: float
    ground: float
    zones: list[Zone]
    strands: list[Strand]
    nodes: list[Node]
    ticks: list[Tick]
    rail: Rail | None
    cycles: list[Turn]
    today: Today | None
    description: str

    @property
    def view_box(self) -> str:
        return f"-2 0 {self.width + 4:g} {self.height:g}"

    @property
    def texts(self) -> list[Text]:
        """Everything written in the picture."""
        found = [text for zone in self.zones for text in (zone.title, zone.detail)]
        found += [line for strand in self.strands for line in strand.label]
        found += [node.label for node in self.nodes if node.label]
        found += [tick.label for tick in self.ticks if tick.label]
        found += [turn.label for turn in self.cycles if turn.label]
        found += self.rail.title if self.rail else []
        found += [self.today.text] if self.today else []
        return [text for text in found if text.text]
