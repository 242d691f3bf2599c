"""What follows when something of a programme is finished: phases end and open, tasks unlock, quarters come round."""

from datetime import date

from django.db.models import QuerySet

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Organization
from organizations.prepared import Prepared
from organizations.vocabulary import AuditAction
from programs import paths
from programs.actions.complete_enrollment import complete_if_done
from programs.models import Deliverable, DeliverableKind, Enrollment, PhaseProgress, Prerequisite, TaskWork
from programs.queries.calendars import calendar_of, windows_of
from programs.queries.version_plan import has_come
from programs.rules import phase_exit, phase_states, prerequisites
from programs.rules.phase_schedule import Planned, occurrences
from programs.rules.task_states import FINISHED
from programs.vocabulary import EnrollmentState, Notice, PhaseState, Recurrence, ScheduleKind, TaskState

# A quarter that nobody opened for ten years is a mistake in a date, not work to be made up.
MOST_QUARTERS = 40
GOES_ON = frozenset({EnrollmentState.ACTIVE, EnrollmentState.COMPLETED})
# Of each task only this, and none of its long texts: every step forward reads all of a trainee's tasks.
READ = (
    *("enrollment", "occurrence", "state", "planned_start_on", "due_on"),
    *(f"task__{name}" for name in ("key", "name", "position", "required", "counts_for_exit", "recurrence", "fiscal", "questions")),
    *("task__phase__key", "task__phase__schedule"),
)


def advance(enrollment: Enrollment, today: date) -> None:
    """Bring phases and tasks up to what is finished and to what day it is. Running it again changes nothing.

    Call it inside the transaction that finished something; it locks the enrollment, so that two finishers queue.
    """
    enrollment = Enrollment.objects.select_for_update(of=["self"]).select_related("cohort", "trainee").get(pk=enrollment.pk)
    if enrollment.state not in GOES_ON or enrollment.start_on > today:
        return
    phases, work = PHASES.rows(enrollment.pk), WORKS.rows(enrollment.pk)
    if enrollment.state != EnrollmentState.COMPLETED:
        _complete_and_open(enrollment, phases, work)
        if enrollment.decided_at is not None:
            complete_if_done(enrollment, by=None, today=today)
    open_phases = {progress.phase.key for progress in phases if progress.state != PhaseState.LOCKED}
    work += _open_quarters(enrollment, work, open_phases, today)
    _unlock(enrollment, work, open_phases, today)


def _complete_and_open(enrollment: Enrollment, phases: list[PhaseProgress], work: list[TaskWork]) -> None:
    version = enrollment.cohort.version_id
    plans = set(PLANS.rows(version))
    windows = windows_of(Organization.objects.get(pk=enrollment.organization_id))
    order = [phase_states.PhaseOrder(progress.phase.key, progress.phase.schedule) for progress in phases]
    now = clock.now()
    for progress in phases:
        complete = {each.phase.key for each in phases if each.state == PhaseState.COMPLETE}
        state = phase_states.state_of(progress.phase.key, order, complete)
        if progress.state == PhaseState.LOCKED and state == PhaseState.OPEN:
            _move(enrollment, progress, PhaseState.OPEN, opened_at=now)
        if progress.state == PhaseState.OPEN:
            facts = [
                phase_exit.TaskFacts(
                    key=each.task.key,
                    state=each.state,
                    required=each.task.required,
                    counts_for_exit=each.task.counts_for_exit,
                    holds_plan=each.task_id in plans,
                    in_fiscal_window=each.task.fiscal in windows,
                )
                for each in work
                if each.task.phase_id == progress.phase_id and each.occurrence == 1
            ]
            if phase_exit.phase_exit(progress.phase.exit, facts).done:
                _move(enrollment, progress, PhaseState.COMPLETE, completed_at=now)


def _move(enrollment: Enrollment, progress: PhaseProgress, state: PhaseState, **times) -> None:
    for name, value in times.items():
        setattr(progress, name, value)
    progress.state = state
    progress.save(update_fields=["state", *times])
    opened = state == PhaseState.OPEN
    label = f"{enrollment.trainee.name} · {progress.phase.name}"
    record(AuditAction.PHASE_OPENED if opened else AuditAction.PHASE_COMPLETED, progress, by=None, label=label)
    if opened:
        words = {"phase": progress.phase.name.data, "number": progress.phase.number}
        notify(enrollment.trainee, Notice.PHASE_OPENED, about=progress, path=paths.my_program(), words=words, key=str(progress.pk))


