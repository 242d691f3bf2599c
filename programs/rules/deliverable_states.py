"""One deliverable's state: that of its newest submission, read off the steps of its route."""

from collections.abc import Sequence
from dataclasses import dataclass

from programs.vocabulary import DeliverableState, Outcome, StepState

TRANSITIONS = {
    DeliverableState.OPEN: frozenset({DeliverableState.SUBMITTED}),
    DeliverableState.SUBMITTED: frozenset({DeliverableState.IN_REVIEW, DeliverableState.RETURNED, DeliverableState.APPROVED}),
    DeliverableState.IN_REVIEW: frozenset({DeliverableState.RETURNED, DeliverableState.APPROVED}),
    DeliverableState.RETURNED: frozenset({DeliverableState.SUBMITTED}),
    # A living document, the IDP, is agreed anew after a review; the task that it passed stays passed.
    DeliverableState.APPROVED: frozenset({DeliverableState.SUBMITTED}),
}

# It is some signer's turn: as long as a step is ready, its deliverable is in one of these.
WITH_SIGNER = frozenset({DeliverableState.SUBMITTED, DeliverableState.IN_REVIEW})


def outlives_task(layout: str, final_after_days: int | None) -> bool:
    """Whether it is handed in even when its task is finished: an agreed plan is renewed after each review, and figures
    that show only months later (D14) come when they are there."""
    return layout == "idp" or final_after_days is not None


@dataclass(frozen=True)
class StepFacts:
    """A step of the newest submission. `outcome` is empty until it is done; `by_author` where the author signs."""

    state: str
    outcome: str = ""
    by_author: bool = False


def can_become(state: str, target: str) -> bool:
    """Whether a deliverable may move from one state to another."""
    return target in TRANSITIONS[DeliverableState(state)]


def deliverable_state(steps: Sequence[StepFacts] | None) -> DeliverableState:
    """The state that a newest submission's steps amount to; None where nothing was handed in yet.

    In review means that someone other than the author has signed: the author's own agreement is part of handing in.
    """
    if not steps:
        return DeliverableState.OPEN
    done = [step for step in steps if step.state == StepState.DONE]
    if any(step.outcome == Outcome.RETURNED for step in done):
        return DeliverableState.RETURNED
    if len(done) == len(steps):
        return DeliverableState.APPROVED
    if any(not step.by_author for step in done):
        return DeliverableState.IN_REVIEW
    return DeliverableState.SUBMITTED
