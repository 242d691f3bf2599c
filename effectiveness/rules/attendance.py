"""Who stayed long enough to count as having attended. Source: built-in D8, "80% of the time or more counts as attended"."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

ENOUGH = 80  # percent of the planned time


def share(minutes: int | None, planned: int) -> int | None:
    """Percent of the planned time someone was there, at most 100; None where it was not written down.

    Worked example: 90 of 120 minutes are 75.
    """
    if minutes is None or planned <= 0:
        return None
    return min(100, (max(minutes, 0) * 200 + planned) // (2 * planned))


def stayed(minutes: int | None, planned: int) -> bool:
    """Whether someone was there for at least 80 percent of the planned time.

    Counted in minutes, not in rounded percent: 95 of 120 is 79.2 percent and not enough, 96 is.
    """
    return minutes is not None and planned > 0 and minutes * 100 >= planned * ENOUGH


@dataclass(frozen=True)
class Seat:
    """One person on the list of one session; `minutes` they were there of those `planned`."""

    person: Hashable
    minutes: int
    planned: int


@dataclass(frozen=True)
class Coverage:
    """Of how many different people on the lists, how many attended."""

    attended: int
    people: int


def coverage(seats: Iterable[Seat]) -> Coverage:
    """Each person once: who was there for 80 percent of the time planned in all sessions they were invited to. Source: content, K1.

    Worked example: of two sessions of 60 minutes, 60 and 40 are 83 percent and enough, 60 and 30 are 75 and not.
    """
    there: dict[Hashable, tuple[int, int]] = {}
    for seat in seats:
        minutes, planned = there.get(seat.person, (0, 0))
        there[seat.person] = (minutes + min(max(seat.minutes, 0), seat.planned), planned + seat.planned)
    return Coverage(sum(stayed(minutes, planned) for minutes, planned in there.values()), len(there))
