"""How long to wait before a delivery that failed is tried again."""

from datetime import datetime, timedelta

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failed attempts; None when it is time to give up and say so.

    Raises:
        ValueError: "no_attempt", nothing has been tried yet.
    """
    if attempts < 1:
        raise ValueError("no_attempt", attempts)
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
