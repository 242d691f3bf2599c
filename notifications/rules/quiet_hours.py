"""When a notice may reach someone: not at night, and not on a day off."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

# On the first working day after days off, where quiet hours do not end in the morning themselves.
MORNING = time(9)


class WorkingDays(Protocol):
    """What is asked of a calendar; organizations' WorkingCalendar answers it."""

    def is_working(self, day: date) -> bool: ...

    def add_working_days(self, day: date, count: int) -> date: ...


def deliver_at(
    now: datetime,
    time_zone: str,
    quiet_from: time,
    quiet_until: time,
    calendar: WorkingDays | None = None,
) -> datetime:
    """The moment from which a notice may be delivered, in UTC: now, or when quiet hours and days off are over.

    `now` is an instant with a time zone. Quiet hours are by the person's own clock, may run over midnight, and are
    none where both ends are equal. With a calendar, days off are quiet from midnight to midnight. Where the clock is
    put forward over the end of quiet hours, they end when the clock goes on; where it is put back, they end at the
    first moment after now at which the clock shows the hour.

    Raises:
        ValueError: "no_time_zone", `now` has none.
    """
    if now.tzinfo is None:
        raise ValueError("no_time_zone")
    zone = ZoneInfo(time_zone)
    moment = now.astimezone(UTC)
    while True:
        local = moment.astimezone(zone)
        if calendar is not None and not calendar.is_working(local.date()):
            day = calendar.add_working_days(local.date(), 0)
            moment = _at(zone, day, _start_of_day(quiet_from, quiet_until), moment)
        elif is_quiet(local.time(), quiet_from, quiet_until):
            ends_tomorrow = local.time() >= quiet_until
            day = local.date() + timedelta(days=1) if ends_tomorrow else local.date()
            moment = _at(zone, day, quiet_until, moment)
        else:
            return moment


def is_quiet(clock: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether a time of day lies in quiet hours; their end is outside."""
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def _start_of_day(quiet_from: time, quiet_until: time) -> time:
    """When one begins to tell people on a working day after days off."""
    return quiet_until if quiet_from > quiet_until else MORNING


def _at(zone: ZoneInfo, day: date, clock: time, after: datetime) -> datetime:
    """The first instant not before another one at which the clock on the wall shows a time of day."""
    # An hour that comes twice has two instants; one that the clock skips has one, told by the offset before the jump.
    instants = [datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min((instant for instant in instants if instant > after), default=max(instants))
