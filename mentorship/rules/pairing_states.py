"""How a pairing of mentor and trainee moves: proposed, accepted by each, active, paused, ended."""

from mentorship.vocabulary import PairingState

TRANSITIONS = {
    # Straight to active: HR names the proposed mentor directly meanwhile, which answers for both.
    PairingState.PROPOSED: frozenset({PairingState.ACCEPTED, PairingState.ACTIVE, PairingState.DECLINED, PairingState.ENDED}),
    PairingState.ACCEPTED: frozenset({PairingState.ACTIVE, PairingState.DECLINED, PairingState.ENDED}),
    PairingState.ACTIVE: frozenset({PairingState.PAUSED, PairingState.ENDED}),
    PairingState.PAUSED: frozenset({PairingState.ACTIVE, PairingState.ENDED}),
    PairingState.ENDED: frozenset(),
    PairingState.DECLINED: frozenset(),
}
WAITING = frozenset({PairingState.PROPOSED, PairingState.ACCEPTED})
RUNNING = frozenset({PairingState.ACTIVE, PairingState.PAUSED})
LIVE = WAITING | RUNNING


def can_become(state: str, new: str) -> bool:
    """Whether a pairing may go from one state to the other."""
    return new in TRANSITIONS[PairingState(state)]


def after_yes(*, mentor: bool, trainee: bool) -> PairingState:
    """The state of a proposal by who has said yes so far: active once both have."""
    if mentor and trainee:
        return PairingState.ACTIVE
    return PairingState.ACCEPTED if mentor or trainee else PairingState.PROPOSED
