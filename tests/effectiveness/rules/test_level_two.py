"""Learning: worked examples after Hake, and what holds for every class."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectiveness.rules.level_two import gain_size, learning, mastery_rate, normalized_gain

SCORE = st.integers(0, 100)


def test_only_pairs_count():
    found = learning([(40, 80), (60, 90), (None, 70), (10, None)], pass_mark=80)
    assert (found.pairs, found.tested, found.pre, found.post, found.gain) == (2, 2, Decimal("50.0"), Decimal("85.0"), Decimal("35.0"))
    assert (found.normalized, found.size, found.mastery) == (Decimal("0.70"), "high", Decimal("100.0"))


def test_without_a_test_before_there_is_no_gain():
    found = learning([(None, 70), (None, 90)], pass_mark=80)
    assert (found.pairs, found.tested, found.pre, found.post, found.gain, found.size) == (0, 2, None, Decimal("80.0"), None, None)
    assert found.mastery == Decimal("50.0")


def test_of_nothing_there_is_nothing():
    found = learning([], pass_mark=80)
    assert (found.pairs, found.tested, found.post, found.mastery) == (0, 0, None, None)


def test_it_is_undefined_where_nothing_could_be_gained():
    found = learning([(100, 100), (100, 60)], pass_mark=80)
    assert (found.normalized, found.size, found.gain) == (None, None, Decimal("-20.0"))


@pytest.mark.parametrize(("normalized", "size"), [("-0.4", "low"), ("0.29", "low"), ("0.3", "medium"), ("0.69", "medium"), ("0.7", "high")])
def test_sizes_after_hake(normalized, size):
    assert gain_size(Decimal(normalized)) == size


def test_mastery_begins_at_the_mark():
    assert mastery_rate([Decimal(80), Decimal("79.9"), Decimal(95)], 80) == Decimal("66.7")


@given(st.lists(st.tuples(SCORE, SCORE), min_size=1, max_size=40))
def test_of_a_whole_class(pairs):
    found = learning(pairs, pass_mark=60)
    assert found.pairs == len(pairs)
    assert 0 <= found.mastery <= 100
    if found.normalized is not None:
        assert found.normalized <= 1
        # Both gains point the same way, up to rounding.
        assert found.normalized * found.gain >= Decimal("-0.01")


@given(SCORE.filter(lambda score: score < 100))
def test_gaining_all_that_could_be_gained_is_one(pre):
    assert normalized_gain(Decimal(pre), Decimal(100)) == 1
    assert normalized_gain(Decimal(pre), Decimal(pre)) == 0
