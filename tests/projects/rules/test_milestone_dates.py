"""What is late before makes later what comes after it; what was reached stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.rules.working_calendar import WorkingCalendar
from projects.rules.milestone_dates import MilestoneFacts, OnTime, expected, holding_up, makes_circle, on_time

PLAIN = WorkingCalendar("plain")
START = date(2026, 9, 1)


def day(number: int) -> date:
    return PLAIN.add_working_days(START, number)


DAYS = st.integers(0, 80)


@st.composite
def plans(draw):
    """Milestones in order, each after one before it or after none."""
    offsets = sorted(draw(st.lists(DAYS, min_size=1, max_size=8)))
    return [
        MilestoneFacts(
            key=number,
            planned=day(offset),
            forecast=draw(st.none() | DAYS.map(day)),
            actual=draw(st.none() | DAYS.map(day)),
            after=draw(st.none() | st.integers(0, number - 1)) if number else None,
        )
        for number, offset in enumerate(offsets)
    ]


@given(plans())
def test_expected_days_keep_the_distance_of_the_plan(plan):
    days = expected(plan, PLAIN)
    for one in plan:
        if one.actual is not None:
            assert days[one.key] == one.actual
            continue
        assert days[one.key] >= (one.forecast or one.planned)
        if one.after is not None:
            before = plan[one.after]
            between = PLAIN.working_days_between(before.planned + timedelta(days=1), one.planned)
            assert days[one.key] >= PLAIN.add_working_days(days[before.key], between)


@given(plans())
def test_a_plan_without_changes_is_expected_as_planned(plan):
    bare = [MilestoneFacts(one.key, one.planned, after=one.after) for one in plan]
    assert expected(bare, PLAIN) == {one.key: one.planned for one in plan}


def test_worked_by_hand():
    plan = [
        MilestoneFacts(1, day(5), actual=day(8)),
        MilestoneFacts(2, day(10), after=1),
        MilestoneFacts(3, day(12), forecast=day(20), after=2),
        MilestoneFacts(4, day(15), after=3),
    ]
    assert expected(plan, PLAIN) == {1: day(8), 2: day(13), 3: day(20), 4: day(23)}
    assert holding_up(plan, 4) == (2, 3, 4)


def test_circles_are_found_and_refused():
    assert makes_circle({1: 2, 2: 1})
    assert makes_circle({1: 1})
    assert not makes_circle({1: None, 2: 1, 3: 1})
    with pytest.raises(ValueError, match="circle"):
        expected([MilestoneFacts(1, START, after=2), MilestoneFacts(2, START, after=1)], PLAIN)


def test_on_time_counts_what_was_due_by_its_baseline():
    plan = [
        MilestoneFacts(1, day(5), baseline=day(5), actual=day(5)),
        MilestoneFacts(2, day(6), baseline=day(6), actual=day(7)),
        MilestoneFacts(3, day(8), baseline=day(8)),
        MilestoneFacts(4, day(30), baseline=day(30)),
        MilestoneFacts(5, day(1)),
    ]
    assert on_time(plan, day(10)) == OnTime(due=3, reached=1)
