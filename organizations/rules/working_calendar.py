"""Working days: which days count, and how to count them.

Every due date of a program is so many working days after another day, so one trainee's plan asks this a few hundred
times. Each year is worked out once per process and then only searched.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

import chinese_calendar

CHINA = "cn"
PLAIN = "plain"

# The State Council's notices that the installed data knows; it raises for any other year.
FIRST_ANNOUNCED_YEAR = min(chinese_calendar.constants.holidays).year
LAST_ANNOUNCED_YEAR = max(chinese_calendar.constants.holidays).year

# Someone who marks every day as off would have the count run to the end of time.
MOST_YEARS_WITHOUT_WORK = 3


@dataclass(frozen=True)
class WorkingCalendar:
    """The days on which an organization works.

    `kind` is "cn" (China's official days with their swapped weekends), "plain" (Monday to Friday), or a country code
    of `holidays`, with a region where it has one: "DE", "DE-BY". `overrides` are the organization's own days, True for
    worked. `announced_years` are years of which it loaded the official notice: there its days stand on plain weekends,
    so that no guess of ours remains.

    Raises:
        ValueError: "unknown_calendar", no such country or region.
    """

    kind: str = CHINA
    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)
    announced_years: frozenset[int] = frozenset()

    def __post_init__(self):
        if self.kind not in (CHINA, PLAIN):
            _country(self.kind, 2026)
        object.__setattr__(self, "_years", {})

    def is_working(self, day: date) -> bool:
        """Whether one works on that day."""
        days = self._year(day.year)
        at = bisect_left(days, day.toordinal())
        return at < len(days) and days[at] == day.toordinal()

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a day; before it, for a negative count.

        0 answers the day itself, or the next working day where it is none.
        Source: decisions, "+n is the n-th working day after it".

        Raises:
            ValueError: "no_working_days", the calendar has none for years on end, or time itself ends.
        """
        if count == 0:
            return self._nth(day.year, bisect_left(self._year(day.year), day.toordinal()))
        if count > 0:
            return self._nth(day.year, bisect_right(self._year(day.year), day.toordinal()) + count - 1)
        return self._nth(day.year, bisect_left(self._year(day.year), day.toordinal()) + count)

    def last_working_day(self, day: date) -> date:
        """The day itself, or the last working day before it: where a window closes on a day off."""
        return day if self.is_working(day) else self.add_working_days(day, -1)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie from the first day to the last, both counted; 0 where the last comes first."""
        if last < first:
            return 0
        if first.year == last.year:
            days = self._year(first.year)
            return bisect_right(days, last.toordinal()) - bisect_left(days, first.toordinal())
        whole = sum(len(self._year(year)) for year in range(first.year + 1, last.year))
        opening, closing = self._year(first.year), self._year(last.year)
        return whole + len(opening) - bisect_left(opening, first.toordinal()) + bisect_right(closing, last.toordinal())

    def working_days_late(self, due: date, today: date) -> int:
        """How many working days have gone by since a due date; 0 on the day itself and before."""
        return self.working_days_between(due + timedelta(days=1), today)

    def due_on(self, start: date, length: int) -> date:
        """The last of `length` working days that begin with `start` (or with the next working day after it).

        Raises:
            ValueError: "length_below_one", work takes a day at least.
        """
        if length < 1:
            raise ValueError("length_below_one", length)
        first = self.add_working_days(start, 0)
        return self.add_working_days(first, length - 1) if length > 1 else first

    def is_provisional(self, year: int) -> bool:
        """Whether a year's official notice is still to come, so that dates in it may move."""
        return self.kind == CHINA and year > LAST_ANNOUNCED_YEAR and year not in self.announced_years

    def _nth(self, year: int, index: int) -> date:
        """The working day at an index counted from a year's first one; the index may run into other years."""
        without_work = 0
        while not 0 <= index < len(self._year(year)):
            if index < 0:
                year -= 1
                index += len(self._year(year)) if year >= MINYEAR else 0
            else:
                index -= len(self._year(year))
                year += 1
            within = MINYEAR <= year <= MAXYEAR
            without_work = 0 if within and self._year(year) else without_work + 1
            if not within or without_work > MOST_YEARS_WITHOUT_WORK:
                raise ValueError("no_working_days", year)
        return date.fromordinal(self._year(year)[index])

    def _year(self, year: int) -> tuple[int, ...]:
        """The ordinals of a year's working days, ascending."""
        days = self._years.get(year)
        if days is None:
            days = _working_days(PLAIN if year in self.announced_years else self.kind, year)
            own = {day: works for day, works in self.overrides.items() if day.year == year}
            if own:
                kept = set(days).difference(day.toordinal() for day in own)
                days = tuple(sorted(kept.union(day.toordinal() for day, works in own.items() if works)))
            self._years[year] = days
        return days


@lru_cache(maxsize=256)
def _working_days(kind: str, year: int) -> tuple[int, ...]:
    works = _is_working_in(kind, year)
    first, after = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
    return tuple(ordinal for ordinal in range(first, after) if works(date.fromordinal(ordinal)))


def _is_working_in(kind: str, year: int):
    if kind == PLAIN:
        return _is_weekday
    if kind != CHINA:
        country = _country(kind, year)
        return lambda day: country.is_working_day(day)
    if FIRST_ANNOUNCED_YEAR <= year <= LAST_ANNOUNCED_YEAR:
        return chinese_calendar.is_workday
    # No notice yet: the statutory days alone, no swapped weekends, which nobody can know.
    statutory = _country("CN", year)
    return lambda day: _is_weekday(day) and day not in statutory


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


@lru_cache(maxsize=256)
def _country(kind: str, year: int):
    import holidays  # all countries of the world: only where one of them is asked for

    code, _, region = kind.partition("-")
    # Neighboring years too: a day off can be moved over New Year.
    years = range(year - 1, year + 2)
    try:
        known = holidays.country_holidays(code, subdiv=region or None, years=years)
        # Days off by custom, such as Midsummer Eve: nobody is at work on them either.
        if holidays.DE_FACTO in known.supported_categories:
            both = (holidays.PUBLIC, holidays.DE_FACTO)
            return holidays.country_holidays(code, subdiv=region or None, years=years, categories=both)
        return known
    except NotImplementedError as unknown:
        raise ValueError("unknown_calendar", kind) from unknown
