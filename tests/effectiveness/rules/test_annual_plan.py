"""An annual plan against the objectives of the business."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from effectiveness.rules.annual_plan import attainment, differences, objective_attainment

figures = st.decimals(-(10**6), 10**6, places=2)


@given(figures, figures, figures)
def test_attainment_lies_between_0_and_1(start, now, target):
    found = attainment(start, now, target)
    assert (found is None) == (start == target)
    assert found is None or 0 <= found <= 1


def test_downwards_is_a_way_too():
    assert attainment(Decimal(65), Decimal(55), Decimal(45)) == Decimal("0.5")
    assert attainment(Decimal(30), Decimal(32), Decimal(20)) == 0
    assert attainment(Decimal(30), Decimal(10), Decimal(20)) == 1


def test_an_objective_is_the_mean_of_what_can_be_measured():
    assert objective_attainment([Decimal(1), None, Decimal(0)]) == Decimal("0.5")
    assert objective_attainment([None]) is None


def test_every_category_of_either_is_compared_once():
    found = differences({"a": Decimal(1), "b": Decimal(2)}, {"b": Decimal(5), "c": Decimal(3)})
    assert found == [("a", 1, 0), ("b", 2, 5), ("c", 0, 3)]