def _open_quarters(enrollment: Enrollment, work: list[TaskWork], open_phases: set[str], today: date) -> list[TaskWork]:
    """The next occurrence of each quarterly task whose quarter has begun."""
    quarterly = [each for each in work if each.task.recurrence == Recurrence.QUARTERLY and _goes_on(enrollment, each)]
    last = {each.task_id: each for each in quarterly if each.task.phase.key in open_phases}
    first = {each.task_id: each for each in work if each.occurrence == 1}
    calendar = calendar_of(enrollment.cohort.calendar)
    new = []
    for task_id, newest in last.items():
        begun = Planned(first[task_id].planned_start_on, first[task_id].due_on)
        count = newest.occurrence
        while count < MOST_QUARTERS:
            planned = occurrences(begun, count + 1, calendar)[count]
            if planned.start > today:
                break
            count += 1
            new.append(
                TaskWork(enrollment=enrollment, task=newest.task, occurrence=count, planned_start_on=planned.start, due_on=planned.due)
            )
    if new:
        TaskWork.objects.bulk_create(new)
        kinds = DeliverableKind.objects.filter(task__in={each.task_id for each in new})
        Deliverable.objects.bulk_create(
            [Deliverable(work=each, kind=kind) for each in new for kind in kinds if kind.task_id == each.task_id]
        )
    return new


def _goes_on(enrollment: Enrollment, work: TaskWork) -> bool:
    """After completion (结业) checkpoints and review cycles go on, and nothing else begins any more."""
    return enrollment.state != EnrollmentState.COMPLETED or work.task.is_checkpoint or work.task.recurrence == Recurrence.PER_CYCLE


def _unlock(enrollment: Enrollment, work: list[TaskWork], open_phases: set[str], today: date) -> None:
    requires: dict[str, set[str]] = {each.task.key: set() for each in work}
    for key, needed in PREREQUISITES.rows(enrollment.cohort.version_id):
        requires[key].add(needed)
    finished = {each.task.key for each in work if each.occurrence == 1 and each.state in FINISHED}
    unlocked = prerequisites.open_tasks(requires, {each.task.key: each.task.phase.key for each in work}, finished, open_phases)
    newly = [
        each
        for each in work
        if each.state == TaskState.LOCKED
        and _goes_on(enrollment, each)
        and (
            _unlocked_in_its_cycle(each, requires[each.task.key], work)
            if each.task.recurrence == Recurrence.PER_CYCLE
            else each.task.key in unlocked and has_come(each.task, each.planned_start_on, today)
        )
    ]
    if not newly:
        return
    now = clock.now()
    TaskWork.objects.filter(pk__in=[each.pk for each in newly], state=TaskState.LOCKED).update(state=TaskState.OPEN, opened_at=now)
    for each in newly:
        # A phase that opens says so itself; a task that waited for another, or for its quarter, is told of.
        if requires[each.task.key] or each.task.phase.schedule != ScheduleKind.SEQUENTIAL:
            words = {"task": each.task.name.data, "key": each.task.key, "due_on": each.due_on.isoformat()}
            notify(enrollment.trainee, Notice.TASK_OPENED, about=each, path=paths.task(each.pk), words=words, key=str(each.pk))


def _unlocked_in_its_cycle(locked: TaskWork, requires: set[str], work: list[TaskWork]) -> bool:
    """What comes per cycle opens with its cycle (`open_cycle_work`), or once what it waits for is finished in the same cycle."""
    finished = {each.task.key for each in work if each.occurrence == locked.occurrence and each.state in FINISHED}
    return bool(requires) and requires <= finished


def _phases(enrollment: int) -> QuerySet[PhaseProgress]:
    return PhaseProgress.objects.filter(enrollment=enrollment).select_related("phase").order_by("phase__number")


def _works(enrollment: int) -> QuerySet[TaskWork]:
    return TaskWork.objects.filter(enrollment=enrollment).select_related("task__phase").only(*READ).order_by("task__position", "occurrence")


def _plans(version: int) -> QuerySet:
    return DeliverableKind.objects.filter(version=version, layout="idp").values_list("task_id", flat=True)


def _prerequisites(version: int) -> QuerySet:
    return Prerequisite.objects.filter(version=version).values_list("task__key", "requires__key")


PHASES, WORKS = Prepared(_phases, int), Prepared(_works, int)
PLANS, PREREQUISITES = Prepared(_plans, int), Prepared(_prerequisites, int)
