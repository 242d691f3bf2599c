"""A gate: the moves it may make, and what the verdicts of its reviewers amount to.

Each role that a gate asks for speaks once a round; the gate is decided when all have spoken, by the most severe verdict.
Source: content, D12 and 4 (gates); programme map, PH3.
"""

from collections.abc import Collection, Iterable, Mapping

from projects.vocabulary import GateState, Verdict

TRANSITIONS = {
    GateState.WAITING: frozenset({GateState.OPEN}),
    GateState.OPEN: frozenset({GateState.CALLED}),
    GateState.CALLED: frozenset({GateState.PASSED, GateState.REWORK, GateState.STOPPED}),
    GateState.REWORK: frozenset({GateState.CALLED}),
    GateState.PASSED: frozenset(),
    GateState.STOPPED: frozenset(),
}
# From the mildest to the most severe.
SEVERITY = (Verdict.GO, Verdict.GO_WITH_CONDITIONS, Verdict.REWORK, Verdict.STOP)
# The trainee gathers evidence and calls the reviewers.
WITH_TRAINEE = frozenset({GateState.OPEN, GateState.REWORK})
# Not decided for good, and not waiting for an earlier gate.
UNDER_WAY = WITH_TRAINEE | {GateState.CALLED}


def can_become(state: str, target: str) -> bool:
    """Whether a gate may move from one state to another."""
    return target in TRANSITIONS[GateState(state)]


def missing_roles(required: Iterable[str], given: Mapping[str, str]) -> tuple[str, ...]:
    """The roles that have not spoken in this round, in the order in which the gate names them."""
    return tuple(role for role in required if role not in given)


def role_to_speak_in(person: int, by_role: Mapping[str, Collection[int]], missing: Iterable[str]) -> str:
    """The role in which a person may speak now; empty where they may not. Who holds two roles speaks once in each."""
    return next((role for role in missing if person in by_role[role]), "")


def outcome(required: Iterable[str], given: Mapping[str, str]) -> Verdict | None:
    """What the round amounts to: the most severe verdict, or nothing yet while a role has not spoken. `given` is by role."""
    required = tuple(required)
    if not required or missing_roles(required, given):
        return None
    return max((Verdict(given[role]) for role in required), key=SEVERITY.index)


def state_after(verdict: str) -> GateState:
    """The state of a gate whose round ended so."""
    return {Verdict.REWORK: GateState.REWORK, Verdict.STOP: GateState.STOPPED}.get(Verdict(verdict), GateState.PASSED)
