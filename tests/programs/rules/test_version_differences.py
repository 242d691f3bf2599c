from hypothesis import given
from hypothesis import strategies as st

from programs.rules.version_differences import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    Element,
    ElementDifference,
    ValueChange,
    version_differences,
)


def task(key, parent="1.1", position=0, **values):
    return Element("task", key, parent, position, values)


def test_an_edited_task_names_each_value_and_the_language_that_was_touched():
    old = task("1.1.a", name={"zh": "手册", "en": "Handbook"}, offset=0, requires=["1.4.a"])
    new = task("1.1.a", name={"zh": "业务手册", "en": "Handbook"}, offset=2, requires=["1.4.a"])
    assert version_differences([old], [new]) == [
        ElementDifference(CHANGED, "task", "1.1.a", (ValueChange("name.zh", "手册", "业务手册"), ValueChange("offset", 0, 2)))
    ]


def test_adding_and_removing_moves_nobody():
    old = [task("a", position=0), task("b", position=1), task("c", position=2)]
    new = [task("x", position=0), task("b", position=1), task("c", position=2)]
    assert version_differences(old, new) == [
        ElementDifference(ADDED, "task", "x", moved_to=("1.1", 0)),
        ElementDifference(REMOVED, "task", "a", moved_from=("1.1", 0)),
    ]


def test_a_task_moved_to_the_end_or_to_another_module_is_the_one_that_moved():
    old = [task("a", position=0), task("b", position=1), task("c", position=2)]
    to_the_end = [task("b", position=0), task("c", position=1), task("a", position=2)]
    assert version_differences(old, to_the_end) == [ElementDifference(MOVED, "task", "a", moved_from=("1.1", 0), moved_to=("1.1", 2))]
    away = [task("a", "1.2"), task("b", position=0), task("c", position=1, offset=3)]
    assert version_differences(old, away) == [
        ElementDifference(MOVED, "task", "a", moved_from=("1.1", 0), moved_to=("1.2", 0)),
        ElementDifference(CHANGED, "task", "c", (ValueChange("offset", None, 3),)),
    ]


def test_one_key_may_name_two_kinds_of_thing():
    old = [Element("module", "1", values={"name": "M"}), Element("phase", "1", values={"name": "P"})]
    new = [Element("module", "1", values={"name": "M"}), Element("phase", "1", values={"name": "Q"})]
    assert [d.kind for d in version_differences(old, new)] == ["phase"]


@st.composite
def versions(draw):
    keys = draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    places: dict[str, int] = {}
    elements = []
    for key in keys:
        parent = draw(st.sampled_from(["1.1", "1.2"]))
        elements.append(task(key, parent, places.get(parent, 0), offset=draw(st.integers(0, 2))))
        places[parent] = places.get(parent, 0) + 1
    return elements


@given(versions())
def test_a_version_does_not_differ_from_itself(version):
    assert version_differences(version, list(reversed(version))) == []


@given(versions(), versions())
def test_the_differences_lead_from_one_version_to_the_other(old, new):
    found = version_differences(old, new)
    before, after = ({element.key: element for element in version} for version in (old, new))
    assert {d.key for d in found if d.op == ADDED} == after.keys() - before.keys()
    assert {d.key for d in found if d.op == REMOVED} == before.keys() - after.keys()
    both = before.keys() & after.keys()
    assert {d.key for d in found if d.changes} == {k for k in both if before[k].values != after[k].values}
    moved = {d.key for d in found if d.moved_from and d.moved_to}
    for parent in ("1.1", "1.2"):
        still = {k for k in both - moved if after[k].parent == parent}
        assert all(before[k].parent == parent for k in still)
        assert sorted(still, key=lambda k: before[k].position) == sorted(still, key=lambda k: after[k].position)
