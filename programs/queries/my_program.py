"""The trainee's home: where one stands, what is next, what others said, how the three pillars grow."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from organizations.localized import read
from organizations.models import Member
from programs.models import (
    CheckDefinition,
    Comment,
    Deliverable,
    Enrollment,
    PhaseProgress,
    Pillar,
    SignOff,
    StepSigner,
    Submission,
    SupportRole,
    TaskWork,
)
from programs.queries.appointments import next_appointment
from programs.queries.task_trail import role_words
from programs.rules.phase_exit import TaskFacts, holds_exit
from programs.rules.pillar_weights import PillarProgress, TaskWeights, pillar_progress
from programs.rules.task_states import FINISHED, WITH_TRAINEE, is_overdue
from programs.vocabulary import EnrollmentState, LearningMethod, Outcome, PhaseExit, PhaseState, ScheduleKind, StepState, TaskState

MOST_TO_DO = 6
MOST_FEEDBACK = 3
NOTES_READ = 40  # enough for the last word on everything that can be returned at once


@dataclass(frozen=True)
class Work:
    """One task of the trainee with what it ends in. `deliverables`: {key, name, state, number, label} each."""

    pk: int
    key: str
    name: str
    module_id: int
    phase_id: int
    method: str
    hours: int
    state: str
    start_on: date
    due_on: date
    occurrence: int
    is_recurring: bool
    required: bool
    counts_for_exit: bool
    weights: tuple[int, int, int]
    deliverables: list[dict]
    checks: list[str]
    is_overdue: bool

    @property
    def code(self) -> str:
        """What people call it: D7, C1, or its own number."""
        keys = list(dict.fromkeys(one["key"] for one in self.deliverables)) or self.checks
        return keys[0] if keys else self.key

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def handed_in(self) -> int:
        """How many of several deliverables are handed in."""
        return sum(one["state"] not in ("open", "returned") for one in self.deliverables)

    @property
    def pillar(self) -> int:
        """The pillar that it is mostly about, 1 to 3."""
        return self.weights.index(max(self.weights)) + 1


@dataclass(frozen=True)
class Phase:
    """One phase of the way, with how many of the tasks that end it are done."""

    progress: PhaseProgress
    done: int
    total: int

    @property
    def number(self) -> int:
        return self.progress.phase.number

    @property
    def name(self) -> str:
        return str(self.progress.phase.name)

    @property
    def is_recurring(self) -> bool:
        return self.progress.phase.schedule == ScheduleKind.RECURRING

    @property
    def is_continuous(self) -> bool:
        return self.progress.phase.schedule == ScheduleKind.CONTINUOUS


@dataclass(frozen=True)
class ToDo:
    """One thing to do now. `why`: returned, overdue, sign, in_progress or open; `step_id` where one signs."""

    why: str
    code: str
    name: str
    due_on: date | None
    state: str
    work: Work | None = None
    step_id: int | None = None
    by: str = ""
    words: str = ""
    is_overdue: bool = False


@dataclass(frozen=True)
class Feedback:
    """What someone said about one's work."""

    by: str
    role: str
    at: datetime
    work_id: int
    code: str
    about: str
    words: str


@dataclass(frozen=True)
class Goal:
    """One goal of the development plan."""

    text: str
    due_on: date | None


@dataclass(frozen=True)
class PlanCard:
    """The development plan in brief."""

    number: int
    state: str
    goals: list[Goal]


@dataclass(frozen=True)
class PillarStand:
    """One pillar as percentages of all that is asked, for the balance."""

    number: int
    key: str
    name: str
    progress: PillarProgress

    @property
    def earned(self) -> int:
        return round(self.progress.earned_percent)

    @property
    def planned(self) -> int:
        return round(self.progress.planned_percent)

    @property
    def total(self) -> int:
        return 100

    @property
    def behind(self) -> int:
        return max(self.planned - self.earned, 0)


