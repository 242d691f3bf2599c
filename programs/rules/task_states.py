"""A trainee's task: the moves it may make, and the state that its deliverables and checks amount to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programs.vocabulary import DeliverableState, TaskState

# The states a task has once it is unlocked and as long as nobody waives it, all read off its parts.
TRANSITIONS = {
    TaskState.LOCKED: frozenset({TaskState.OPEN, TaskState.WAIVED}),
    TaskState.OPEN: frozenset(
        {
            TaskState.IN_PROGRESS,
            TaskState.SUBMITTED,
            TaskState.IN_REVIEW,
            TaskState.RETURNED,
            TaskState.APPROVED,
            TaskState.WAIVED,
        }
    ),
    TaskState.IN_PROGRESS: frozenset({TaskState.SUBMITTED, TaskState.IN_REVIEW, TaskState.RETURNED, TaskState.APPROVED, TaskState.WAIVED}),
    TaskState.SUBMITTED: frozenset({TaskState.IN_REVIEW, TaskState.RETURNED, TaskState.APPROVED, TaskState.WAIVED}),
    # Back to submitted where an agreed plan is handed in anew while a check of the same task is still open.
    TaskState.IN_REVIEW: frozenset({TaskState.SUBMITTED, TaskState.RETURNED, TaskState.APPROVED, TaskState.WAIVED}),
    TaskState.RETURNED: frozenset({TaskState.IN_PROGRESS, TaskState.SUBMITTED, TaskState.IN_REVIEW, TaskState.APPROVED, TaskState.WAIVED}),
    TaskState.APPROVED: frozenset(),
    TaskState.WAIVED: frozenset(),
}

# Nothing more is asked of the trainee, and what waited for this task may begin.
FINISHED = frozenset({TaskState.APPROVED, TaskState.WAIVED})
# The trainee has something to do.
WITH_TRAINEE = frozenset({TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.RETURNED})
# Someone else has something to do.
WITH_SIGNER = frozenset({TaskState.SUBMITTED, TaskState.IN_REVIEW})


@dataclass(frozen=True)
class KindFacts:
    """A deliverable kind on a task, with the states of what the trainee made of it.

    `minimum` is how many must be approved: 1, or more where the kind repeats (one interview note per interviewee).
    """

    required: bool
    minimum: int
    states: tuple[str, ...] = ()


def can_become(state: str, target: str) -> bool:
    """Whether a task may move from one state to another. Approved and waived are final."""
    return target in TRANSITIONS[TaskState(state)]


def task_state(
    kinds: Sequence[KindFacts],
    checks: Sequence[bool | None] = (),
    *,
    started: bool = False,
    done: bool = False,
    held: bool = False,
) -> TaskState:
    """The state that an unlocked task's parts amount to, before any waiver.

    `checks` holds each check's latest result, None where nobody checked yet. `started`: there is a draft or a note.
    `done`: the trainee marked it done, which decides where nobody signs anything. `held`: it ends with something else
    that is not at its end yet, a practice project, and is not approved before.

    Approved: of every required kind at least the minimum is approved and nothing of it hangs in the air, and every
    check passed; one more note that was begun and never handed in holds nothing up. Returned wins over all else,
    because there the trainee can act; a check that did not pass counts as returned. In review: all that is required
    is handed in, and something of it has been signed.
    Source: decisions part 1, 3 and 30.
    """
    required = [kind for kind in kinds if kind.required]
    states = [state for kind in kinds for state in kind.states]
    if not held and _is_approved(required, checks, done):
        return TaskState.APPROVED
    if DeliverableState.RETURNED in states or False in checks:
        return TaskState.RETURNED
    handed_in = [state for state in states if state != DeliverableState.OPEN]
    if handed_in and all(_is_handed_in(kind) for kind in required):
        signed = {DeliverableState.IN_REVIEW, DeliverableState.APPROVED}
        return TaskState.SUBMITTED if signed.isdisjoint(handed_in) else TaskState.IN_REVIEW
    if started or done or states or True in checks:
        return TaskState.IN_PROGRESS
    return TaskState.OPEN


def moved(state: str, parts: TaskState) -> TaskState:
    """The state a task takes on when its parts amount to `parts`: a locked, approved or waived one stays as it is."""
    return parts if can_become(state, parts) and state != TaskState.LOCKED else TaskState(state)


def is_overdue(state: str, due_on: date | None, today: date) -> bool:
    """Whether a task's date has passed while the trainee still has to act. Waiting for a signer is not the trainee's."""
    return due_on is not None and due_on < today and state in WITH_TRAINEE


def _is_approved(required: Sequence[KindFacts], checks: Sequence[bool | None], done: bool) -> bool:
    if not required and not checks:
        return done
    return all(_is_kind_approved(kind) for kind in required) and all(check is True for check in checks)


def _is_kind_approved(kind: KindFacts) -> bool:
    settled = {DeliverableState.APPROVED, DeliverableState.OPEN}
    return kind.states.count(DeliverableState.APPROVED) >= kind.minimum and settled.issuperset(kind.states)


def _is_handed_in(kind: KindFacts) -> bool:
    return sum(state != DeliverableState.OPEN for state in kind.states) >= kind.minimum
