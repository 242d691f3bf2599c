"""When things happened in the story: working days before today, at hours in which people work."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from zlib import crc32
from zoneinfo import ZoneInfo

from organizations.rules.working_calendar import WorkingCalendar

FIRST_MINUTE, LAST_MINUTE = 8 * 60 + 40, 18 * 60 + 20
WORK_BEGINS = time(8, 30)
# What has happened must have happened when someone looks, even a moment after.
MARGIN = timedelta(minutes=3)


def pick(key: str, count: int) -> int:
    """A number from 0 to count - 1 that is the same for the same key on every machine."""
    return crc32(key.encode()) % count


class Days:
    """The calendar of one organization, seen from the moment at which the story is told."""

    def __init__(self, calendar: WorkingCalendar, zone: str, now: datetime):
        self.calendar, self.zone = calendar, ZoneInfo(zone)
        self.now = now.astimezone(self.zone)
        self.today = self.now.date()

    @cached_property
    def last_day(self) -> date:
        """Today, or the last day on which people worked."""
        return self.calendar.last_working_day(self.today)

    def ago(self, days: int) -> date:
        """So many working days before today; ahead of it for a negative number."""
        return self.calendar.add_working_days(self.last_day, -days)

    def shift(self, day: date, days: int) -> date:
        """So many working days after a day."""
        return self.calendar.add_working_days(day, days)

    def moment(self, day: date, clock: str = "", key: str = "") -> datetime:
        """A day at a time such as "17:42"; without one at some time of a working day, always the same for the same key."""
        minutes = FIRST_MINUTE + pick(key, LAST_MINUTE - FIRST_MINUTE)
        at = time.fromisoformat(clock) if clock else time(minutes // 60, minutes % 60)
        return datetime.combine(day, at, self.zone)

    def recently(self, minutes: int) -> datetime:
        """So many minutes ago, where people were at work by then; else in the evening of the last day before today."""
        moment = self.now - timedelta(minutes=minutes) - MARGIN
        begins = datetime.combine(self.last_day, WORK_BEGINS, self.zone)
        if self.last_day == self.today and begins <= moment:
            return moment
        # Later is later in the evening too: 20:30 at most, for what was a minute ago.
        return datetime.combine(self.ago(1), time(20, 30), self.zone) - timedelta(minutes=min(minutes, 150))

    def has_come(self, moment: datetime) -> bool:
        """Whether it lies in the past."""
        return moment <= self.now - MARGIN
