"""When trainees are asked about safety, and what of it is told."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programs.rules.pulse import FEWEST, OPEN_DAYS, open_round, results, round_of

START = date(2026, 9, 1)
counts = st.dictionaries(st.integers(1, 6), st.dictionaries(st.integers(1, 5), st.integers(0, 9)))


def test_it_is_asked_after_four_weeks_and_then_each_quarter_for_three_weeks():
    days = [START + timedelta(days=days) for days in (0, 27, 28, 48, 49, 118, 119, 139, 140)]
    found = [open_round(START, day) for day in days]
    assert [one and one.number for one in found] == [None, None, 1, 1, None, None, 2, 2, None]
    assert (found[2].first_on, found[2].last_on) == (date(2026, 9, 29), date(2026, 10, 19))


@given(st.integers(-50, 900))
def test_an_open_round_is_the_one_of_its_number(days):
    day = START + timedelta(days=days)
    one = open_round(START, day)
    assert one is None or (one == round_of(START, one.number) and one.first_on <= day <= one.last_on)


@given(counts, st.integers(0, 900))
def test_nothing_is_told_of_a_round_that_runs_or_has_fewer_than_five_answers(counts, days):
    today = START + timedelta(days=days)
    for one in results(START, today, counts):
        assert one.answers == sum(counts[one.round.number].values()) >= FEWEST
        assert 0 <= one.favorable <= one.answers
        assert one.round.first_on + timedelta(days=OPEN_DAYS) <= today
