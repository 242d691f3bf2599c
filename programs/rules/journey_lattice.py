"""The journey as a picture: three strands, one per pillar, climb through the phases over real time.

Pure geometry in the pixels of an SVG; colours are classes, words come ready in the reader's language. Labels never
cover each other, another node or the line of today: one that finds no room is left out (its node keeps a tooltip).
Source: design, screens/01-home.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizations.rules.near_days import FURTHEST
from programs.rules.journey_parts import (
    Box,
    Cycle,
    Lattice,
    Milestone,
    Node,
    PhaseSpan,
    Rail,
    Strand,
    Text,
    Tick,
    Today,
    Turn,
    Words,
    Zone,
    broken,
    overlaps,
    shortened,
    text_width,
)

LEFT = 146.0  # names of the pillars stand before it
RISE = 14.0  # a strand climbs this much at each new phase
BEND = 12.0  # half the width of a climb
GAP = 34.0  # between strands
TOP = 82.0  # the highest point of the first strand
NARROWEST, MOST_NAME = 118.0, 220.0  # a phase needs this much for its name, and gets no more for a long one
LINE = 15.0  # from line to line of a name
OPEN_END = timedelta(days=150)  # how much of a phase without an end is drawn; more, where work in it asks for it, takes no more room
NODE = 8.0  # half the size of a node with a little air
NODE_STEP = 17.0  # nodes of one strand stand at least so far apart
NODE_ROOM = 30.0  # and get this much where there is room, so that each one's name has its place


@dataclass(frozen=True)
class _Scale:
    """Days to pixels: within each phase evenly, every phase wide enough for its name and its work."""

    starts: list[date]
    end_on: date
    edges: list[float]

    def x(self, day: date) -> float:
        bounds = [*self.starts, self.end_on]
        day = min(max(day, bounds[0]), bounds[-1])
        for here in range(len(self.starts)):
            if day <= bounds[here + 1]:
                part = (day - bounds[here]).days / max((bounds[here + 1] - bounds[here]).days, 1)
                return self.edges[here] + part * (self.edges[here + 1] - self.edges[here])
        return self.edges[-1]

    def zone(self, day: date) -> int:
        return max((here for here, start in enumerate(self.starts) if start <= day), default=0)


def _scale(spans: Sequence[PhaseSpan], milestones: Sequence[Milestone], last: date, width: float) -> _Scale:
    starts: list[date] = []
    for span in spans:
        starts.append(max(span.start_on, starts[-1] + timedelta(days=1)) if starts else span.start_on)
    end_on = max(last, starts[-1] + timedelta(days=1))
    bounds = [*starts, end_on]
    days = [(bounds[here + 1] - bounds[here]).days for here in range(len(starts))]
    if spans[-1].end_on is None:
        # A piece of work due a year later must not press the months of now together.
        days[-1] = min(days[-1], OPEN_END.days)
    room = width - 2 - LEFT
    busiest = _busiest(starts, milestones)
    needs = [
        max(NARROWEST, min(_words_width(span), MOST_NAME), min(most * NODE_ROOM, room / len(spans)))
        for span, most in zip(spans, busiest, strict=True)
    ]
    needs = [need * min(room / sum(needs), 1) for need in needs]
    widths = [0.0] * len(days)
    free, left_over = set(range(len(days))), room
    while free:
        total = sum(days[here] for here in free)
        tight = {here for here in free if left_over * days[here] / total < needs[here]}
        for here in tight or free:
            widths[here] = needs[here] if tight else left_over * days[here] / total
        if not tight:
            break
        left_over -= sum(needs[here] for here in tight)
        free -= tight
    edges = [LEFT]
    for one in widths:
        edges.append(edges[-1] + one)
    return _Scale(starts, end_on, edges)


def _words_width(span: PhaseSpan) -> float:
    return max(text_width(span.title, 13.5), text_width(span.detail)) + 24


def _busiest(starts: Sequence[date], milestones: Sequence[Milestone]) -> list[int]:
    """How many nodes the fullest strand has in each phase."""
    counts = Counter((max(bisect_right(starts, milestone.due_on), 1), milestone.pillar) for milestone in milestones)
    return [max(counts[number, pillar] for pillar in (1, 2, 3)) for number in range(1, len(starts) + 1)]


def _strand(pillar: int, label: str, scale: _Scale, base: float, today_x: float | None) -> Strand:
    """The path of one pillar, cut at today; a cut never falls into a climb."""
    height = base + (pillar - 1) * GAP
    inner = scale.edges[1:-1]
    cut = scale.edges[0] if today_x is None else today_x
    for edge in inner:
        if edge - BEND < cut < edge + BEND:
            cut = edge - BEND if cut < edge else edge + BEND
    lived, ahead, x, y = "", "", scale.edges[0], height
    for edge in [*inner, scale.edges[-1]]:
        is_last = edge == scale.edges[-1]
        flat_end = edge if is_last else edge - BEND
        climb = "" if is_last else f"C{edge:g} {y:g} {edge:g} {y - RISE:g} {edge + BEND:g} {y - RISE:g}"
        if cut >= flat_end:
            lived += (f"M{x:g} {y:g}" if not lived else "") + f"H{flat_end:g}"
            if cut > flat_end or is_last:
                lived += climb
            else:
                ahead = f"M{flat_end:g} {y:g}{climb}"
        else:
            if cut > x:
                lived += (f"M{x:g} {y:g}" if not lived else "") + f"H{cut:g}"
            ahead += (f"M{max(cut, x):g} {y:g}" if not ahead else "") + f"H{flat_end:g}" + climb
        if not is_last:
            x, y = edge + BEND, y - RISE
    return Strand(pillar, height, _lines(label, 15, height, LEFT - 19, 12), lived, ahead)


def _lines(text: str, x: float, middle: float, room: float, size: float) -> list[Text]:
    """A name on one line or two, beside the middle of what it names."""
    lines = broken(text, room, size)
    first = middle + 4 - (LINE / 2) * (len(lines) - 1)
    return [Text(line, x, first + number * LINE, size=size) for number, line in enumerate(lines)]


def _spread(wished: list[float], low: float, high: float) -> list[float]:
    """Places near the wished ones (sorted), apart from each other and inside the phase."""
    if not wished:
        return []
    step = min(NODE_STEP, max(high - low, 0) / max(len(wished) - 1, 1))
    places: list[float] = []
    for x in wished:
        places.append(max(min(max(x, low), high), places[-1] + step if places else low))
    limit = high
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], limit)
        limit = places[index] - step
    return [round(max(x, low), 1) for x in places]


def _shape(pillar: int, x: float, y: float) -> str:
    if pillar == 2:
        return f"M{x:g} {y - 7.5:g}L{x + 7.5:g} {y:g}L{x:g} {y + 7.5:g}L{x - 7.5:g} {y:g}z"
    if pillar == 3:
        return f"M{x:g} {y - 7.5:g}L{x + 7.5:g} {y + 6:g}H{x - 7.5:g}z"
    return ""


def _label(key: str, x: float, y: float, taken: list[Box], width: float) -> Text | None:
    """The first free place around a node: above, below, beside; none when all are taken."""
    places = [
        Text(key, x, y - 13, "mid"),
        Text(key, x, y + 21, "mid"),
        Text(key, x - 12, y - 9, "end"),
        Text(key, x + 12, y - 9, ""),
        Text(key, x - 12, y + 17, "end"),
        Text(key, x + 12, y + 17, ""),
    ]
    for text in places:
        box = text.box
        if box[0] >= LEFT and box[2] <= width and not any(overlaps(box, other) for other in taken):
            taken.append(box)
            return text
    return None


def _nodes(milestones: Sequence[Milestone], scale: _Scale, base: float, taken: list[Box], width: float) -> list[Node]:
    placed: list[tuple[Milestone, float, float]] = []
    for pillar in (1, 2, 3):
        for zone in range(len(scale.starts)):
            mine = sorted(
                (m for m in milestones if m.pillar == pillar and scale.zone(m.due_on) == zone),
                key=lambda m: (m.due_on, m.key),
            )
            # A node stands on the level, not on the climb.
            low = scale.edges[zone] + (NODE + 4 if zone == 0 else BEND + 2)
            high = scale.edges[zone + 1] - (BEND + 2 if zone < len(scale.starts) - 1 else NODE + 4)
            y = base + (pillar - 1) * GAP - zone * RISE
            for milestone, x in zip(mine, _spread([scale.x(m.due_on) for m in mine], low, high), strict=True):
                placed.append((milestone, x, y))
    for _milestone, x, y in placed:
        taken.append((x - NODE, y - NODE, x + NODE, y + NODE))
    # What waits for someone is named first; what lies far ahead gives way.
    order = {"returned": 0, "open": 1, "done": 2, "todo": 3}
    labels: dict[int, Text | None] = {}
    for index in sorted(range(len(placed)), key=lambda i: (order[placed[i][0].look], placed[i][1])):
        milestone, x, y = placed[index]
        labels[index] = _label(milestone.key, x, y, taken, width)
    return [
        Node(m.key, m.title, m.href, m.pillar, m.look, x, y, _shape(m.pillar, x, y), labels[index])
        for index, (m, x, y) in enumerate(placed)
    ]


def _ticks(scale: _Scale, y: float, words: Words, width: float) -> list[Tick]:
    ticks, free_from = [], LEFT
    day = scale.starts[0]
    while day < scale.end_on:
        x = round(scale.x(day), 1)
        text = Text(words.month(day), x + 4, y)
        fits = x + 4 >= free_from and text.box[2] <= width
        if fits:
            free_from = text.box[2] + 8
        ticks.append(Tick(x, text if fits else None))
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return ticks


def _turns(cycles: Sequence[Cycle], scale: _Scale, y: float, taken: list[Box], width: float) -> list[Turn]:
    turns: list[Turn] = []
    shown = sorted((c for c in cycles if scale.starts[0] <= c.on <= scale.end_on), key=lambda cycle: cycle.on)
    xs = [round(scale.x(cycle.on), 1) for cycle in shown]
    taken.extend((x - 9, y - 9, x + 9, y + 9) for x in xs)
    for cycle, x in zip(shown, xs, strict=True):
        label = None
        for text in (Text(cycle.label, x + 14, y - 5), Text(cycle.label, x - 14, y - 5, "end")):
            box = text.box
            if box[0] >= LEFT and box[2] <= width and not any(overlaps(box, other) for other in taken):
                taken.append(box)
                label = text
                break
        turns.append(Turn(x, y, f"M{x:g} {y - 8:g}L{x + 8:g} {y:g}L{x:g} {y + 8:g}L{x - 8:g} {y:g}z", label))
    return turns


def lattice(
    phases: Sequence[PhaseSpan],
    milestones: Sequence[Milestone],
    cycles: Sequence[Cycle],
    today: date,
    words: Words,
    width: float = 1130,
) -> Lattice:
    """Draw a journey. Phases in order; days outside the drawn time stand at its edge; `width` in pixels.

    Raises:
        ValueError: no phase that has its own stretch of time (all recurring, or none).
    """
    spans = sorted((span for span in phases if not span.is_recurring), key=lambda span: span.start_on)
    if not spans:
        raise ValueError("a journey needs at least one phase with a stretch of time")
    ends = [span.end_on or span.start_on + OPEN_END for span in spans]
    last = min(max([*ends, *(m.due_on for m in milestones), *(c.on for c in cycles)]), spans[0].start_on + FURTHEST) + timedelta(days=7)
    scale = _scale(spans, milestones, last, width)
    base = TOP + RISE * (len(spans) - 1)
    ground, rail_y, month_y = base + 94, base + 118, base + 152

    zones = []
    for index, span in enumerate(spans):
        x, room = scale.edges[index], scale.edges[index + 1] - scale.edges[index]
        zones.append(
            Zone(
                x=round(x, 1),
                width=round(room, 1),
                look=span.look,
                title=Text(shortened(span.title, room - 14, 13), round(x + 10, 1), 24, size=13),
                detail=Text(shortened(span.detail, room - 14, 12), round(x + 10, 1), 43),
                full_title=span.title,
                has_edge=index > 0 and "now" not in (span.look, spans[index - 1].look) and "done" not in (span.look,),
            )
        )

    recurring = next((span for span in phases if span.is_recurring), None)
    rail = Rail(_lines(recurring.title, -1, rail_y, LEFT - 6, 13), rail_y) if recurring else None

    taken: list[Box] = []
    here = None
    if scale.starts[0] <= today <= scale.end_on:
        x = round(scale.x(today), 1)
        flag_width = round(text_width(words.today, 12) + 18, 1)
        flag_x = min(max(x - flag_width / 2, LEFT), width - flag_width)
        here = Today(x, 66, rail_y + 16, round(flag_x, 1), flag_width, Text(words.today, round(flag_x + flag_width / 2, 1), 66, "mid"))
        taken += [(flag_x, 51, flag_x + flag_width, 73), (x - 1.5, 66, x + 1.5, rail_y + 16)]

    lived_to = here.x if here else (None if today < scale.starts[0] else scale.edges[-1])
    return Lattice(
        width=width,
        height=month_y + 6,
        ground=ground,
        zones=zones,
        strands=[_strand(i, words.pillars[i - 1], scale, base, lived_to) for i in (1, 2, 3)],
        nodes=_nodes(milestones, scale, base, taken, width),
        ticks=_ticks(scale, month_y if rail else ground + 20, words, width),
        rail=rail,
        cycles=_turns(cycles, scale, rail_y, taken, width) if rail else [],
        today=here,
        description=words.description,
    )
