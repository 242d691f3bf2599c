"""Reaction: worked examples, and that no two showings tell a single answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectiveness.rules.level_one import FEWEST, STEP, Points, overall, percent, points, promoter_score, results, shown

SCORES = st.dictionaries(st.sampled_from(["relevant", "apply", "pace"]), st.integers(1, 5))


def test_mean_and_favorable_share():
    answers = [{"relevant": score} for score in (5, 4, 4, 3, 5)]
    [relevant] = results(["relevant"], answers)
    assert (relevant.n, relevant.mean, relevant.favorable) == (5, Decimal("4.2"), 80)
    assert overall(answers) == Decimal("4.2")


def test_an_item_with_few_answers_shows_how_many_and_no_more():
    [item] = results(["pace"], [{"pace": 1}] * 4 + [{"relevant": 5}] * 20)
    assert (item.n, item.mean, item.favorable) == (4, None, None)
    assert (overall([{"pace": 1}] * 4), promoter_score([10] * 4)) == (None, None)


@pytest.mark.parametrize(
    ("given_scores", "expected"), [((10, 9, 8, 7, 3), 20), ((10,) * 5, 100), ((0,) * 7, -100), ((7, 8) * 4, 0), ((9,) * 2 + (6,) * 4, -33)]
)
def test_promoter_score(given_scores, expected):
    assert promoter_score(given_scores) == expected


@pytest.mark.parametrize(
    ("answers", "while_open", "closed"), [(0, 0, 0), (4, 0, 0), (5, 0, 5), (7, 0, 7), (8, 5, 8), (9, 5, 9), (11, 8, 11), (500, 497, 500)]
)
def test_how_many_answers_are_shown(answers, while_open, closed):
    assert (shown(answers, is_open=True), shown(answers, is_open=False)) == (while_open, closed)


@given(st.integers(0, 400), st.integers(0, 400))
def test_any_two_showings_differ_by_nobody_or_by_several(first, more):
    earlier = shown(first, is_open=True)
    for later in (shown(first + more, is_open=True), shown(first + more, is_open=False)):
        if earlier and later:
            assert later - earlier == 0 or later - earlier >= STEP
    assert earlier == 0 or earlier >= FEWEST


@given(st.lists(SCORES, max_size=30))
def test_figures_stay_in_their_scales(answers):
    for item in results(["relevant", "apply", "pace"], answers):
        assert item.n <= len(answers)
        assert (item.mean is None) == (item.n < FEWEST)
        if item.mean is not None:
            assert 1 <= item.mean <= 5
            assert 0 <= item.favorable <= 100


@given(st.lists(st.integers(0, 10), min_size=FEWEST, max_size=60))
def test_promoter_score_stays_in_its_scale_and_does_not_mind_the_order(scores):
    assert -100 <= promoter_score(scores) <= 100
    assert promoter_score(scores) == promoter_score(scores[::-1])


def test_a_rate_of_nothing_is_unknown_and_one_above_a_hundred_is_told():
    assert (percent(9, 10), percent(0, 0), percent(12, 10)) == (90, None, 120)


def test_points_are_of_items_that_five_answered():
    given = [{"relevant": score, "clear": 1} for score in (5, 4, 4, 3, 5)]
    given[0].pop("clear")
    assert points(["relevant", "clear"], given) == Points(given=5, favorable=4, total=21)
    assert points(["relevant"], given[:4]) == Points()
    both = Points(5, 4, 21) + Points(5, 5, 25)
    assert (both, both.mean, Points().mean) == (Points(10, 9, 46), Decimal("4.6"), None)
