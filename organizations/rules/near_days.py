"""Days that somebody can mean: a programme runs for a year, and a day several years away is a slip of the pen."""

from datetime import date, timedelta

FURTHEST = timedelta(days=3 * 366)


def is_near(day: date, today: date) -> bool:
    """Whether a day lies within three years of today; a chart up to any other has no end."""
    return -FURTHEST <= day - today <= FURTHEST
