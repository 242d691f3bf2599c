"""A certificate's number and how long it holds."""

from datetime import date

PREFIX = "TRL"


def number(year: int, serial: int) -> str:
    """TRL-2026-000123: the 123rd that an organization issued in 2026."""
    return f"{PREFIX}-{year}-{serial:06}"


def last_day(issued_on: date, years: int) -> date | None:
    """The last day on which it holds: the same day after so many years; None for 0, without end.

    29 February ends on the 28th where the last year has none.
    """
    if not years:
        return None
    try:
        return issued_on.replace(year=issued_on.year + years)
    except ValueError:
        return issued_on.replace(year=issued_on.year + years, day=28)
