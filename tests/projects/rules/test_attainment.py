"""K7: how far from baseline to target, kept within 0-120, undefined where there is no way to go."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.attainment import attainment
from projects.rules.risk_levels import LEVELS, level

FIGURES = st.decimals(min_value=-10_000, max_value=10_000, places=2)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "share"),
    [
        ("4.1", "2", "3.05", 50),
        ("0", "10", "10", 100),
        ("34", "20", "21", 93),
        ("0", "10", "-5", 0),
        ("0", "10", "30", 120),
        ("8", "8", "9", None),
    ],
)
def test_worked_by_hand(baseline, target, actual, share):
    assert attainment(Decimal(baseline), Decimal(target), Decimal(actual)) == share


@given(FIGURES, FIGURES, FIGURES)
def test_bounds_and_ends(baseline, target, actual):
    share = attainment(baseline, target, actual)
    assert (share is None) == (baseline == target)
    if share is not None:
        assert 0 <= share <= 120
        assert attainment(baseline, target, baseline) == 0
        assert attainment(baseline, target, target) == 100


@given(FIGURES, FIGURES, FIGURES, FIGURES)
def test_nearer_to_the_target_is_never_less(baseline, target, one, other):
    if baseline != target:
        nearer, further = sorted((one, other), reverse=target > baseline)
        assert attainment(baseline, target, nearer) >= attainment(baseline, target, further)


def test_a_missing_figure_leaves_it_undefined():
    one, zero = Decimal(1), Decimal(0)
    assert {attainment(None, one, one), attainment(one, None, one), attainment(zero, one, None)} == {None}


def test_a_risk_is_never_milder_when_it_is_likelier_or_worse():
    order = ("low", "mid", "high")
    for probability in LEVELS:
        for impact in LEVELS:
            grade = order.index(level(probability, impact))
            assert grade == order.index(level(impact, probability))
            assert all(order.index(level(more, impact)) >= grade for more in range(probability, 6))
    assert (level(1, 5), level(2, 4), level(3, 5), level(5, 5)) == ("low", "mid", "high", "high")
