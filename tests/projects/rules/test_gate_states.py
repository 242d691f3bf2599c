"""A gate is decided when all have spoken, by the most severe verdict; and never before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.gate_states import SEVERITY, TRANSITIONS, can_become, missing_roles, outcome, role_to_speak_in, state_after
from projects.vocabulary import GateState, Verdict

ROLES = st.lists(st.sampled_from(["mentor", "sponsor", "hrbp", "business_head"]), unique=True, min_size=1)
VERDICTS = st.sampled_from(list(Verdict))


@given(ROLES, st.dictionaries(st.sampled_from(["mentor", "sponsor", "hrbp", "business_head", "line_manager"]), VERDICTS))
def test_nothing_is_decided_before_all_have_spoken_and_then_the_most_severe_holds(required, spoken):
    decided = outcome(required, spoken)
    missing = missing_roles(required, spoken)
    assert (decided is None) == bool(missing)
    assert set(missing) == set(required) - spoken.keys()
    if decided is not None:
        counted = [spoken[role] for role in required]
        assert decided in counted
        assert all(SEVERITY.index(decided) >= SEVERITY.index(one) for one in counted)


@given(ROLES, st.permutations(["go", "go_with_conditions", "rework", "stop"]))
def test_the_order_of_speaking_makes_no_difference(required, verdicts):
    spoken = dict(zip(required, verdicts, strict=False))
    assert outcome(required, spoken) == outcome(reversed(required), dict(reversed(spoken.items())))


def test_without_reviewers_nothing_is_ever_decided():
    assert outcome([], {}) is None


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_leads_to_a_state_that_a_called_gate_may_take(verdict):
    assert can_become(GateState.CALLED, state_after(verdict))


def test_passed_and_stopped_are_final_and_everything_else_has_a_way_on():
    assert {state for state, after in TRANSITIONS.items() if not after} == {GateState.PASSED, GateState.STOPPED}
    reached, waiting = set(), [GateState.WAITING]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += TRANSITIONS[state] - reached
    assert reached == set(GateState)


def test_who_holds_two_roles_speaks_once_in_each():
    people = {"mentor": {1}, "sponsor": {2}, "hrbp": {1}}
    assert role_to_speak_in(1, people, ("mentor", "hrbp")) == "mentor"
    assert role_to_speak_in(1, people, ("hrbp",)) == "hrbp"
    assert role_to_speak_in(2, people, ("hrbp",)) == ""
