"""How long a decision can be appealed against. Source: content 4, 5.4."""

from datetime import date

from organizations.rules.working_calendar import WorkingCalendar

DAYS = 15  # working days after the day of the decision


def last_day(decided_on: date, calendar: WorkingCalendar) -> date:
    """The last day for an appeal: the fifteenth working day after the decision. Worked: decided on Mon 1 Jun 2026, Tue 23 Jun
    2026 (19 June is a holiday in China)."""
    return calendar.add_working_days(decided_on, DAYS)


def is_open(decided_on: date, today: date, calendar: WorkingCalendar) -> bool:
    """Whether an appeal still comes in time, the last day included."""
    return today <= last_day(decided_on, calendar)
