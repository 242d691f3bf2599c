"""What came back of what was spent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from effectiveness.rules.return_on_investment import Benefit, Return, missing_costs, return_range, transfer_percent

amounts, percents = st.decimals(1, 10**8, places=2), st.decimals(0, 100, places=2)
WORKED = Benefit(Decimal(100), Decimal(4000) / 12, Decimal(50), Decimal(80))


def test_the_worked_example():
    """400,000 a year, 50 % due to training, 80 % sure: 160,000; cost 100,000: BCR 1.6, ROI 60 %."""
    found = Return(Decimal(160_000), Decimal(100_000))
    assert (found.ratio, found.percent, found.net, found.payback_months) == (Decimal("1.6"), 60, 60_000, Decimal("7.5"))
    both = return_range([WORKED], Decimal(100_000), "expert")
    assert round(WORKED.yearly) == 400_000
    assert (round(both.conservative.benefits), round(both.likely.benefits)) == (160_000, 200_000)
    assert (round(both.conservative.ratio, 6), round(both.conservative.percent, 6)) == (Decimal("1.6"), 60)


def test_nothing_is_shown_without_method_benefits_or_costs():
    assert return_range([WORKED], Decimal(100), "") is None
    assert return_range([], Decimal(100), "control") is None
    assert return_range([WORKED], Decimal(0), "control") is None


@given(amounts)
def test_break_even_is_zero_and_paid_back_after_a_year(cost):
    found = Return(cost, cost)
    assert (found.percent, found.ratio, found.payback_months) == (0, 1, 12)
    assert Return(Decimal(0), cost).payback_months is None and Return(Decimal(0), cost).percent == -100


@given(amounts, amounts, percents, percents, amounts)
def test_the_conservative_figure_is_never_the_larger(improvement, value, share, confidence, cost):
    both = return_range([Benefit(improvement, value, share, confidence)], cost, "trend")
    assert both.conservative.benefits <= both.likely.benefits
    assert both.conservative.percent <= both.likely.percent


def test_what_a_full_cost_still_lacks():
    assert missing_costs({"analysis", "development", "trainers", "venue_travel", "platform", "evaluation"}) == ["learners"]


def test_transfer_counts_what_was_seen():
    assert transfer_percent(10, 20) == 50
    assert transfer_percent(0, 0) is None
