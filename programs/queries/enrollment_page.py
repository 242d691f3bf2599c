"""One trainee's way as those who support them or run the cohort see it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch, Value
from django.db.models.fields import CharField

from organizations.models import Member
from programs.models import CohortDeputy, Enrollment, ScheduleChange, SignOffStep, StepSigner, SupportRole, Waiver
from programs.queries.frame import said_at, steps_in_hand
from programs.queries.my_program_parts import MyProgram, Phase, Work
from programs.queries.my_tasks import modules_with_steps, my_tasks
from programs.queries.sign_off_queue import waited
from programs.vocabulary import RELATIONS, Role, StepState

WAIVED, MOVED = "waived", "moved"


@dataclass(frozen=True)
class Remark:
    """Why a task was waived or its date moved."""

    kind: str
    by: str
    at: datetime
    reason: str
    old: date | None = None
    new: date | None = None


@dataclass(frozen=True)
class TaskLine:
    """One task with what was decided about it, and who has it in hand."""

    work: Work
    remarks: tuple[Remark, ...] = ()
    waits: str = ""
    with_whom: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """A role and who holds it."""

    role: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class EnrollmentPage:
    """The page of one enrollment."""

    enrollment: Enrollment
    program: MyProgram
    groups: tuple[tuple[Phase, tuple[TaskLine, ...]], ...]
    relations: tuple[Relation, ...]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """The steps of the workflow that the trainee is at."""
        every = steps_in_hand(self.program.works, self.enrollment.modules, self.enrollment.cohort.version.workflow)
        return said_at([step for step in every if step.is_now])


def enrollment_for(member: Member, cohort_id: int, pk: int) -> Enrollment | None:
    """The enrollment with its cohort, if this person reads it; two queries."""
    deputies = Prefetch("cohort__deputies", CohortDeputy.objects.all())
    found = Enrollment.objects.visible_to(member).select_related(
        "cohort__manager", "cohort__sponsor", "cohort__version__template", "trainee"
    )
    return found.prefetch_related(deputies).annotate(modules=modules_with_steps()).filter(pk=pk, cohort=cohort_id).first()


def enrollment_page(enrollment: Enrollment, today: date, now: datetime) -> EnrollmentPage:
    """All tasks by phase, relations and remarks; five queries."""
    program = my_tasks(enrollment, today)
    remarks, waits = _remarks(enrollment), _waits(enrollment, now)
    lines = [TaskLine(work, tuple(remarks.get(work.pk, ())), *waits.get(work.pk, ("", ()))) for work in program.works]
    groups = tuple((phase, tuple(line for line in lines if line.work.phase_id == phase.progress.phase_id)) for phase in program.phases)
    counts = {
        "done": sum(phase.done for phase in program.phases if not (phase.is_continuous or phase.is_recurring)),
        "total": sum(phase.total for phase in program.phases if not (phase.is_continuous or phase.is_recurring)),
        "late": sum(work.is_overdue for work in program.works),
        "returned": sum(work.state == "returned" for work in program.works),
        "waiting": len(waits),
    }
    return EnrollmentPage(enrollment, program, groups, _relations(enrollment), counts)


def holders_of(enrollment: Enrollment) -> dict[str, list[int]]:
    """Who holds each relation now, by id."""
    held = defaultdict(list)
    for role, member in _support(enrollment).values_list("role", "member_id"):
        held[role].append(member)
    return held


def _support(enrollment: Enrollment):
    return SupportRole.objects.filter(enrollment=enrollment, ended_at__isnull=True).order_by("since", "pk")


def _relations(enrollment: Enrollment) -> tuple[Relation, ...]:
    names = defaultdict(list)
    for role, name in _support(enrollment).values_list("role", "member__name"):
        names[role].append(name)
    cohort = enrollment.cohort
    if cohort.sponsor and not names[Role.SPONSOR]:
        names[Role.SPONSOR].append(cohort.sponsor.name)
    if cohort.manager:
        names[Role.COHORT_MANAGER].append(cohort.manager.name)
    order: Sequence[Role] = [role for role in Role if role in RELATIONS or role == Role.COHORT_MANAGER]
    return tuple(Relation(str(role), str(role.label), tuple(names[role])) for role in order)


def _remarks(enrollment: Enrollment) -> dict[int, list[Remark]]:
    """Waivers and moved dates by task work, newest first; one query."""
    same = ("work_id", "row_kind", "by__name", "at", "reason", "row_old", "row_new")
    waivers = Waiver.objects.filter(work__enrollment=enrollment).annotate(
        row_kind=Value(WAIVED, CharField()), row_old=F("work__due_on"), row_new=F("work__due_on")
    )
    moves = ScheduleChange.objects.filter(work__enrollment=enrollment).annotate(
        row_kind=Value(MOVED, CharField()), row_old=F("old_due_on"), row_new=F("new_due_on")
    )
    found = defaultdict(list)
    for work, kind, by, at, reason, old, new in waivers.values_list(*same).union(moves.values_list(*same)).order_by("-at"):
        found[work].append(Remark(kind, by or "", at, reason, old if kind == MOVED else None, new if kind == MOVED else None))
    return found


def _waits(enrollment: Enrollment, now: datetime) -> dict[int, tuple[str, tuple[str, ...]]]:
    """How long each task has waited for a signer, and for whom; the oldest step of each."""
    signers = StepSigner.objects.filter(step=OuterRef("pk")).order_by("member__sort_name").values("member__name")
    steps = SignOffStep.objects.filter(submission__deliverable__work__enrollment=enrollment, state=StepState.READY, ready_at__isnull=False)
    rows = (
        steps.annotate(names=ArraySubquery(signers)).order_by("-ready_at").values_list("submission__deliverable__work", "ready_at", "names")
    )
    return {work: (waited(since, now), tuple(names)) for work, since, names in rows}
