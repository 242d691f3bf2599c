"""Places of a mentor."""

from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.capacity import LARGEST, SMALLEST, free_places, is_over

capacities = st.integers(SMALLEST, LARGEST)


@given(capacities, st.integers(0, 30))
def test_a_place_is_free_taken_or_too_many(capacity, live):
    free = free_places(capacity, live)
    assert 0 <= free <= capacity
    assert free == 0 or free + live == capacity
    assert is_over(capacity, live) == (live > capacity)
    assert not (free and is_over(capacity, live))


@given(capacities, st.integers(0, 30))
def test_each_proposal_takes_one_place(capacity, live):
    assert free_places(capacity, live) - free_places(capacity, live + 1) == (1 if live < capacity else 0)
