"""How many trainees a mentor takes at the same time."""

SMALLEST, LARGEST, USUAL = 1, 10, 3


def free_places(capacity: int, live: int) -> int:
    """How many more trainees a mentor can take; never below 0, also where someone was named beyond it.

    `live` counts pairings that are active or paused and proposals that wait for an answer: a place that is offered is taken.
    """
    return max(capacity - live, 0)


def is_over(capacity: int, live: int) -> bool:
    """Whether a mentor has more trainees than they said they can take. Source: content, SF2 rhythm and load."""
    return live > capacity
