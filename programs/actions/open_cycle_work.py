"""A review cycle brings PH5's tasks: once for each cycle, counted from the day on which it opens."""

from collections.abc import Collection, Iterable
from datetime import date

from organizations import clock
from programs.actions.advance import advance
from programs.actions.settle import settle_work
from programs.models import Deliverable, DeliverableKind, Enrollment, Prerequisite, TaskDefinition, TaskWork
from programs.queries.calendars import calendar_of
from programs.rules.phase_schedule import after
from programs.vocabulary import Recurrence, TaskState


def open_cycle_work(enrollments: Collection[Enrollment], number: int, opens_on: date) -> None:
    """Every per-cycle task of these enrollments in its occurrence `number`, open save where it waits for another of the cycle.

    What enrolling has laid out for the first cycle is dated anew; what somebody has begun keeps its state. All must be of
    one cohort, loaded with it. Call it in the transaction that opens the cycle; again it changes nothing.
    """
    enrollments = list(enrollments)
    if not enrollments:
        return
    cohort = enrollments[0].cohort
    calendar = calendar_of(cohort.calendar)
    tasks = list(TaskDefinition.objects.filter(version=cohort.version_id, recurrence=Recurrence.PER_CYCLE).order_by("position"))
    waiting = set(Prerequisite.objects.filter(version=cohort.version_id, task__in=tasks).values_list("task_id", flat=True))
    dates = {task.pk: after(opens_on, task.offset, task.length, calendar) for task in tasks}
    there = {
        (work.enrollment_id, work.task_id): work
        for work in TaskWork.objects.select_for_update().filter(enrollment__in=enrollments, task__in=tasks, occurrence=number)
    }
    now, new, moved = clock.now(), [], []
    for enrollment in enrollments:
        for task in tasks:
            work = there.get((enrollment.pk, task.pk))
            if work is None:
                work = TaskWork(enrollment=enrollment, task=task, occurrence=number)
                new.append(work)
            elif work.state != TaskState.LOCKED:
                continue
            else:
                moved.append(work)
            work.planned_start_on, work.due_on = dates[task.pk].start, dates[task.pk].due
            if task.pk not in waiting:
                work.state, work.opened_at = TaskState.OPEN, now
    TaskWork.objects.bulk_update(moved, ["planned_start_on", "due_on", "state", "opened_at"], batch_size=1000)
    TaskWork.objects.bulk_create(new, batch_size=1000)
    kinds = list(DeliverableKind.objects.filter(task__in=tasks))
    Deliverable.objects.bulk_create(
        [
            Deliverable(work=work, kind=kind, number=copy)
            for work in new
            for kind in kinds
            if kind.task_id == work.task_id
            for copy in range(1, (kind.minimum if kind.repeats else 1) + 1)
        ],
        batch_size=1000,
    )


def finish_cycle_work(enrollment: Enrollment, number: int, modules: Iterable[str], today: date) -> None:
    """What the trainee had to do in these modules of one cycle is done; deliverables still end by their sign-off."""
    works = TaskWork.objects.select_for_update(of=["self"]).filter(
        enrollment=enrollment, occurrence=number, task__recurrence=Recurrence.PER_CYCLE, task__module__key__in=list(modules)
    )
    for work in works.select_related("enrollment__cohort", "enrollment__trainee", "task").order_by("pk"):
        settle_work(work, today, done=True)
    advance(enrollment, today)
