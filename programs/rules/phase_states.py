"""A trainee's phase: locked, open, complete; and which phases are to be open now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from programs.vocabulary import PhaseState, ScheduleKind

TRANSITIONS = {
    PhaseState.LOCKED: frozenset({PhaseState.OPEN}),
    PhaseState.OPEN: frozenset({PhaseState.COMPLETE}),
    PhaseState.COMPLETE: frozenset(),
}


@dataclass(frozen=True)
class PhaseOrder:
    """A phase as the order of phases sees it."""

    key: str
    schedule: str


def can_become(state: str, target: str) -> bool:
    """Whether a trainee's phase may move from one state to another."""
    return target in TRANSITIONS[PhaseState(state)]


def reached(phases: Sequence[PhaseOrder], complete: Collection[str]) -> tuple[str, ...]:
    """The phases that are open or behind a trainee who has completed those given, in the template's order.

    A sequential phase opens when every sequential phase before it is complete, and so does a continuous one, which
    never ends itself and so holds nothing up. A recurring phase is open from the first day.
    Source: programme map, Phases.
    """
    answer = []
    way_is_free = True
    for phase in phases:
        if way_is_free or phase.schedule == ScheduleKind.RECURRING:
            answer.append(phase.key)
        if phase.schedule == ScheduleKind.SEQUENTIAL and phase.key not in complete:
            way_is_free = False
    return tuple(answer)


def state_of(key: str, phases: Sequence[PhaseOrder], complete: Collection[str]) -> PhaseState:
    """A phase's state, from the phases that are complete."""
    if key in complete:
        return PhaseState.COMPLETE
    return PhaseState.OPEN if key in reached(phases, complete) else PhaseState.LOCKED
