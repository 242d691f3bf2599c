"""Weeks for which a trainee notes their hours."""

from datetime import date, timedelta

WEEKS_BACK = 4  # that can still be noted: later nobody remembers
MOST_HOURS = 60


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def weeks_to_note(start_on: date, today: date) -> list[date]:
    """Mondays of this week and of up to four before it, the newest first; none before the programme begins."""
    this, first = monday_of(today), monday_of(start_on)
    return [week for week in (this - timedelta(weeks=back) for back in range(WEEKS_BACK + 1)) if week >= first]
