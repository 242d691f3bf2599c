"""When the next meeting is expected, when it is overdue, which ones kept the rhythm."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.meeting_rhythm import is_kept, kept, next_expected, standing

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
intervals = st.integers(1, 92)


def test_two_weeks_after_the_last_one():
    assert next_expected(date(2026, 9, 15), date(2026, 9, 1), 14) == date(2026, 9, 29)
    assert next_expected(None, date(2026, 9, 1), 14) == date(2026, 9, 15)
    # A meeting before the pairing began is no meeting of this rhythm.
    assert next_expected(date(2026, 8, 1), date(2026, 9, 1), 14) == date(2026, 9, 15)


@pytest.mark.parametrize(("today", "overdue", "late"), [(15, False, 0), (16, False, 1), (22, False, 7), (23, True, 8)])
def test_overdue_after_half_an_interval_more(today, overdue, late):
    found = standing(None, date(2026, 9, 1), 14, date(2026, 9, today))
    assert (found.expected_on, found.is_overdue, found.days_late) == (date(2026, 9, 15), overdue, late)


@given(days, intervals, st.integers(-200, 200))
def test_kept_within_half_an_interval_and_overdue_exactly_when_no_longer_to_be_kept(began, every, distance):
    expected = next_expected(None, began, every)
    day = expected + timedelta(days=distance)
    assert is_kept(expected, day, every) == (abs(distance) * 2 <= every)
    assert standing(None, began, every, day).is_overdue == (distance > 0 and not is_kept(expected, day, every))


@given(days, intervals, st.integers(0, 20))
def test_who_meets_on_the_day_keeps_every_one(began, every, count):
    held = [began + timedelta(days=every * number) for number in range(1, count + 1)]
    assert kept(list(reversed(held)), began, every) == (count, count)


@given(days, intervals, st.lists(st.integers(0, 900), max_size=20))
def test_no_more_are_kept_than_were_held(began, every, offsets):
    count, of = kept([began + timedelta(days=offset) for offset in offsets], began, every)
    assert 0 <= count <= of == len(offsets)


def test_a_rhythm_has_a_day_at_least():
    with pytest.raises(ValueError, match="interval_below_one"):
        next_expected(None, date(2026, 9, 1), 0)
