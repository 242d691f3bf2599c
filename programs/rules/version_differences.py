"""What changed between two versions of a template, matched by the keys that stay the same across versions."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


@dataclass(frozen=True)
class Element:
    """A part of a version: `kind` and `key` name it, `parent` is the key of what it stands in, `position` its place
    there, `values` all that can be edited on it."""

    kind: str
    key: str
    parent: str = ""
    position: int = 0
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ValueChange:
    """One edited value."""

    name: str
    old: object
    new: object


@dataclass(frozen=True)
class ElementDifference:
    """One element that differs. An element can be both changed and moved: then `changes` and `moved_to` are set, and
    `op` is changed."""

    op: str
    kind: str
    key: str
    changes: tuple[ValueChange, ...] = ()
    moved_from: tuple[str, int] | None = None
    moved_to: tuple[str, int] | None = None


def version_differences(old: Iterable[Element], new: Iterable[Element]) -> list[ElementDifference]:
    """What was added, removed, changed and moved; the new version's order, then what was removed, in the old order.

    Moved means another parent, or another place among the elements that both versions have: adding or removing an
    element moves none of its neighbors, and of two that change places only one is named.
    """
    before = {(element.kind, element.key): element for element in old}
    after = {(element.kind, element.key): element for element in new}
    moved = _moved(before, after)
    found = []
    for name, element in after.items():
        earlier = before.get(name)
        if earlier is None:
            place = (element.parent, element.position)
            found.append(ElementDifference(ADDED, element.kind, element.key, moved_to=place))
            continue
        changes = _value_changes(earlier.values, element.values)
        if changes or name in moved:
            way = ((earlier.parent, earlier.position), (element.parent, element.position)) if name in moved else (None, None)
            found.append(ElementDifference(CHANGED if changes else MOVED, element.kind, element.key, changes, *way))
    return found + [
        ElementDifference(REMOVED, element.kind, element.key, moved_from=(element.parent, element.position))
        for name, element in before.items()
        if name not in after
    ]


def _value_changes(old: Mapping, new: Mapping) -> tuple[ValueChange, ...]:
    """Edited values; texts in two languages language by language, so that one sees which was touched."""
    changes = []
    for name in dict.fromkeys([*new, *old]):
        one, other = old.get(name), new.get(name)
        if one == other:
            continue
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            changes += [
                ValueChange(f"{name}.{part}", one.get(part), other.get(part))
                for part in dict.fromkeys([*other, *one])
                if one.get(part) != other.get(part)
            ]
        else:
            changes.append(ValueChange(name, one, other))
    return tuple(changes)


def _moved(before: Mapping, after: Mapping) -> set[tuple[str, str]]:
    """The fewest elements that, taken out and put back, turn the old order into the new one."""
    moved = set()
    siblings: dict[tuple[str, str], list] = {}
    for name, element in after.items():
        earlier = before.get(name)
        if earlier is None:
            continue
        if earlier.parent != element.parent:
            moved.add(name)
        else:
            siblings.setdefault((element.kind, element.parent), []).append(name)
    for names in siblings.values():
        names.sort(key=lambda name: after[name].position)
        kept = _longest_rising([before[name].position for name in names])
        moved.update(name for at, name in enumerate(names) if at not in kept)
    return moved


def _longest_rising(numbers: list[int]) -> set[int]:
    """The places of a longest rising run of numbers, not necessarily next to each other."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        previous.append(ends[length - 1] if length else None)
        tails[length:] = [number, *tails[length + 1 :]]
        ends[length:] = [at, *ends[length + 1 :]]
    kept = set()
    at = ends[-1] if ends else None
    while at is not None:
        kept.add(at)
        at = previous[at]
    return kept
