"""Read a deliverable's and its task's state off their parts, and let the programme go on from there."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from organizations import clock
from organizations.prepared import Prepared
from programs.actions.advance import advance
from programs.models import (
    CheckDefinition,
    CheckResult,
    Deliverable,
    DeliverableKind,
    Draft,
    ProjectKind,
    SignOffStep,
    StepSigner,
    TaskWork,
)
from programs.policies.signing import takers
from programs.queries.calendars import calendar_of
from programs.queries.checkpoint_state import state_of
from programs.queries.kinds_of_work import kinds_of
from programs.queries.relations import Relations
from programs.rules import stages
from programs.rules.deliverable_states import StepFacts, deliverable_state
from programs.rules.task_states import FINISHED, KindFacts, moved, task_state
from programs.vocabulary import DeliverableState, LearningMethod, StepState, TaskState


def settle_deliverable(deliverable: Deliverable, steps: list[SignOffStep], author: int) -> None:
    """Bring the deliverable's state up to the steps of its newest submission. `decision` of each done step must be loaded."""
    facts = []
    for step in steps:
        decision = next(iter(step.decisions.all()), None)
        facts.append(StepFacts(step.state, decision.outcome if decision else "", bool(decision and decision.by_id == author)))
    state = deliverable_state(facts)
    if state != deliverable.state:
        deliverable.state = state
        deliverable.changed_at = clock.now()
        deliverable.save(update_fields=["state", "changed_at"])


def settle_work(work: TaskWork, today: date, *, done: bool = False) -> TaskWork:
    """Bring a task's state up to its deliverables and checks; when that finishes it, the programme advances.

    `work` must be locked by the caller. Returns it in its new state. `done`: the trainee marked an activity as done, or a
    practice project is closed; until then a task that is led as a project stays open, whatever is approved of it.
    """
    states = defaultdict(list)
    for kind_id, state in STATES.rows(work.pk):
        states[kind_id].append(state)
    kinds = []
    for kind in KINDS.rows(work.pk, work.task_id):
        if kind.stages:
            _move_on(work, kind, states[kind.pk].count(DeliverableState.APPROVED))
        # What has a final version comes after the task: that one holds nothing up.
        counted = states[kind.pk][: kind.count] if kind.final_after_days else states[kind.pk]
        kinds.append(KindFacts(kind.required, kind.count, tuple(counted)))
    if work.task.is_checkpoint:
        # Its answers are handed in and read as a deliverable is, without a form of the builder's.
        kinds.append(KindFacts(True, 1, (state_of(work),)))
    parts = task_state(kinds, check_results(work), started=_is_started(work), done=done, held=not done and _is_led_as_project(work))
    state = moved(work.state, parts)
    if state == work.state:
        return work
    now = clock.now()
    changes = {"state": state}
    if state != TaskState.OPEN and work.started_at is None:
        changes["started_at"] = now
    if state == TaskState.SUBMITTED:
        changes["submitted_at"] = now
    if state in FINISHED:
        changes["ended_at"] = now
    for name, value in changes.items():
        setattr(work, name, value)
    work.save(update_fields=list(changes))
    if state in FINISHED:
        advance(work.enrollment, today)
    return work


def _move_on(work: TaskWork, kind: DeliverableKind, approved: int) -> None:
    """Let the task be due when its next stage is. It never comes to be due earlier than it was."""
    length = stages.length_before(kind.stages, approved, work.task.length)
    due_on = calendar_of(work.enrollment.cohort.calendar).due_on(work.planned_start_on, length)
    if approved and due_on > work.due_on:
        work.due_on = due_on
        work.save(update_fields=["due_on"])


def check_results(work: TaskWork) -> list[bool | None]:
    """For each check on the task: did it pass? The newest answer counts; None where nobody answered yet."""
    newest = dict(RESULTS.rows(work.pk))
    return [newest.get(pk) for pk in CHECKS.rows(work.task_id)]


def _is_led_as_project(work: TaskWork) -> bool:
    if work.task.method != LearningMethod.PROJECT:
        return False
    has_kinds = ProjectKind.objects.filter(version=work.task.version_id).exists()
    return has_kinds and TaskWork.objects.led_as_projects().filter(pk=work.pk).exists()


def _is_started(work: TaskWork) -> bool:
    return bool(work.note) or work.started_at is not None or Draft.objects.filter(deliverable__work=work).exists()


def name_signers(steps: list[SignOffStep], relations: Relations, author: int, kind: DeliverableKind, taken: list[int]) -> frozenset[int]:
    """Write down who may take the step whose turn it is, for their queues; returns them (HR directors included).

    Nobody where one person would have to sign twice: the step waits until someone else is named.
    """
    StepSigner.objects.filter(step__in=steps).delete()
    ready = next((step for step in steps if step.state == StepState.READY), None)
    if ready is None:
        return frozenset()
    people = takers(ready, steps, relations, author, kind, taken)
    StepSigner.objects.bulk_create([StepSigner(step=ready, member_id=member) for member in sorted(people)])
    return people


def make_ready(step: SignOffStep, due_on: date) -> None:
    """It is this step's turn from now on."""
    step.state = StepState.READY
    step.due_on = due_on
    step.ready_at = clock.now()
    step.save(update_fields=["state", "due_on", "ready_at"])


def _states(work: int) -> QuerySet:
    return Deliverable.objects.filter(work=work, ended_at__isnull=True).order_by("number").values_list("kind_id", "state")


def _results(work: int) -> QuerySet:
    return CheckResult.objects.filter(work=work).order_by("at", "pk").values_list("definition_id", "passed")


def _checks(task: int) -> QuerySet:
    return CheckDefinition.objects.filter(task=task).values_list("pk", flat=True)


STATES, RESULTS, CHECKS = Prepared(_states, int), Prepared(_results, int), Prepared(_checks, int)
KINDS = Prepared(lambda work, task: kinds_of(TaskWork(pk=work, task_id=task)), int, int)
