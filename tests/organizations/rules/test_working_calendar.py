from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.rules.working_calendar import LAST_ANNOUNCED_YEAR, WorkingCalendar

CHINA = WorkingCalendar("cn")
PLAIN = WorkingCalendar("plain")

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))
overrides = st.dictionaries(st.dates(min_value=date(2025, 1, 1), max_value=date(2028, 12, 31)), st.booleans(), max_size=20)
calendars = st.builds(WorkingCalendar, st.sampled_from(["cn", "plain", "SE", "DE-BY", "AE"]), overrides)


def test_2026_has_248_working_days_in_china():
    assert CHINA.working_days_between(date(2026, 1, 1), date(2026, 12, 31)) == 248


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 4, 30), 1, date(2026, 5, 6)),
        (date(2026, 5, 6), 4, date(2026, 5, 11)),
        (date(2026, 9, 18), 5, date(2026, 9, 24)),
    ],
)
def test_counting_in_china_steps_over_days_off_and_counts_make_up_days(day, count, expected):
    assert CHINA.add_working_days(day, count) == expected


@pytest.mark.parametrize("day", [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20)])
def test_make_up_days_are_worked(day):
    assert CHINA.is_working(day)
    assert not PLAIN.is_working(day)


def test_zero_is_the_day_itself_or_the_next_working_one():
    assert CHINA.add_working_days(date(2026, 2, 13), 0) == date(2026, 2, 13)
    assert CHINA.add_working_days(date(2026, 2, 15), 0) == date(2026, 2, 24)


def test_a_year_without_its_notice_has_statutory_days_only_and_says_so():
    unpublished = LAST_ANNOUNCED_YEAR + 1
    assert CHINA.is_provisional(unpublished)
    assert not CHINA.is_provisional(LAST_ANNOUNCED_YEAR)
    assert not PLAIN.is_provisional(unpublished)
    off = [day for day in (date(2027, 1, 1), date(2027, 2, 5), date(2027, 4, 5), date(2027, 6, 9)) if not CHINA.is_working(day)]
    assert len(off) == 4
    assert CHINA.is_working(date(2027, 1, 4))
    assert not CHINA.is_working(date(2027, 1, 2))


def test_a_loaded_notice_replaces_every_guess():
    loaded = WorkingCalendar("cn", {date(2027, 1, 2): True}, announced_years=frozenset({2027}))
    assert not loaded.is_provisional(2027)
    assert loaded.is_working(date(2027, 2, 5)), "our guess of New Year's Eve is not in this notice"
    assert loaded.is_working(date(2027, 1, 2))


def test_other_countries_have_their_own_weekend():
    assert not WorkingCalendar("SE").is_working(date(2026, 6, 19)), "Midsummer Eve"
    assert WorkingCalendar("SA").is_working(date(2026, 7, 5)), "Sunday"


def test_lateness_counts_working_days_after_the_due_date():
    friday = date(2026, 3, 6)
    assert [PLAIN.working_days_late(friday, friday + timedelta(days=n)) for n in range(-1, 5)] == [0, 0, 0, 0, 1, 2]


def test_an_unknown_country_is_refused():
    with pytest.raises(ValueError) as refusal:
        WorkingCalendar("XX")
    assert refusal.value.args[0] == "unknown_calendar"


def test_a_calendar_without_work_is_refused_and_does_not_run_for_ever():
    idle = WorkingCalendar("plain", {date(2026, 1, 1) + timedelta(days=n): False for n in range(365 * 8)})
    with pytest.raises(ValueError) as refusal:
        idle.add_working_days(date(2026, 3, 1), 1)
    assert refusal.value.args[0] == "no_working_days"


def test_work_takes_a_day_at_least():
    with pytest.raises(ValueError) as refusal:
        PLAIN.due_on(date(2026, 3, 2), 0)
    assert refusal.value.args[0] == "length_below_one"


@given(calendar=calendars, day=days, count=st.integers(1, 400))
def test_the_nth_day_after_has_n_working_days_up_to_it(calendar, day, count):
    later = calendar.add_working_days(day, count)
    assert calendar.is_working(later)
    assert calendar.working_days_between(day + timedelta(days=1), later) == count


@given(calendar=calendars, day=days, count=st.integers(1, 400))
def test_counting_back_undoes_counting_on(calendar, day, count):
    start = calendar.add_working_days(day, 0)
    assert calendar.add_working_days(calendar.add_working_days(start, count), -count) == start


@given(calendar=calendars, day=days, one=st.integers(0, 200), two=st.integers(1, 200))
def test_counting_adds_up(calendar, day, one, two):
    start = calendar.add_working_days(day, 0)
    assert calendar.add_working_days(calendar.add_working_days(start, one), two) == calendar.add_working_days(start, one + two)


@given(calendar=calendars, start=days, length=st.integers(1, 300))
def test_a_length_holds_that_many_working_days(calendar, start, length):
    due = calendar.due_on(start, length)
    assert calendar.working_days_between(start, due) == length


@given(calendar=calendars, day=days)
def test_an_override_always_wins(calendar, day):
    for works in (True, False):
        assert WorkingCalendar(calendar.kind, {day: works}).is_working(day) is works


@given(calendar=calendars, first=days, span=st.integers(0, 900), later=st.integers(0, 900))
def test_stretches_that_meet_add_up(calendar, first, span, later):
    middle = first + timedelta(days=span)
    last = middle + timedelta(days=1 + later)
    both = calendar.working_days_between(first, middle) + calendar.working_days_between(middle + timedelta(days=1), last)
    assert both == calendar.working_days_between(first, last)
