"""The task that is led as a practice project: which kind, what it hands in, and its end."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import clock
from organizations.models import Member
from programs.actions.settle import settle_work
from programs.models import (
    Comment,
    Deliverable,
    DeliverableKind,
    GateDefinition,
    PhaseProgress,
    ProjectKind,
    SignOffStep,
    StepSigner,
    TaskWork,
)
from programs.queries.calendars import calendar_of
from programs.rules import project_work
from programs.rules.task_states import FINISHED
from programs.vocabulary import StepState, TaskState


@transaction.atomic
def choose(work: TaskWork, kind: ProjectKind, *, by: Member, today: date) -> date:
    """Choose which kind of project the task is, or another kind as long as nothing of it was handed in.

    What the project hands in is put on the task with its dates. Returns the day from which they count: the one on which
    the phase really opened.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "no_project", "unknown_kind", "locked", "finished", "handed_in"; "commented", people spoke about
            a deliverable that the other kind does not have.
    """
    work = _locked(work)
    if work.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee chooses their project."))
    if not TaskWork.objects.led_as_projects().filter(pk=work.pk).exists():
        raise ValidationError(_("This task is not a practice project."), code="no_project")
    if kind.version_id != work.task.version_id:
        raise ValidationError(_("This kind of project belongs to another program."), code="unknown_kind")
    if work.state == TaskState.LOCKED:
        raise ValidationError(_("This task is not open yet."), code="locked")
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished."), code="finished")
    current = Deliverable.objects.filter(work=work, kind__task__isnull=True, ended_at__isnull=True)
    if current.filter(last_number__gt=0).exists():
        raise ValidationError(_("The kind stays: something of this project has been handed in."), code="handed_in")
    kinds = DeliverableKind.objects.filter(version=kind.version_id, task__isnull=True, projects__contains=[kind.key])
    _take_away(current.exclude(kind__in=kinds))
    start = phase_start(work)
    _put(work, [one for one in kinds.order_by("position") if not current.filter(kind=one).exists()], start)
    settle_work(work, today)
    return start


def phase_start(work: TaskWork) -> date:
    """The day on which the phase of a task really opened; the planned one until then."""
    progress = PhaseProgress.objects.get(enrollment=work.enrollment_id, phase=work.task.phase_id)
    return timezone.localdate(progress.opened_at) if progress.opened_at else progress.planned_start_on


@transaction.atomic
def close(work: TaskWork, *, today: date) -> TaskWork:
    """The project is closed, and the task approved with it. Who may close a project, the caller has asked.

    Raises:
        ValidationError: "not_approved", something that it has to hand in is not approved; "finished".
    """
    work = _locked(work)
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished."), code="finished")
    work = settle_work(work, today, done=True)
    if work.state not in FINISHED:
        raise ValidationError(_("Not everything that the project hands in is approved yet."), code="not_approved")
    return work


@transaction.atomic
def stop(work: TaskWork, *, today: date) -> datetime:
    """The project was stopped: what it handed in stays to be read, and another one may be chosen. Returns when."""
    work = _locked(work)
    ended = Deliverable.objects.filter(work=work, kind__task__isnull=True, ended_at__isnull=True)
    steps = SignOffStep.objects.filter(submission__deliverable__in=ended, state__in=[StepState.WAITING, StepState.READY])
    StepSigner.objects.filter(step__in=steps).delete()
    steps.update(state=StepState.VOID)
    now = clock.now()
    ended.update(ended_at=now)
    settle_work(work, today)
    return now


def _locked(work: TaskWork) -> TaskWork:
    found = TaskWork.objects.select_for_update(of=["self"]).select_related("enrollment__cohort", "enrollment__trainee", "task__phase")
    return found.get(pk=work.pk)


def _take_away(rows) -> None:
    keys = Comment.objects.filter(deliverable__in=rows).values_list("deliverable__kind__key", flat=True)
    if spoken_of := keys.first():
        raise ValidationError(_("The kind stays: people have commented on %(key)s."), code="commented", params={"key": spoken_of})
    rows.delete()


def _put(work: TaskWork, kinds: list[DeliverableKind], start: date) -> None:
    calendar = calendar_of(work.enrollment.cohort.calendar)
    gates = [
        project_work.Gate(gate.key, gate.offset)
        for gate in GateDefinition.objects.filter(version=work.task.version_id).order_by("position")
    ]
    # A project that was stopped has numbers already; these go on after them.
    last = dict(Deliverable.objects.filter(work=work).order_by("number").values_list("kind_id", "number"))
    rows = []
    for kind in kinds:
        facts = project_work.ProjectDeliverable(
            kind.key, kind.repeats, kind.minimum, kind.offset, kind.length, kind.final_after_days if kind.repeats else None
        )
        for number, one in enumerate(project_work.wanted(facts, gates, start, calendar), start=last.get(kind.pk, 0) + 1):
            rows.append(Deliverable(work=work, kind=kind, number=number, label=one.label, due_on=one.due_on))
    Deliverable.objects.bulk_create(rows)


def set_final_day(work: TaskWork, last_session_on: date | None) -> None:
    """Give the final versions that come after the last session (D14) their day."""
    rows = Deliverable.objects.filter(work=work, kind__final_after_days__isnull=False, ended_at__isnull=True)
    seen: dict[int, int] = {}
    for row in rows.select_related("kind").order_by("number"):
        seen[row.kind_id] = seen.get(row.kind_id, 0) + 1
        if seen[row.kind_id] <= row.kind.minimum:
            continue  # due while the project runs
        row.due_on = last_session_on + row.kind.final_after_days * date.resolution if last_session_on else None
        row.save(update_fields=["due_on"])
