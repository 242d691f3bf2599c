"""A published version laid out in time for one cohort: what enrolling writes down for each trainee."""

from dataclasses import dataclass
from datetime import date

from organizations.models import Organization
from programs.models import Cohort, DeliverableKind, Phase, Prerequisite, TaskDefinition
from programs.queries.calendars import calendar_of, windows_of
from programs.rules import phase_schedule, phase_states, prerequisites
from programs.rules.stages import length_before
from programs.vocabulary import PhaseState, Recurrence, TaskState


@dataclass(frozen=True)
class PlannedPhase:
    """One phase with its dates and first state. A phase without an end ends, for the picture, after its nominal length."""

    pk: int
    state: str
    start: date
    end: date


@dataclass(frozen=True)
class PlannedTask:
    """One task with its dates and first state."""

    pk: int
    state: str
    start: date
    due: date


@dataclass(frozen=True)
class PlannedKind:
    """A deliverable kind of a task, and how many of it a trainee starts with."""

    pk: int
    task: int
    count: int


@dataclass(frozen=True)
class VersionPlan:
    """All that one trainee of the cohort gets."""

    phases: list[PlannedPhase]
    tasks: list[PlannedTask]
    kinds: list[PlannedKind]


def version_plan(cohort: Cohort, today: date) -> VersionPlan:
    """Plan the cohort's version from its start day, with the organization's calendar and yearly windows; six queries."""
    phases = list(Phase.objects.filter(version=cohort.version_id).order_by("number"))
    tasks = list(TaskDefinition.objects.filter(version=cohort.version_id).select_related("phase", "anchor_task").order_by("position"))
    calendar = calendar_of(cohort.calendar)
    schedule = phase_schedule.plan(
        [phase_schedule.PhasePlan(phase.key, phase.length_days, phase.schedule) for phase in phases],
        [task_plan(task) for task in tasks],
        cohort.start_on,
        calendar,
        windows_of(Organization.objects.get(pk=cohort.organization_id)),
    )
    open_phases = set()
    if cohort.start_on <= today:
        open_phases = set(phase_states.reached([phase_states.PhaseOrder(phase.key, phase.schedule) for phase in phases], ()))
    requires: dict[str, set[str]] = {task.key: set() for task in tasks}
    for task_key, needed in Prerequisite.objects.filter(version=cohort.version_id).values_list("task__key", "requires__key"):
        requires[task_key].add(needed)
    unlocked = prerequisites.open_tasks(requires, {task.key: task.phase.key for task in tasks}, (), open_phases)
    kinds = list(DeliverableKind.objects.filter(version=cohort.version_id, task__isnull=False))
    in_stages = {kind.task_id: kind.stages for kind in kinds if kind.stages}
    return VersionPlan(
        phases=[
            PlannedPhase(
                phase.pk,
                PhaseState.OPEN if phase.key in open_phases else PhaseState.LOCKED,
                schedule.phases[phase.key].start,
                schedule.phases[phase.key].end or calendar.due_on(schedule.phases[phase.key].start, phase.length_days),
            )
            for phase in phases
        ],
        tasks=[
            PlannedTask(
                task.pk,
                TaskState.OPEN if task.key in unlocked and has_come(task, schedule.tasks[task.key].start, today) else TaskState.LOCKED,
                schedule.tasks[task.key].start,
                # What is handed in first is due first; its approval moves the date on (actions/settle.py).
                calendar.due_on(schedule.tasks[task.key].start, length_before(in_stages[task.pk], 0, task.length))
                if task.pk in in_stages
                else schedule.tasks[task.key].due,
            )
            for task in tasks
        ],
        kinds=[PlannedKind(kind.pk, kind.task_id, kind.count) for kind in kinds],
    )


def task_plan(task: TaskDefinition) -> phase_schedule.TaskPlan:
    """A task as the schedule's rule wants it. `phase` and `anchor_task` must be loaded."""
    return phase_schedule.TaskPlan(
        key=task.key,
        phase=task.phase.key,
        anchor=task.anchor,
        anchor_task=task.anchor_task.key if task.anchor_task else "",
        offset=task.offset,
        length=task.length,
        fiscal=task.fiscal,
        recurrence=task.recurrence,
    )


def has_come(task: TaskDefinition, start: date, today: date) -> bool:
    """A quarter opens on its day, what comes per cycle with its cycle; all else may be begun as soon as it is unlocked."""
    return task.recurrence == Recurrence.ONCE or (task.recurrence == Recurrence.QUARTERLY and start <= today)
