"""When a gate may be held: gates follow each other in their order, and none is moved into the past."""

from collections.abc import Sequence
from datetime import date


def fault(day: date, before: Sequence[date], after: Sequence[date], today: date) -> str:
    """What is wrong with a day for a gate, between the days of those before and after it; empty where nothing is.

    "passed", the day lies in the past; "too_early", an earlier gate is not held by then; "too_late", a later one would be held first.
    """
    if day < today:
        return "passed"
    if any(day <= one for one in before):
        return "too_early"
    return "too_late" if any(day >= one for one in after) else ""
