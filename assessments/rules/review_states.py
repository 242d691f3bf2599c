"""The moves of a cycle and of a review. Source: programme map, PH5; content 4."""

from assessments.vocabulary import CycleState, ReviewState

CYCLE = {
    CycleState.OPEN: frozenset({CycleState.CLOSED}),
    CycleState.CLOSED: frozenset({CycleState.FINISHED}),
    CycleState.FINISHED: frozenset(),
}
# A file is taken back or put together anew as long as nobody has voted on it; what is decided stays, an appeal adds a decision.
REVIEW = {
    ReviewState.GATHERING: frozenset({ReviewState.VOTING}),
    ReviewState.VOTING: frozenset({ReviewState.GATHERING, ReviewState.VOTING, ReviewState.VOTED}),
    ReviewState.VOTED: frozenset({ReviewState.DECIDED}),
    ReviewState.DECIDED: frozenset(),
}


def cycle_can_become(state: str, target: str) -> bool:
    """Whether a cycle may move from one state to another."""
    return target in CYCLE[CycleState(state)]


def review_can_become(state: str, target: str) -> bool:
    """Whether a review may move from one state to another."""
    return target in REVIEW[ReviewState(state)]


def after_vote(panel: int, votes: int) -> ReviewState:
    """Where a review stands once so many of its panel have voted: votes open when all are in."""
    return ReviewState.VOTED if votes >= panel else ReviewState.VOTING
