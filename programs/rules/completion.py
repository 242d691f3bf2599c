"""When a trainee has completed the programme (结业), and what is missing.

Source: programme map and content, PH4: phases 1 to 3 and one certification decision; checkpoints go on after that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from programs.vocabulary import EnrollmentState, PhaseState, ScheduleKind

DECISION = "decision"
RUNNING = frozenset({EnrollmentState.ACTIVE, EnrollmentState.PAUSED})


@dataclass(frozen=True)
class PhaseFacts:
    """A phase of the enrollment, as completion sees it."""

    key: str
    schedule: str
    state: str


@dataclass(frozen=True)
class Completion:
    """Whether the programme may be completed now; `missing` holds keys of phases, and "decision"."""

    done: bool
    missing: tuple[str, ...] = ()


def completion(state: str, phases: Iterable[PhaseFacts], *, decided: bool) -> Completion:
    """Whether a running enrollment is complete: every phase that has an end, and one certification decision.

    One that is over is not completed again, and nothing is missing of it.
    """
    if state not in RUNNING:
        return Completion(done=False)
    missing = [phase.key for phase in phases if phase.schedule == ScheduleKind.SEQUENTIAL and phase.state != PhaseState.COMPLETE]
    missing += [] if decided else [DECISION]
    return Completion(done=not missing, missing=tuple(missing))
