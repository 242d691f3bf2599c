"""An attacker with all that is shown: what can be told of one person's answers, by sums, differences, and by comparing releases."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.rater_anonymity import Given, Item, cells, comments, kept, units
from assessments.vocabulary import Bound, RaterGroup, Unit

GROUPS = ["peer", "business", "learner"]
ITEMS = [
    Item("F01", "PL1", frozenset({"superior", "peer", "business"})),
    Item("F02", "PL1", frozenset({"superior", "business", "learner"})),
    Item("F03", "PL2", frozenset({"peer", "learner"})),
    Item("F11", "PL3", frozenset({"superior", "peer", "business", "learner"})),
]
scores = st.sampled_from([0, 1, 2, 3, 4, 5])


@st.composite
def answers(draw):
    """Random groups of random size, everybody with random answers; with or without superior and own view."""
    people = []
    for group, most in (("self", 1), ("superior", 1), ("peer", 6), ("business", 6), ("learner", 6)):
        for _number in range(draw(st.integers(0, most))):
            asked = [item.key for item in ITEMS if group == "self" or group in item.groups]
            people.append(Given(group, {key: draw(scores) for key in asked}, {}))
    return people


def valid(people, key, group_ok=lambda group: True):
    return [number for number, one in enumerate(people) if one.scores.get(key, 0) and group_ok(one.group)]


def unnamed(people):
    return [number for number, one in enumerate(people) if one.group in GROUPS]


def changed(people, number, key, score):
    one = people[number]
    return [*people[:number], replace(one, scores={**one.scores, key: score}), *people[number + 1 :]]


def members(people, cell):
    """Whose answers a shown cell holds."""
    shown_as = units({group: sum(one.group == group for one in people) for group in RaterGroup.values})
    if cell.unit == Unit.OVERALL:
        return frozenset(valid(people, cell.item, lambda group: group in GROUPS and shown_as.get(group)))
    return frozenset(valid(people, cell.item, lambda group: shown_as.get(group) == cell.unit))


@given(answers())
def test_no_sum_or_difference_of_shown_figures_is_of_fewer_than_three(people):
    """All pairs and triples of shown cells of one item: each figure × n is a sum over its people; unions and differences are too."""
    for item in ITEMS:
        sets = {members(people, cell) for cell in cells(people, ITEMS) if cell.item == item.key and cell.is_shown}
        sets = {people_of for people_of in sets if people_of & frozenset(unnamed(people))}
        reached = set(sets)
        for _round in range(2):
            for one, other in combinations(list(reached), 2):
                if other <= one:
                    reached.add(one - other)
                elif one <= other:
                    reached.add(other - one)
                elif not one & other:
                    reached.add(one | other)
        assert all(len(group) == 0 or len(group) >= 3 for group in reached)


@given(answers(), st.data())
def test_an_answer_that_is_withheld_changes_nothing_that_is_shown(people, data):
    before = cells(people, ITEMS)
    shown = {(cell.unit, cell.item): members(people, cell) for cell in before if cell.is_shown}
    for number in unnamed(people):
        for key, score in people[number].scores.items():
            if score and not any(number in people_of for (_unit, item), people_of in shown.items() if item == key):
                other = data.draw(st.integers(1, 5))
                assert cells(changed(people, number, key, other), ITEMS) == before


@given(answers())
def test_every_shown_figure_fits_more_than_one_answer_of_each_person(people):
    """Whatever is shown, for every unnamed person there are other answers by which exactly the same would be shown."""
    before = cells(people, ITEMS)
    for number in unnamed(people):
        for key, score in people[number].scores.items():
            if score:
                assert any(cells(other, ITEMS) == before for other in alternatives(people, number, key))


def alternatives(people, number, key):
    """Ways in which the others, too, might have answered so that this one answered otherwise."""
    own = people[number]
    for score in range(1, 6):
        if score != own.scores[key]:
            yield changed(people, number, key, score)
    for mate in valid(people, key, lambda group: group in GROUPS):
        if mate != number:
            theirs, mine = people[mate].scores[key], own.scores[key]
            if theirs != mine:
                yield changed(changed(people, number, key, theirs), mate, key, mine)
            for step in (-1, 1):
                if 1 <= mine + step <= 5 and 1 <= theirs - step <= 5:
                    yield changed(changed(people, number, key, mine + step), mate, key, theirs - step)


@given(answers(), st.randoms(use_true_random=False))
def test_the_order_of_raters_tells_nothing(people, random):
    mixed = random.sample(people, len(people))
    assert cells(mixed, ITEMS) == cells(people, ITEMS)


@given(answers())
def test_exactly_one_withheld_withholds_the_figure_over_all(people):
    table = {(cell.unit, cell.item): cell for cell in cells(people, ITEMS)}
    for item in ITEMS:
        overall = table.get((Unit.OVERALL, item.key))
        parts = [table.get((unit, item.key)) for unit in ("peer", "business", "learner", "others")]
        shown_as = units({group: sum(one.group == group for one in people) for group in RaterGroup.values})
        hidden_group = any(shown_as.get(group, "") is None and group in item.groups for group in GROUPS)
        if hidden_group or any(part is not None and not part.is_shown for part in parts):
            assert overall is None or not overall.is_shown


@given(answers())
def test_means_over_items_follow_from_the_cells(people):
    """Recomputed from shown cells alone: they tell nothing that those do not."""
    found = cells(people, ITEMS)
    table = {(cell.unit, cell.item): cell for cell in found}
    pillar_of = {item.key: item.pillar for item in ITEMS}
    for cell in found:
        if cell.item in {"PL1", "PL2", "PL3", "all"} and cell.is_shown:
            keys = [key for key, pillar in pillar_of.items() if cell.item in ("all", pillar)]
            own = [table[cell.unit, key].mean for key in keys if (cell.unit, key) in table and table[cell.unit, key].is_shown]
            assert abs(cell.mean - sum(own) / len(own)) <= Decimal("0.005")


@given(answers(), st.randoms(use_true_random=False))
def test_only_answers_of_shown_units_are_kept(people, random):
    shown_as = units({group: sum(one.group == group for one in people) for group in RaterGroup.values})
    expected = sorted((str(shown_as[one.group]), sorted(one.scores.items())) for one in people if shown_as[one.group])
    assert sorted((str(unit), sorted(scores.items())) for unit, scores in kept(people, random)) == expected


def group_of(group, *scores, text=""):
    return [Given(group, {"F11": score}, {"continue": f"{text}{number}"} if text else {}) for number, score in enumerate(scores)]


def figures(people):
    return {cell.unit: (cell.n, cell.mean, cell.bound) for cell in cells(people, ITEMS) if cell.item == "F11"}


def test_groups_of_three_are_shown_and_the_superior_by_name():
    people = group_of("superior", 5) + group_of("peer", 3, 4, 4) + group_of("business", 2, 3, 4) + group_of("self", 4)
    assert figures(people) == {
        "self": (1, Decimal("4.00"), ""),
        "superior": (1, Decimal("5.00"), ""),
        "peer": (3, Decimal("3.67"), ""),
        "business": (3, Decimal("3.00"), ""),
        "overall": (6, Decimal("3.34"), ""),
    }


def test_small_groups_are_put_together():
    people = group_of("peer", 3, 3) + group_of("business", 2) + group_of("learner", 4, 4, 4)
    shown = figures(people)
    assert shown["others"] == (3, Decimal("2.67"), "")
    assert set(shown) == {"others", "learner", "overall"}


def test_one_small_group_alone_is_withheld_and_the_figure_over_all_with_it():
    shown = figures(group_of("peer", 3, 3) + group_of("learner", 4, 4, 4))
    assert shown == {"learner": (3, Decimal("4.00"), ""), "overall": (None, None, "")}


def test_a_unanimous_group_is_shown_as_a_bound():
    shown = figures(group_of("peer", 5, 5, 5) + group_of("learner", 1, 1, 1))
    assert shown["peer"] == (3, Decimal("4.5"), Bound.AT_LEAST)
    assert shown["learner"] == (3, Decimal("1.5"), Bound.AT_MOST)
    assert figures(group_of("peer", 5, 5, 4))["peer"] == shown["peer"]


def test_no_chance_to_observe_is_no_answer():
    shown = figures(group_of("peer", 3, 4, 0) + group_of("learner", 4, 4, 4))
    assert shown == {"peer": (None, None, ""), "learner": (3, Decimal("4.00"), ""), "overall": (None, None, "")}


@pytest.mark.parametrize(("count", "expected"), [(4, 0), (5, 5)])
def test_comments_are_shown_from_five(count, expected):
    people = group_of("peer", *[3] * count, text="话") + group_of("superior", 4, text="上级")
    shown = comments(people, Random(3))
    assert sum(unit == "peer" for unit, _question, _text in shown) == expected
    assert ("superior", "continue", "上级0") in shown


def test_comments_come_in_another_order():
    people = group_of("peer", *[3] * 8, text="话")
    orders = {tuple(text for _unit, _question, text in comments(people, Random(seed))) for seed in range(20)}
    assert len(orders) > 10
