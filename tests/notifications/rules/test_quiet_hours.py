from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules.back_off import next_attempt
from notifications.rules.quiet_hours import MORNING, deliver_at, is_quiet
from organizations.rules.working_calendar import WorkingCalendar

NIGHT = (time(21), time(8))
CHINA = WorkingCalendar("cn")


def local(zone, *moment, fold=0):
    return datetime(*moment, tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local("Asia/Shanghai", 2026, 9, 18, 15), local("Asia/Shanghai", 2026, 9, 18, 15)),
        (local("Asia/Shanghai", 2026, 9, 18, 21), local("Asia/Shanghai", 2026, 9, 19, 8)),
        (local("Asia/Shanghai", 2026, 9, 18, 7, 59), local("Asia/Shanghai", 2026, 9, 18, 8)),
        (local("Asia/Shanghai", 2026, 9, 18, 8), local("Asia/Shanghai", 2026, 9, 18, 8)),
    ],
)
def test_the_night_waits_for_the_morning(now, expected):
    assert deliver_at(now, "Asia/Shanghai", *NIGHT) == expected


def test_quiet_hours_go_by_the_persons_own_clock():
    now = datetime(2026, 9, 18, 14, tzinfo=UTC)
    assert deliver_at(now, "Asia/Shanghai", *NIGHT) == local("Asia/Shanghai", 2026, 9, 19, 8)
    assert deliver_at(now, "Europe/Stockholm", *NIGHT) == now


def test_days_off_wait_for_the_next_working_day_and_make_up_days_count():
    friday_evening = local("Asia/Shanghai", 2026, 9, 18, 22)
    assert deliver_at(friday_evening, "Asia/Shanghai", *NIGHT, CHINA) == local("Asia/Shanghai", 2026, 9, 20, 8)
    holiday = local("Asia/Shanghai", 2026, 10, 1, 12)
    assert deliver_at(holiday, "Asia/Shanghai", *NIGHT, CHINA) == local("Asia/Shanghai", 2026, 10, 8, 8)
    none = (time(0), time(0))
    assert deliver_at(holiday, "Asia/Shanghai", *none, CHINA) == local("Asia/Shanghai", 2026, 10, 8, MORNING.hour)


def test_a_rest_at_noon_is_quiet_too():
    noon = (time(12), time(14))
    assert deliver_at(local("UTC", 2026, 9, 18, 13), "UTC", *noon) == local("UTC", 2026, 9, 18, 14)
    assert deliver_at(local("UTC", 2026, 9, 18, 15), "UTC", *noon) == local("UTC", 2026, 9, 18, 15)


def test_when_the_clock_skips_the_end_of_quiet_hours_they_end_with_the_jump():
    now = local("Europe/Stockholm", 2026, 3, 29, 1, 30)
    found = deliver_at(now, "Europe/Stockholm", time(22), time(2, 30))
    assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.astimezone(ZoneInfo("Europe/Stockholm")).time() == time(3, 30)


def test_when_an_hour_comes_twice_the_second_one_has_its_own_end():
    quiet = (time(22), time(2, 30))
    before = local("Europe/Stockholm", 2026, 10, 25, 1)
    assert deliver_at(before, "Europe/Stockholm", *quiet) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = local("Europe/Stockholm", 2026, 10, 25, 2, 10, fold=1)
    assert deliver_at(again, "Europe/Stockholm", *quiet) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_instant_without_time_zone_is_refused():
    with pytest.raises(ValueError) as refusal:
        deliver_at(datetime(2026, 9, 18), "UTC", *NIGHT)  # noqa: DTZ001 - that is what is refused
    assert refusal.value.args == ("no_time_zone",)


zones = st.sampled_from(
    ["Asia/Shanghai", "Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"]
)
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them so
near_a_jump = st.builds(
    lambda day, minute: datetime(*day, tzinfo=UTC) + timedelta(minutes=minute),
    st.sampled_from([(2026, 3, 28), (2026, 3, 29), (2026, 10, 24), (2026, 10, 25), (2026, 11, 1), (2026, 4, 4), (2026, 10, 3)]),
    st.integers(0, 24 * 60),
)
calendars = st.sampled_from([None, CHINA, WorkingCalendar("plain")])


@given(now=moments | near_a_jump, zone=zones, quiet=st.tuples(minutes, minutes), calendar=calendars)
def test_a_notice_is_never_early_never_in_quiet_hours_and_never_put_off_twice(now, zone, quiet, calendar):
    found = deliver_at(now, zone, *quiet, calendar)
    clock = found.astimezone(ZoneInfo(zone))
    assert found >= now
    assert found.utcoffset() == timedelta(0)
    assert not is_quiet(clock.time(), *quiet)
    assert calendar is None or calendar.is_working(clock.date())
    assert deliver_at(found, zone, *quiet, calendar) == found
    if calendar is None:
        assert found - now <= timedelta(hours=25)


@given(now=moments, zone=zones, quiet=st.tuples(minutes, minutes))
def test_outside_quiet_hours_nothing_waits(now, zone, quiet):
    if not is_quiet(now.astimezone(ZoneInfo(zone)).time(), *quiet):
        assert deliver_at(now, zone, *quiet) == now


@given(now=moments)
def test_the_same_instant_written_in_another_zone_gives_the_same_answer(now):
    shifted = now.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert deliver_at(shifted, "Asia/Shanghai", *NIGHT) == deliver_at(now, "Asia/Shanghai", *NIGHT)


def test_failed_deliveries_are_tried_again_five_times_at_growing_distance():
    now = datetime(2026, 9, 18, tzinfo=UTC)
    waits = [next_attempt(attempt, now) for attempt in range(1, 7)]
    assert waits == [now + timedelta(minutes=m) for m in (1, 5, 30, 120, 720)] + [None]
    with pytest.raises(ValueError):
        next_attempt(0, now)
