import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.prerequisites import find_circle, in_order, open_tasks, unknown, unlocked_by, waits_for

ONBOARDING = {"1.1.a": [], "1.4.a": [], "1.2.a": ["1.4.a"], "1.4.c": ["1.1.a", "1.4.a"], "2.1.a": ["1.4.c"]}
PHASES = {key: f"PH{key[0]}" for key in ONBOARDING}

keys = st.sampled_from("abcdefgh")
any_graph = st.dictionaries(keys, st.sets(keys, max_size=3), max_size=8).map(
    lambda graph: {key: {needed for needed in all_needed if needed in graph} for key, all_needed in graph.items()}
)


def test_the_agreement_unlocks_what_waits_for_the_mentor():
    assert open_tasks(ONBOARDING, PHASES, set(), {"PH1"}) == {"1.1.a", "1.4.a"}
    assert unlocked_by("1.4.a", ONBOARDING, PHASES, set(), {"PH1"}) == {"1.2.a"}
    assert unlocked_by("1.1.a", ONBOARDING, PHASES, {"1.4.a"}, {"PH1"}) == {"1.4.c"}
    assert waits_for("1.4.c", ONBOARDING, {"1.1.a"}) == ["1.4.a"]


def test_a_task_of_a_later_phase_stays_locked_until_the_phase_opens():
    finished = {"1.1.a", "1.4.a", "1.4.c"}
    assert "2.1.a" not in open_tasks(ONBOARDING, PHASES, finished, {"PH1"})
    assert "2.1.a" in open_tasks(ONBOARDING, PHASES, finished, {"PH1", "PH2"})


def test_a_prerequisite_that_is_no_task_is_named():
    assert unknown({"a": ["b", "z"], "b": []}) == [("a", "z")]


def test_a_circle_is_named_and_nothing_else():
    with pytest.raises(ValueError) as refusal:
        in_order({"a": ["b"], "b": ["c"], "c": ["b"], "d": []})
    assert refusal.value.args == ("circle", ("b", "c"))


@given(any_graph)
def test_either_there_is_an_order_or_a_circle(graph):
    circle = find_circle(graph)
    if circle:
        assert all(circle[(at + 1) % len(circle)] in graph[key] for at, key in enumerate(circle))
        with pytest.raises(ValueError):
            in_order(graph)
    else:
        order = in_order(graph)
        assert sorted(order) == sorted(graph)
        assert all(order.index(needed) < order.index(key) for key in graph for needed in graph[key])


@given(any_graph)
def test_doing_what_is_open_finishes_everything_unless_there_is_a_circle(graph):
    phases = dict.fromkeys(graph, "PH1")
    finished = set()
    while ready := open_tasks(graph, phases, finished, {"PH1"}) - finished:
        key = min(ready)
        before = open_tasks(graph, phases, finished, {"PH1"})
        told = unlocked_by(key, graph, phases, finished, {"PH1"})
        finished.add(key)
        assert told == open_tasks(graph, phases, finished, {"PH1"}) - before
    assert (finished == set(graph)) == (not find_circle(graph))
