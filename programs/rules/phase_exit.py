"""What ends a phase, and what is still missing. Source: programme map, Phases."""

from collections.abc import Iterable
from dataclasses import dataclass

from programs.rules.task_states import FINISHED
from programs.vocabulary import PhaseExit, TaskState


@dataclass(frozen=True)
class TaskFacts:
    """A task of the phase, as its exit sees it.

    `holds_plan`: the IDP (D5) stands on it. `in_fiscal_window`: it hangs on a budget or planning window that the
    organization has set, so that it may fall due long after the phase.
    """

    key: str
    state: str
    required: bool = True
    counts_for_exit: bool = True
    holds_plan: bool = False
    in_fiscal_window: bool = False


@dataclass(frozen=True)
class Exit:
    """Whether a phase is done, and the keys of the tasks that hold it, in the order given."""

    done: bool
    missing: tuple[str, ...] = ()


def phase_exit(kind: str, tasks: Iterable[TaskFacts]) -> Exit:
    """Whether a phase may be left.

    All required: every required task approved or waived; the one with the IDP approved, for an IDP that nobody agreed
    to is none, whoever waives it. Practice tasks, project closed: the same for the tasks that count for the exit.
    A phase without an end, and one whose cycles come again, are never done.
    """
    if kind in (PhaseExit.NONE, PhaseExit.PER_CYCLE):
        return Exit(done=False)
    missing = tuple(task.key for task in tasks if holds_exit(kind, task))
    return Exit(done=not missing, missing=missing)


def holds_exit(kind: str, task: TaskFacts) -> bool:
    """Whether a task keeps its phase from ending."""
    if kind in (PhaseExit.NONE, PhaseExit.PER_CYCLE):
        return False
    if kind == PhaseExit.ALL_REQUIRED and task.holds_plan:
        return task.state != TaskState.APPROVED
    # Source: decisions part 2, item 25: who waits for the budget season is not kept from the practice project.
    if not task.required or task.in_fiscal_window or task.state in FINISHED:
        return False
    return kind == PhaseExit.ALL_REQUIRED or task.counts_for_exit
