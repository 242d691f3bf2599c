"""Which need comes first."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectiveness.rules.needs_priority import in_order, is_for_training, priority

ratings, levels, people = st.integers(1, 5), st.integers(1, 4), st.integers(1, 500)


@dataclass
class Ranked:
    name: str
    priority: Decimal | None
    cost_of_error: int = 1


def test_the_formula_worked_by_hand():
    """Importance 4, two levels missing, 9 of 18 people, an objective that weighs half: 4 x 2 x 0.5 x 0.5 = 2."""
    assert priority(importance=4, required=4, present=2, people=9, headcount=18, weight_percent=50) == Decimal(2)


@given(importance=ratings, required=levels, present=levels, people=people, headcount=people, weight=st.integers(1, 100))
def test_it_lies_between_0_and_15_and_is_0_where_nothing_is_missing(importance, required, present, people, headcount, weight):
    found = priority(importance=importance, required=required, present=present, people=people, headcount=headcount, weight_percent=weight)
    assert 0 <= found <= 15
    assert (found == 0) == (required <= present)


def test_a_role_with_nobody_in_it_has_no_share():
    with pytest.raises(ValueError, match="headcount"):
        priority(importance=1, required=2, present=1, people=1, headcount=0, weight_percent=100)


def test_ties_go_by_the_cost_of_a_mistake_and_unranked_needs_come_last():
    needs = [Ranked("unranked", None, 5), Ranked("cheap", Decimal(2), 1), Ranked("dear", Decimal(2), 4), Ranked("first", Decimal(3))]
    assert [need.name for need in in_order(needs)] == ["first", "dear", "cheap", "unranked"]


def test_only_a_lack_of_capability_is_trained():
    assert [is_for_training(cause) for cause in ("capability", "opportunity", "motivation")] == [True, False, False]
