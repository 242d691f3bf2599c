"""What time it is. One place, so that a story told in the past (the demo) or in a test is dated as it happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("trellis_clock", default=None)


def now() -> datetime:
    """This moment, or the one that is being told of."""
    return _told.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, everything happens at this moment."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
