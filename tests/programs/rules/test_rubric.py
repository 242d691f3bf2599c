from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.rubric import Advice, Criterion, Problem, advice, check_rubric, check_scores, shown_mean, weighted_mean

HANDBOOK = [Criterion("accurate", 35), Criterion("connected", 35), Criterion("lens", 30)]


def scores(*levels):
    return dict(zip(["accurate", "connected", "lens"], levels, strict=True))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((3, 3, 3), Advice(True, Decimal("3"))),
        ((4, 3, 2), Advice(True, Decimal("3.05"))),
        ((3, 3, 2), Advice(False, Decimal("2.7"), ("low_mean",))),
        ((4, 4, 1), Advice(False, Decimal("3.1"), ("not_yet",))),
        ((4, 2, 2), Advice(False, Decimal("2.7"), ("several_nearly", "low_mean"))),
        ((1, 2, 2), Advice(False, Decimal("1.65"), ("not_yet", "several_nearly", "low_mean"))),
    ],
)
def test_advice_follows_the_levels(levels, expected):
    assert advice(HANDBOOK, scores(*levels)) == expected


def test_the_mean_decides_unrounded():
    almost = [Criterion("accurate", 333), Criterion("connected", 333), Criterion("lens", 334)]
    found = advice(almost, scores(4, 3, 2))
    assert not found.approve
    assert shown_mean(found.mean) == Decimal("3.00")


def test_scores_are_whole_and_on_the_scale():
    assert check_scores(HANDBOOK, scores(3, 3, 3)) == []
    assert check_scores(HANDBOOK, {"accurate": 5, "connected": True, "style": 3}) == [
        Problem("out_of_scale", "accurate"),
        Problem("out_of_scale", "connected"),
        Problem("missing_score", "lens"),
        Problem("unknown_criterion", "style"),
    ]


def test_a_rubric_has_three_to_five_criteria_and_a_hundred_in_weights():
    assert check_rubric(HANDBOOK) == [] == check_rubric([])
    assert check_rubric([Criterion("a", 99), Criterion("a", 0)]) == [
        Problem("too_few_criteria"),
        Problem("double_key"),
        Problem("weight_not_positive", "a"),
        Problem("weights_not_whole"),
    ]
    assert check_rubric([Criterion(key, 20 if key != "f" else 0) for key in "abcdef"]) == [
        Problem("too_many_criteria"),
        Problem("weight_not_positive", "f"),
    ]


rubrics = st.lists(st.integers(1, 100), min_size=1, max_size=5).map(
    lambda weights: [Criterion(f"c{number}", weight) for number, weight in enumerate(weights)]
)


@given(rubric=rubrics, data=st.data())
def test_the_mean_lies_between_the_lowest_and_the_highest_level(rubric, data):
    given_scores = {c.key: data.draw(st.integers(1, 4)) for c in rubric}
    assert min(given_scores.values()) <= weighted_mean(rubric, given_scores) <= max(given_scores.values())


@given(rubric=rubrics, data=st.data())
def test_a_better_level_never_turns_the_advice_to_return(rubric, data):
    given_scores = {c.key: data.draw(st.integers(1, 4)) for c in rubric}
    raised = data.draw(st.sampled_from(rubric)).key
    better = {**given_scores, raised: min(4, given_scores[raised] + 1)}
    assert advice(rubric, better).approve or not advice(rubric, given_scores).approve
