"""Numbers, terms and bars, for any day and any counts."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.certificate_terms import last_day, number
from assessments.rules.half_years import half_year
from assessments.rules.stacked_bar import WIDTH, segments
from documents.rules.paper_validity import paper_validity

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def test_numbers_sort_as_they_were_given():
    assert number(2026, 123) == "TRL-2026-000123"
    assert sorted([number(2026, 10), number(2026, 9), number(2025, 11)]) == [number(2025, 11), number(2026, 9), number(2026, 10)]


@given(days, st.integers(1, 9))
def test_it_holds_for_whole_years(day, years):
    last = last_day(day, years)
    assert (last.year, last.month) == (day.year + years, day.month)
    assert last.day == day.day or (day.month, day.day, last.day) == (2, 29, 28)


def test_without_years_it_holds_without_end():
    assert last_day(date(2026, 11, 30), 0) is None


@given(days, st.none() | days, st.booleans(), st.booleans())
def test_the_gravest_word_wins(today, until, revoked, replaced):
    said = paper_validity(today, valid_until=until, is_revoked=revoked, is_replaced=replaced)
    if revoked or replaced:
        assert said == ("revoked" if revoked else "replaced")
    else:
        assert (said == "expired") == (until is not None and until < today)


@pytest.mark.parametrize(("day", "period"), [(date(2026, 6, 30), (2026, 1)), (date(2026, 7, 1), (2026, 2)), (date(2027, 1, 1), (2027, 1))])
def test_a_year_has_two_halves(day, period):
    assert half_year(day) == period


@given(st.lists(st.integers(0, 500), min_size=1, max_size=5), st.integers(0, 500))
def test_a_bar_shows_each_count_once_within_its_width(counts, more):
    drawn = segments(counts, sum(counts) + more)
    assert [part.index for part in drawn] == [index for index, count in enumerate(counts) if count]
    assert all(part.width > 0 and part.x + part.width <= WIDTH + 0.01 for part in drawn)
    assert all(before.x + before.width <= after.x + 0.01 for before, after in pairwise(drawn))