@dataclass(frozen=True)
class MyProgram:
    """All that the trainee's home shows."""

    enrollment: Enrollment
    phases: list[Phase]
    works: list[Work]
    pillars: list[PillarStand]
    to_do: list[ToDo] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    plan: PlanCard | None = None

    @property
    def now(self) -> Phase | None:
        """The phase one is in: the first open one that is not only a cycle beside the way."""
        opened = [phase for phase in self.phases if phase.progress.state == PhaseState.OPEN and not phase.is_recurring]
        return opened[0] if opened else None

    @property
    def after_now(self) -> Phase | None:
        """The phase that comes next."""
        later = [phase for phase in self.phases if self.now and phase.number > self.now.number and not phase.is_recurring]
        return later[0] if later else None

    def weeks(self, today: date) -> tuple[int, int]:
        """Which week of how many this is."""
        ends = [phase.progress.planned_end_on for phase in self.phases if not phase.is_recurring]
        start = self.enrollment.start_on
        total = ((max(ends) - start).days // 7 + 1) if ends else 1
        return min(max((today - start).days // 7 + 1, 1), total), total


def current_enrollment(member: Member, now: datetime | None = None) -> Enrollment | None:
    """The programme one is in; one that runs before one that is over. One query.

    With `now` the next date stands in its `appointment`; see queries/appointments.py.
    """
    running = Case(When(state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED], then=Value(0)), default=Value(1))
    found = Enrollment.objects.filter(trainee=member).exclude(state=EnrollmentState.WITHDRAWN)
    found = found.annotate(appointment=next_appointment(now)) if now else found
    return found.select_related("cohort__manager").annotate(order=running).order_by("order", "-start_on", "-pk").first()


def my_program(enrollment: Enrollment, member: Member, today: date) -> MyProgram:
    """The home of one's own programme; six queries."""
    program = my_tasks(enrollment, today)
    notes = list(_notes(enrollment, member)[:NOTES_READ])
    roles = SupportRole.objects.filter(enrollment=enrollment, member=OuterRef("author_id"), ended_at__isnull=True).order_by("pk")
    comments = (
        Comment.objects.filter(deliverable__work__enrollment=enrollment)
        .exclude(author=member)
        .select_related("author", "deliverable__kind")
        .annotate(role=Subquery(roles.values("role")[:1]))
        .order_by("-at")[:MOST_FEEDBACK]
    )
    return MyProgram(
        enrollment,
        program.phases,
        program.works,
        program.pillars,
        to_do=_to_do(program.works, notes, _to_sign(member)),
        feedback=_feedback(notes, comments),
        plan=_plan(enrollment),
    )


def my_tasks(enrollment: Enrollment, today: date) -> MyProgram:
    """Every task of one's programme by phase; two queries."""
    pillars = Pillar.objects.filter(version=OuterRef("phase__version_id")).order_by("position")
    progress = list(
        PhaseProgress.objects.filter(enrollment=enrollment)
        .select_related("phase")
        .annotate(pillars=ArraySubquery(pillars.values(facts=JSONObject(key=F("key"), name=F("name")))))
        .order_by("phase__number")
    )
    works = [_work(row, today) for row in _works(enrollment)]
    recurring = {one.phase_id for one in progress if one.phase.schedule != ScheduleKind.SEQUENTIAL}
    return MyProgram(enrollment, [_phase(one, works) for one in progress], works, _pillars(progress, works, recurring, today))


def _works(enrollment: Enrollment) -> QuerySet[TaskWork]:
    facts = JSONObject(
        pk=F("pk"),
        key=F("kind__key"),
        name=F("kind__name"),
        state=F("state"),
        number=F("last_number"),
        label=F("label"),
        layout=F("kind__layout"),
    )
    deliverables = Deliverable.objects.filter(work=OuterRef("pk")).order_by("kind__position", "number")
    checks = CheckDefinition.objects.filter(task=OuterRef("task_id")).order_by("position")
    return (
        TaskWork.objects.filter(enrollment=enrollment)
        .select_related("task")
        .defer("task__what", "task__judged", "task__questions", "task__responsible", "note")
        .annotate(deliverable_facts=ArraySubquery(deliverables.values(facts=facts)), check_keys=ArraySubquery(checks.values("key")))
        .order_by("task__position", "occurrence")
    )


def _work(row: TaskWork, today: date) -> Work:
    task = row.task
    return Work(
        pk=row.pk,
        key=task.key,
        name=str(task.name),
        module_id=task.module_id,
        phase_id=task.phase_id,
        method=str(LearningMethod(task.method).label),
        hours=task.hours,
        state=row.state,
        start_on=row.planned_start_on,
        due_on=row.due_on,
        occurrence=row.occurrence,
        is_recurring=task.recurrence != "once",
        required=task.required,
        counts_for_exit=task.counts_for_exit,
        weights=task.weights,
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


def _notes(enrollment: Enrollment, member: Member) -> QuerySet[SignOff]:
    return (
        SignOff.objects.filter(step__submission__deliverable__work__enrollment=enrollment)
        .exclude(by=member)
        .exclude(note="")
        .select_related("by", "step__submission__deliverable__kind")
        .order_by("-at")
    )


def _to_sign(member: Member) -> QuerySet[StepSigner]:
    """What waits for one's own signature: the role description one is to agree to, an interview one gave."""
    return (
        StepSigner.objects.filter(member=member, step__state=StepState.READY)
        .select_related("step__submission__deliverable__kind", "step__submission__author")
        .order_by("step__ready_at")
    )


def _to_do(works: Sequence[Work], notes: Sequence[SignOff], to_sign: QuerySet[StepSigner]) -> list[ToDo]:
    """Returned work first, then what is overdue, what waits for one's signature, and the rest by date."""
    returned = {}
    for note in notes:
        if note.outcome == Outcome.RETURNED:
            returned.setdefault(note.step.submission.deliverable.work_id, note)
    found = []
    for work in works:
        if work.state not in WITH_TRAINEE:
            continue
        why = "returned" if work.state == TaskState.RETURNED else "overdue" if work.is_overdue else str(work.state)
        note = returned.get(work.pk)
        facts = {"by": note.by.name, "words": note.note} if note and why == "returned" else {}
        found.append(ToDo(why, work.code, work.name, work.due_on, work.state, work, is_overdue=work.is_overdue, **facts))
    for signer in to_sign:
        step = signer.step
        kind = step.submission.deliverable.kind
        found.append(ToDo("sign", kind.key, str(kind.name), step.due_on, "submitted", step_id=step.pk, by=step.submission.author.name))
    order = {"returned": 0, "overdue": 1, "sign": 2}
    return sorted(found, key=lambda one: (order.get(one.why, 3), one.due_on or date.max))


def _feedback(notes: Sequence[SignOff], comments: Sequence[Comment]) -> list[Feedback]:
    found = []
    for note in notes[:MOST_FEEDBACK]:
        deliverable = note.step.submission.deliverable
        kind = deliverable.kind
        found.append(Feedback(note.by.name, note.get_role_display(), note.at, deliverable.work_id, kind.key, str(kind.name), note.note))
    for comment in comments:
        kind = comment.deliverable.kind
        found.append(
            Feedback(
                comment.author.name,
                role_words([comment.role]) if comment.role else "",
                comment.at,
                comment.deliverable.work_id,
                kind.key,
                str(kind.name),
                comment.body,
            )
        )
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST_FEEDBACK]


def _plan(enrollment: Enrollment) -> PlanCard | None:
    newest = (
        Submission.objects.filter(deliverable__work__enrollment=enrollment, deliverable__kind__layout="idp")
        .order_by("-number")
        .values("number", "data", "deliverable__state")
        .first()
    )
    if newest is None:
        return None
    goals = [
        Goal(row["goal"], date.fromisoformat(row["due"]) if row.get("due") else None)
        for row in newest["data"].get("goals", [])
        if isinstance(row, dict) and row.get("goal")
    ]
    return PlanCard(newest["number"], newest["deliverable__state"], goals)


def _text(stored) -> str:
    """A localized text out of a subquery: JSON or plain."""
    return read(json.loads(stored)) if isinstance(stored, str) and stored.startswith("{") else read(stored)
