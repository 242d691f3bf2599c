"""Periods of the report: half-years of the calendar, as review cycles run."""

from datetime import date

Period = tuple[int, int]  # year, and 1 or 2


def half_year(day: date) -> Period:
    """The half-year that a day lies in."""
    return day.year, 1 if day.month <= 6 else 2
