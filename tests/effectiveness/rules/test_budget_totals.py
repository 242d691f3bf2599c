"""A training budget in figures."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from effectiveness.rules import budget_totals
from effectiveness.rules.budget_totals import Line

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
amounts = st.decimals(0, 10**7, places=2)
lines = st.lists(st.builds(Line, st.sampled_from(["platform", "materials"]), amounts, st.booleans(), st.sampled_from([*QUARTERS, "all"])))


@given(lines)
def test_categories_and_quarters_add_up_to_the_total(found):
    whole = budget_totals.total(found)
    assert sum(budget_totals.by_category(found).values()) == whole
    assert sum(budget_totals.by_quarter(found, QUARTERS).values()) == whole


def test_ratios_have_no_value_over_nothing():
    assert budget_totals.per_head(Decimal(120), 60).value == 2
    assert budget_totals.per_hour(Decimal(120), Decimal(0)).value is None
    assert budget_totals.share_of_payroll(Decimal(120), Decimal(8000)).value == Decimal("0.015")


def test_ten_percent_falls_on_variable_costs():
    """100 of which 40 are fixed: ten less is a sixth of the variable sixty."""
    found = [Line("platform", Decimal(40), True), Line("materials", Decimal(60), False)]
    minus, plus = budget_totals.scenario(found, "minus"), budget_totals.scenario(found, "plus")
    assert (minus.total, minus.change, plus.total, plus.change) == (90, -10, 110, 10)
    assert minus.variable_percent == -plus.variable_percent == Decimal(-10) / 60 * 100
    assert minus.is_possible


def test_where_nearly_all_is_fixed_ten_percent_cannot_be_cut():
    found = [Line("platform", Decimal(95), True), Line("materials", Decimal(5), False)]
    assert not budget_totals.scenario(found, "minus").is_possible
    assert budget_totals.scenario(found, "plus").is_possible
    assert budget_totals.scenario([Line("platform", Decimal(95), True)], "minus").variable_percent is None
