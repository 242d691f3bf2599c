"""Every task of one's programme by phase, and how far the phases and the pillars are."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import JSONObject

from organizations.localized import read
from organizations.models import Member
from organizations.prepared import Prepared
from programs.models import CheckDefinition, Deliverable, Enrollment, Module, PhaseProgress, Pillar, TaskWork
from programs.queries.appointments import STILL_SHOWN, next_appointment
from programs.queries.conditions import people_of_cohort, rounds_answered
from programs.queries.my_program_parts import MyProgram, Phase, PillarStand, Work
from programs.rules.phase_exit import TaskFacts, holds_exit
from programs.rules.pillar_weights import TaskWeights, pillar_progress
from programs.rules.task_states import is_overdue
from programs.vocabulary import EnrollmentState, LearningMethod, PhaseExit, Recurrence, ScheduleKind, TaskState

WEIGHTS = ("weight_1", "weight_2", "weight_3")
TASK = ("key", "name", "module_id", "phase_id", "method", "hours", "recurrence", "questions", "required", "counts_for_exit", *WEIGHTS)
WORK = ("pk", "state", "planned_start_on", "due_on", "occurrence", *(f"task__{name}" for name in TASK))
DELIVERABLE = {"key": F("kind__key"), "name": F("kind__name"), "state": F("state"), "number": F("last_number"), "label": F("label")}


def current_enrollment(member: Member, now: datetime | None = None) -> Enrollment | None:
    """The programme one is in; one that runs before one that is over. One query.

    With `now` the next date stands in its `appointment`, see queries/appointments.py, and what the pulse needs beside it.
    """
    return ENROLLMENT.first(member.pk) if now is None else WITH_APPOINTMENT.first(member.pk, now - STILL_SHOWN)


def enrollment_with_frame(member: Member) -> Enrollment | None:
    """The programme one is in, with aim, framework and workflow of its version, and which steps its modules are about; one query."""
    return WITH_FRAME.first(member.pk)


def my_tasks(enrollment: Enrollment, today: date) -> MyProgram:
    """Every task of one's programme by phase; two queries."""
    progress = PROGRESS.rows(enrollment.pk)
    methods = {method.value: str(method.label) for method in LearningMethod}
    works = [_work(row, methods, today) for row in WORKS.rows(enrollment.pk)]
    recurring = {one.phase_id for one in progress if one.phase.schedule != ScheduleKind.SEQUENTIAL}
    return MyProgram(enrollment, [_phase(one, works) for one in progress], works, _pillars(progress, works, recurring, today))


def _enrollment(member: int) -> QuerySet[Enrollment]:
    running = Case(When(state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED], then=Value(0)), default=Value(1))
    found = Enrollment.objects.filter(trainee=member).exclude(state=EnrollmentState.WITHDRAWN)
    own = found.select_related("cohort__manager").annotate(order=running, aim=F("cohort__version__aim"))
    return own.order_by("order", "-start_on", "-pk")[:1]


def _with_appointment(member: int, since: datetime) -> QuerySet[Enrollment]:
    own = _enrollment(member).annotate(appointment=next_appointment(since))
    return own.annotate(rounds_answered=rounds_answered(), people=people_of_cohort())


def _with_frame(member: int) -> QuerySet[Enrollment]:
    version = "cohort__version__"
    return _enrollment(member).annotate(framework=F(f"{version}framework"), workflow=F(f"{version}workflow"), modules=modules_with_steps())


def modules_with_steps() -> ArraySubquery:
    """Of an enrollment's version: the modules that are about steps of the workflow, as {pk, steps}."""
    facts = JSONObject(pk=F("pk"), steps=F("workflow_steps"))
    modules = Module.objects.filter(version=OuterRef("cohort__version_id"), workflow_steps__len__gt=0).order_by("position")
    return ArraySubquery(modules.values(facts=facts))


def _progress(enrollment: int) -> QuerySet[PhaseProgress]:
    pillars = Pillar.objects.filter(version=OuterRef("phase__version_id")).order_by("position")
    return (
        PhaseProgress.objects.filter(enrollment=enrollment)
        .select_related("phase")
        .annotate(pillars=ArraySubquery(pillars.values(facts=JSONObject(key=F("key"), name=F("name")))))
        .order_by("phase__number")
    )


def _works(enrollment: int) -> QuerySet:
    deliverables = Deliverable.objects.filter(work=OuterRef("pk")).order_by("kind__position", "number")
    checks = CheckDefinition.objects.filter(task=OuterRef("task_id")).order_by("position")
    return (
        TaskWork.objects.filter(enrollment=enrollment)
        .order_by("task__position", "occurrence")
        .annotate(
            deliverable_facts=ArraySubquery(deliverables.values(facts=JSONObject(**DELIVERABLE))),
            check_keys=ArraySubquery(checks.values("key")),
        )
        .values_list(*WORK, "deliverable_facts", "check_keys", named=True)
    )


def _work(row, methods: Mapping[str, str], today: date) -> Work:
    return Work(
        pk=row.pk,
        key=row.task__key,
        name=str(row.task__name),
        module_id=row.task__module_id,
        phase_id=row.task__phase_id,
        method=methods[row.task__method],
        hours=row.task__hours,
        state=row.state,
        start_on=row.planned_start_on,
        due_on=row.due_on,
        occurrence=row.occurrence,
        is_recurring=row.task__recurrence != Recurrence.ONCE,
        is_checkpoint=row.task__recurrence == Recurrence.QUARTERLY and bool(row.task__questions),
        required=row.task__required,
        counts_for_exit=row.task__counts_for_exit,
        weights=(row.task__weight_1, row.task__weight_2, row.task__weight_3),
        deliverables=row.deliverable_facts,
        checks=row.check_keys,
        is_overdue=is_overdue(row.state, row.due_on, today),
    )


def _phase(progress: PhaseProgress, works: Sequence[Work]) -> Phase:
    """How many tasks end the phase, and how many of them are done."""
    kind = progress.phase.exit
    counted = [work for work in works if work.phase_id == progress.phase_id and work.occurrence == 1 and _ends(kind, work)]
    return Phase(progress, sum(work.is_finished for work in counted), len(counted))


def _ends(kind: str, work: Work) -> bool:
    if kind in (PhaseExit.NONE, PhaseExit.PER_CYCLE):
        return work.required
    return holds_exit(kind, TaskFacts(work.key, TaskState.OPEN, work.required, work.counts_for_exit))


def _pillars(progress: Sequence[PhaseProgress], works: Sequence[Work], recurring: set[int], today: date) -> list[PillarStand]:
    names = progress[0].pillars if progress else []
    keys = [one["key"] for one in names]
    weights = [
        TaskWeights(work.state, work.due_on, dict(zip(keys, work.weights, strict=False)), work.required, work.phase_id not in recurring)
        for work in works
    ]
    found = pillar_progress(weights, keys, today)
    return [PillarStand(number, one["key"], _text(one["name"]), found[one["key"]]) for number, one in enumerate(names, start=1)]


def _text(stored) -> str:
    """A localized text out of a subquery: JSON or plain."""
    return read(json.loads(stored)) if isinstance(stored, str) and stored.startswith("{") else read(stored)


ENROLLMENT, WITH_APPOINTMENT = Prepared(_enrollment, int), Prepared(_with_appointment, int, datetime)
WITH_FRAME = Prepared(_with_frame, int)
PROGRESS, WORKS = Prepared(_progress, int), Prepared(_works, int)
