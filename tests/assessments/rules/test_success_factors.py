"""The signals of SF1-SF5: worked examples, and None where there is nothing to divide by."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.rules.success_factors import Rhythm, commitment, fresh, part, planned_hours, planned_meetings, rating, rhythm, share, shown


@pytest.mark.parametrize(("part", "whole", "value"), [(3, 4, "0.75"), (0, 4, "0"), (5, 4, "1"), (4, 4, "1")])
def test_a_share_is_at_most_one(part, whole, value):
    assert share(part, whole) == Fraction(value)


def test_nothing_to_divide_by_is_no_figure():
    assert share(0, 0) is None
    assert rating({}) == (None, 0)
    assert rhythm([]) is None
    assert rhythm([Rhythm(1, 0, False)]) is None
    assert fresh([]) is None


def test_a_mentor_with_two_answers_does_not_enter_the_rating():
    three = [(1, 5), (2, 4), (3, 3)]  # of trainees 1 to 3
    assert rating({1: three, 2: [(4, 1), (5, 1)]}) == (Fraction(3, 4), 3)
    assert rating({1: three, 2: [(4, 1), (4, 1), (4, 1)]}) == (Fraction(3, 8), 6)
    assert rating({1: [(1, 5), (2, 5)], 2: [(3, 1), (4, 1)]}) == (None, 0)


def test_three_answers_of_one_trainee_are_no_rating():
    assert rating({1: [(1, 4), (1, 4), (1, 4)]}) == (None, 0)
    assert rating({1: [(1, 4), (1, 4), (2, 4)]}) == (None, 0)


def test_a_commitment_is_half_money_and_half_hours():
    assert [part(Decimal(given), Decimal(40)) for given in (30, 50)] == [Fraction(3, 4), 1]
    assert part(Decimal(3), Decimal(0)) is None
    assert commitment(Fraction(3, 4), Fraction(1)) == Fraction(7, 8)
    assert (commitment(None, Fraction(1)), commitment(Fraction(1), None)) == (None, None)


def test_hours_are_planned_evenly_over_a_project():
    start, end = date(2026, 9, 1), date(2026, 11, 20)
    days = (date(2026, 8, 1), start, date(2026, 9, 21), end, date(2027, 1, 1))
    assert [planned_hours(160, start, end, day) for day in days] == [0, 0, 40, 160, 160]
    assert [planned_hours(160, start, start, day) for day in (date(2026, 8, 31), start)] == [0, 160]


def test_meetings_beyond_capacity_count_less_and_more_than_planned_count_as_planned():
    assert rhythm([Rhythm(3, 4, False), Rhythm(4, 4, True)]) == Fraction(31, 40)
    assert rhythm([Rhythm(9, 4, False)]) == 1
    assert rhythm([Rhythm(4, 4, True)]) == Fraction(4, 5)


def test_one_meeting_is_planned_for_each_whole_interval():
    began = date(2026, 9, 1)
    days = [date(2026, 8, 1), began, date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 30)]
    assert [planned_meetings(began, day, 14) for day in days] == [0, 0, 0, 1, 2]


def test_feedback_grows_stale_in_45_days_by_the_median():
    assert fresh([5, 9, 40]) == Fraction(4, 5)
    assert fresh([0, 45]) == Fraction(1, 2)
    assert fresh([100, 200, 1]) == 0


def test_a_signal_is_read_with_two_decimals_halves_up():
    assert shown(Fraction(1, 8)) == Decimal("0.13")
    assert shown(Fraction(2, 3)) == Decimal("0.67")
    assert shown(Fraction(1)) == Decimal("1.00")
