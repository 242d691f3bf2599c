"""Which task waits for which, and what a finished task unlocks.

`requires` maps every task's key to the keys of the tasks that must be approved or waived before it.
"""

from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush


def unknown(requires: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Pairs of a task and a prerequisite that is no task: it could never open."""
    return sorted((key, needed) for key, all_needed in requires.items() for needed in all_needed if needed not in requires)


def in_order(requires: Mapping[str, Collection[str]]) -> list[str]:
    """The keys so that each comes after its prerequisites, otherwise by key.

    Raises:
        ValueError: "circle" with the keys of one, each waiting for the next.
    """
    missing = {key: {needed for needed in all_needed if needed in requires} for key, all_needed in requires.items()}
    waits_for_me = _turned_round(missing)
    ready = [key for key, needed in missing.items() if not needed]
    heapify(ready)
    order = []
    while ready:
        key = heappop(ready)
        order.append(key)
        for waiting in waits_for_me.get(key, ()):
            missing[waiting].discard(key)
            if not missing[waiting]:
                heappush(ready, waiting)
    if len(order) < len(requires):
        raise ValueError("circle", tuple(find_circle(requires)))
    return order


def find_circle(requires: Mapping[str, Collection[str]]) -> list[str]:
    """One circle of tasks that wait for each other, each key waiting for the next one; empty where there is none."""
    # Only what lies on a circle, or waits for one, is never free: walk within it and a key comes back.
    left = {key: {needed for needed in all_needed if needed in requires} for key, all_needed in requires.items()}
    while free := {key for key, needed in left.items() if not needed}:
        left = {key: needed - free for key, needed in left.items() if key not in free}
    if not left:
        return []
    walk, key = [], min(left)
    while key not in walk:
        walk.append(key)
        key = min(left[key])
    return walk[walk.index(key) :]


def open_tasks(
    requires: Mapping[str, Collection[str]],
    phase_of: Mapping[str, str],
    finished: Collection[str],
    open_phases: Collection[str],
) -> set[str]:
    """The tasks that are not locked: their phase has been reached and all that they wait for is approved or waived."""
    finished = set(finished)
    return {key for key, needed in requires.items() if key in finished or (phase_of[key] in open_phases and finished.issuperset(needed))}


def unlocked_by(
    key: str,
    requires: Mapping[str, Collection[str]],
    phase_of: Mapping[str, str],
    finished: Collection[str],
    open_phases: Collection[str],
) -> set[str]:
    """The tasks that open at the moment when this one is finished as well."""
    before = open_tasks(requires, phase_of, set(finished) - {key}, open_phases)
    return open_tasks(requires, phase_of, {*finished, key}, open_phases) - before - {key}


def waits_for(key: str, requires: Mapping[str, Collection[str]], finished: Collection[str]) -> list[str]:
    """What a locked task still waits for, by key; said beside the lock."""
    return sorted(set(requires[key]).difference(finished))


def _turned_round(requires: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    waits: dict[str, list[str]] = {}
    for key, all_needed in requires.items():
        for needed in all_needed:
            waits.setdefault(needed, []).append(key)
    return waits
