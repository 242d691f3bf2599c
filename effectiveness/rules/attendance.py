"""Who stayed long enough to count as having attended. Source: built-in D8, "80% of the time or more counts as attended"."""

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
