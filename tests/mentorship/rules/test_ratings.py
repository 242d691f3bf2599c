"""When a mean is shown."""

from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.ratings import FEWEST, mean_rating


@given(st.lists(st.integers(1, 5), max_size=30))
def test_below_three_answers_nothing_is_told(ratings):
    mean = mean_rating(ratings)
    assert (mean is None) == (len(ratings) < FEWEST)
    assert mean is None or min(ratings) <= mean <= max(ratings)
