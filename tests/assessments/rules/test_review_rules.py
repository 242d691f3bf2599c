"""Moves of cycles and reviews, the window for an appeal, the radar's geometry."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.appeal_window import is_open, last_day
from assessments.rules.radar import radar
from assessments.rules.review_states import after_vote, cycle_can_become, review_can_become
from assessments.vocabulary import CycleState, ReviewState
from organizations.rules.working_calendar import WorkingCalendar


@given(st.lists(st.sampled_from(list(ReviewState)), max_size=12))
def test_what_is_decided_stays_and_votes_never_close_again(targets):
    state, path = ReviewState.GATHERING, []
    for target in targets:
        if review_can_become(state, target):
            state = target
            path.append(state)
    if ReviewState.DECIDED in path:
        assert path[-1] == ReviewState.DECIDED
        assert ReviewState.VOTING in path and ReviewState.VOTED in path
    if ReviewState.VOTED in path:
        assert set(path[path.index(ReviewState.VOTED) :]) <= {ReviewState.VOTED, ReviewState.DECIDED}


@given(st.lists(st.sampled_from(list(CycleState)), max_size=8))
def test_a_cycle_closes_once_and_then_finishes(targets):
    state, path = CycleState.OPEN, [CycleState.OPEN]
    for target in targets:
        if cycle_can_become(state, target):
            state = target
            path.append(state)
    assert path == list(CycleState)[: len(path)]


@given(panel=st.integers(2, 9), votes=st.integers(0, 9))
def test_votes_open_when_all_are_in(panel, votes):
    assert (after_vote(panel, votes) == ReviewState.VOTED) == (votes >= panel)


def test_an_appeal_has_fifteen_working_days():
    calendar = WorkingCalendar("cn")
    decided_on = date(2026, 6, 1)
    end = last_day(decided_on, calendar)
    # 19 June is the Dragon Boat holiday.
    assert end == date(2026, 6, 23)
    assert (is_open(decided_on, end, calendar), is_open(decided_on, end + timedelta(days=1), calendar)) == (True, False)


AXES = ["F01", "F02", "F03", "F04"]


def test_a_full_series_is_one_closed_line_and_a_gap_breaks_it():
    drawn = radar(AXES, [(0, dict.fromkeys(AXES, 5.0)), (1, {"F01": 3.0, "F02": 3.0}), (2, {"F03": 2.0})])
    assert (drawn.lines[0].path.endswith("z"), drawn.lines[0].dots) == (True, ())
    assert (drawn.lines[1].path.count("M"), drawn.lines[1].dots) == (1, ())
    assert (drawn.lines[2].path, len(drawn.lines[2].dots)) == ("", 1)


def test_two_axes_are_no_radar():
    with pytest.raises(ValueError, match="too_few_axes"):
        radar(["F01", "F02"], [])


@given(st.lists(st.one_of(st.none(), st.floats(1, 5)), min_size=3, max_size=12))
def test_everything_lies_inside_the_picture(values):
    axes = [f"F{number:02}" for number in range(len(values))]
    drawn = radar(axes, [(0, {axis: value for axis, value in zip(axes, values, strict=True) if value is not None})])
    numbers = [float(found) for found in re.findall(r"-?\d+\.\d+", drawn.lines[0].path)]
    assert all(0 <= number <= 360 for number in numbers)
