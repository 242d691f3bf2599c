"""The working calendar of one year, as its page shows it."""

from dataclasses import dataclass
from datetime import date

from organizations.models import CalendarDay
from organizations.rules.working_calendar import WorkingCalendar


@dataclass(frozen=True)
class CalendarYear:
    """The exceptions of one year, and how many days are worked in it with them; one query."""

    year: int
    days: list[CalendarDay]
    working_days: int


def calendar_year(kind: str, year: int) -> CalendarYear:
    """One year of the organization's calendar."""
    days = list(CalendarDay.objects.filter(day__year=year).order_by("day"))
    calendar = WorkingCalendar(kind, {entry.day: entry.is_working for entry in days})
    first, last = date(year, 1, 1), date(year, 12, 31)
    return CalendarYear(year, days, calendar.working_days_between(first, last))
