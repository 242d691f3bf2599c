"""The KPI formulas on the worked examples of the field, and what has no value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.kpi_formulas import FORMULAS, Unanswerable, compute, same_figures

WORKED = [
    ("K1", {"attended": 45, "target": 60}, ("75.0", 60, None)),
    ("K2", {"favourable": 22, "answers": 25}, ("88.0", 25, None)),
    ("K3", {"passed": 20, "tested": 24}, ("83.3", 24, None)),
    ("K4", {"seen": 13, "behaviours": 19}, ("68.4", 19, None)),
    ("K5", {"reached": 7, "due": 8}, ("87.5", 8, None)),
    ("K6", {"met": 11, "criteria": 12}, ("91.7", 12, None)),
    # Out of stock 6.0 → 4.6 where 4.0 was the target: 1.4 of 2.0 points. A rising measure beyond its target ends at 120.
    ("K7", {"baseline": "6.0", "target": "4.0", "actual": "4.6"}, ("70.0", None, None)),
    ("K7", {"baseline": 100, "target": 110, "actual": 130}, ("120.0", None, None)),
    ("K7", {"baseline": 100, "target": 110, "actual": 95}, ("0.0", None, None)),
    # Phillips: 400,000 a year, 50 % due to training, 80 % sure: 160,000 at a cost of 100,000.
    ("K8", {"benefits_low": 160000, "benefits_high": 160000, "costs": 100000, "isolation": "expert"}, ("60.0", None, "60.0")),
    ("K8", {"benefits_low": 80000, "benefits_high": 121000, "costs": 100000, "isolation": "control"}, ("-20.0", None, "21.0")),
]
WITHOUT = [
    ("K1", {"attended": 5, "target": 0}, ("target", "nothing_to_divide_by")),
    ("K1", {"attended": 61, "target": 60}, ("attended", "part_above_whole")),
    ("K1", {"attended": -1, "target": 60}, ("attended", "negative")),
    ("K1", {"attended": 5}, ("target", "missing")),
    ("K2", {"favourable": 4, "answers": 4}, ("answers", "too_few")),
    ("K7", {"baseline": 4, "target": 4, "actual": 5}, ("target", "no_distance")),
    ("K7", {"baseline": 4, "target": Decimal(10) ** 13, "actual": 5}, ("target", "too_large")),
    ("K8", {"benefits_low": 2, "benefits_high": 3, "costs": 1}, ("isolation", "no_isolation")),
    ("K8", {"benefits_low": 2, "benefits_high": 3, "costs": 0, "isolation": "trend"}, ("costs", "nothing_to_divide_by")),
    ("K8", {"benefits_low": 3, "benefits_high": 2, "costs": 1, "isolation": "trend"}, ("benefits_high", "wrong_order")),
]


def decimals(values):
    return {name: value if name == "isolation" else Decimal(value) for name, value in values.items()}


@pytest.mark.parametrize(("key", "values", "expected"), WORKED)
def test_worked_examples(key, values, expected):
    result = compute(key, decimals(values))
    value, n, high = expected
    assert (result.value, result.n, result.high) == (Decimal(value), n, Decimal(high) if high else None)


@pytest.mark.parametrize(("key", "values", "expected"), WITHOUT)
def test_what_has_no_value_says_which_figure_is_wrong(key, values, expected):
    with pytest.raises(Unanswerable) as refusal:
        compute(key, decimals(values))
    assert (refusal.value.field, refusal.value.code) == expected


@given(part=st.integers(0, 10**6), rest=st.integers(0, 10**6))
def test_a_share_lies_between_0_and_100_and_the_whole_is_100(part, rest):
    if part + rest:
        value = compute("K1", {"attended": Decimal(part), "target": Decimal(part + rest)}).value
        assert 0 <= value <= 100
        assert (rest == 0) <= (value == 100)


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_attainment_is_0_at_the_baseline_100_at_the_target_and_never_beyond_its_ends(baseline, target, actual):
    if baseline != target:
        of = {"baseline": baseline, "target": target}
        assert compute("K7", of | {"actual": baseline}).value == 0
        assert compute("K7", of | {"actual": target}).value == 100
        assert 0 <= compute("K7", of | {"actual": actual}).value <= 120


@given(cost=st.integers(1000, 10**9), benefit=st.integers(0, 10**9))
def test_break_even_is_zero_and_more_benefit_is_never_less_return(cost, benefit):
    of = {"costs": Decimal(cost), "isolation": "trend"}
    assert compute("K8", of | {"benefits_low": Decimal(cost), "benefits_high": Decimal(cost)}).value == 0
    result = compute("K8", of | {"benefits_low": Decimal(benefit), "benefits_high": Decimal(benefit + 1)})
    assert result.high >= result.value


def test_all_eight_are_there():
    assert list(FORMULAS) == [f"K{number}" for number in range(1, 9)]


def test_figures_are_the_same_however_they_are_written():
    assert same_figures({"seen": "4", "isolation": "trend"}, {"seen": Decimal("4.00"), "isolation": "trend"})
    assert not same_figures({"seen": "4"}, {"seen": Decimal(5)})
    assert not same_figures({"seen": "4"}, {"seen": Decimal(4), "behaviours": Decimal(4)})
    assert not same_figures({"isolation": "trend"}, {"isolation": "control"})
