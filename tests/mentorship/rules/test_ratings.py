"""When a mean is shown."""

from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.ratings import FEWEST, may_be_heard, mean_rating


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5)), max_size=30))
def test_below_three_different_people_nothing_is_told(answers):
    mean = mean_rating(answers)
    ratings = [rating for _person, rating in answers]
    assert (mean is None) == (len({person for person, _rating in answers}) < FEWEST)
    assert mean is None or min(ratings) <= mean <= max(ratings)


def test_three_answers_of_one_person_are_one_voice():
    assert (may_be_heard([7, 7, 7]), may_be_heard([7, 8, 7, 9])) == (False, True)
