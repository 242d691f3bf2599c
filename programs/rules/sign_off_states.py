"""The steps of one submission's route: whose turn it is, and what a decision does to the rest."""

from collections.abc import Sequence

from programs.vocabulary import Outcome, StepKind, StepState

TRANSITIONS = {
    StepState.WAITING: frozenset({StepState.READY, StepState.VOID}),
    StepState.READY: frozenset({StepState.DONE, StepState.VOID}),
    StepState.DONE: frozenset(),
    StepState.VOID: frozenset(),
}

OUTCOMES = {
    StepKind.AGREE: frozenset({Outcome.AGREED, Outcome.RETURNED}),
    StepKind.APPROVE: frozenset({Outcome.APPROVED, Outcome.RETURNED}),
}


def can_become(state: str, target: str) -> bool:
    """Whether a step may move from one state to another. What is done or void stays so: it is history."""
    return target in TRANSITIONS[StepState(state)]


def may_answer(kind: str, outcome: str) -> bool:
    """Whether a step of this kind can be answered so: one agrees or approves as the step says, or returns."""
    return outcome in OUTCOMES[StepKind(kind)]


def at_the_start(length: int) -> tuple[StepState, ...]:
    """The steps of a submission just handed in: the first one's turn."""
    return (StepState.READY, *[StepState.WAITING] * (length - 1))[:length]


def ready_step(states: Sequence[str]) -> int | None:
    """Which step's turn it is; None once all is decided."""
    return next((index for index, state in enumerate(states) if state == StepState.READY), None)


def after_decision(states: Sequence[str], outcome: str) -> tuple[StepState, ...]:
    """The steps after the one whose turn it is was decided.

    A return ends the submission: the steps after it are void. Anything else hands it to the next step.

    Raises:
        ValueError: "already_decided", it is nobody's turn.
    """
    turn = ready_step(states)
    if turn is None:
        raise ValueError("already_decided")
    after = [StepState(state) for state in states]
    after[turn] = StepState.DONE
    if outcome == Outcome.RETURNED:
        after[turn + 1 :] = [StepState.VOID] * len(after[turn + 1 :])
    elif turn + 1 < len(after):
        after[turn + 1] = StepState.READY
    return tuple(after)


def after_replacement(states: Sequence[str]) -> tuple[StepState, ...]:
    """The steps of a submission that a newer one replaced: what was signed stays, the rest is void."""
    return tuple(StepState.DONE if state == StepState.DONE else StepState.VOID for state in states)
