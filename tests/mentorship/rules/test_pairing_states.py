"""How a pairing moves, whoever presses what in whichever order."""

from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.pairing_states import LIVE, RUNNING, TRANSITIONS, WAITING, after_yes, can_become
from mentorship.vocabulary import PairingState

states = st.sampled_from(PairingState.values)


def test_every_state_has_its_moves():
    assert set(TRANSITIONS) == set(PairingState)
    assert LIVE == WAITING | RUNNING
    assert {state for state in PairingState if not TRANSITIONS[state]} == set(PairingState) - LIVE


@given(st.lists(states, max_size=12))
def test_what_is_over_stays_over_and_nobody_pauses_what_never_began(wanted):
    state, path = PairingState.PROPOSED, [PairingState.PROPOSED]
    for new in wanted:
        if can_become(state, new):
            state = PairingState(new)
            path.append(state)
    over = [index for index, each in enumerate(path) if each not in LIVE]
    assert over in ([], [len(path) - 1])
    assert PairingState.PAUSED not in path or PairingState.ACTIVE in path[: path.index(PairingState.PAUSED)]
    assert PairingState.DECLINED not in path or not RUNNING & set(path)


@given(st.booleans(), st.booleans())
def test_active_needs_both(mentor, trainee):
    state = after_yes(mentor=mentor, trainee=trainee)
    assert (state == PairingState.ACTIVE) == (mentor and trainee)
    assert (state == PairingState.PROPOSED) == (not mentor and not trainee)
