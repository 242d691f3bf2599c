"""One cohort: its figures, and its trainees worst first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from organizations.localized import read
from organizations.models import Member
from organizations.prepared import Prepared, among
from programs.models import Cohort, CohortDeputy, Enrollment, PhaseProgress, SignOffStep, StepSigner, SupportRole, TaskDefinition, TaskWork
from programs.queries.cohort_list import RUNNING, cohorts_of
from programs.queries.sign_off_queue import waited
from programs.rules import deliverable_states
from programs.rules.task_states import WITH_SIGNER, WITH_TRAINEE
from programs.vocabulary import EnrollmentState, PhaseState, Role, ScheduleKind, StepState, TaskState

PER_PAGE = 25
LATE, RETURNED, WAITING = "late", "returned", "waiting"
SHOWN_ROLES = (Role.MENTOR, Role.LINE_MANAGER)


@dataclass(frozen=True)
class Figures:
    """How many run, and how many of those have something late, returned or waiting for a signer."""

    trainees: int
    on_time: int
    late: int
    returned: int
    waiting: int
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Tasks done of all that are asked in phases with an end, in percent."""
        return round(self.done * 100 / self.total) if self.total else 0

    @property
    def on_time_percent(self) -> int:
        return round(self.on_time * 100 / self.trainees) if self.trainees else 0


@dataclass(frozen=True)
class Standing:
    """One trainee as they stand, before it is known which of them are shown."""

    pk: int
    name: str
    sort_name: str
    department: str
    employee_number: str
    state: str
    done: int
    total: int
    late: int
    returned: int
    waiting: int

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def state_label(self) -> str:
        return str(EnrollmentState(self.state).label)


@dataclass(frozen=True)
class Wait:
    """A deliverable that waits for a signer."""

    key: str
    waited: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class TraineeRow:
    """One trainee in the table."""

    standing: Standing
    phase: str = ""
    phase_number: int | None = None
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    waits: tuple[Wait, ...] = ()

    @property
    def mentors(self) -> tuple[str, ...]:
        return self.people.get(Role.MENTOR, ())

    @property
    def line_managers(self) -> tuple[str, ...]:
        return self.people.get(Role.LINE_MANAGER, ())


@dataclass(frozen=True)
class Filters:
    """Which trainees are shown: by words in name, number or department, and by what is the matter."""

    words: str = ""
    matter: str = ""

    @classmethod
    def read(cls, words: str, matter: str) -> "Filters":
        """Out of an address; what is not understood filters nothing."""
        return cls(" ".join(words.split())[:80], matter if matter in (LATE, RETURNED, WAITING) else "")

    def takes(self, one: Standing) -> bool:
        """Whether a trainee is shown."""
        wanted = self.words.casefold()
        found = any(wanted in text.casefold() for text in (one.name, one.employee_number, one.department))
        return found and (not self.matter or getattr(one, self.matter) > 0)


def cohort_for(member: Member, pk: int) -> Cohort | None:
    """The cohort with its template, people and deputies, if this person sees it; two queries."""
    deputies = Prefetch("deputies", CohortDeputy.objects.select_related("member").order_by("member__sort_name"))
    found = cohorts_of(member).select_related("version__template", "manager", "sponsor").prefetch_related(deputies)
    return found.filter(pk=pk).first()


def standings(cohort: Cohort, today: date) -> list[Standing]:
    """Everybody in the cohort, worst first; one query. Done and total count required tasks of phases with an end."""
    found = [Standing(*facts, *counted) for *facts, counted in STANDINGS.rows(cohort.pk, cohort.version_id, today)]
    return sorted(found, key=lambda one: (not one.is_running, -one.late, -one.returned, one.sort_name, one.pk))


def _standings(cohort: int, version: int, today: date) -> QuerySet:
    """One row a person, with their five counts in an array: their tasks are read once, and joined to nothing."""
    required = TaskDefinition.objects.filter(version=version, required=True, phase__schedule=ScheduleKind.SEQUENTIAL)
    asked = Q(task__in=required.values("pk")) & ~Q(state=TaskState.WAIVED)
    counted = Func(
        Count("pk", filter=asked & Q(state=TaskState.APPROVED)),
        Count("pk", filter=asked),
        Count("pk", filter=Q(state__in=WITH_TRAINEE, due_on__lt=today)),
        Count("pk", filter=Q(state=TaskState.RETURNED)),
        Count("pk", filter=Q(state__in=WITH_SIGNER)),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(IntegerField()),
    )
    work = TaskWork.objects.filter(enrollment=OuterRef("pk")).order_by().values("enrollment")
    return Enrollment.objects.filter(cohort=cohort).values_list(
        "pk", "trainee__name", "trainee__sort_name", "trainee__department", "trainee__employee_number", "state",
        Coalesce(Subquery(work.annotate(counted=counted).values("counted")), Value([0] * 5, ArrayField(IntegerField()))),
    )  # fmt: skip


def figures(found: Collection[Standing]) -> Figures:
    """The figures of a cohort's running trainees."""
    running = [one for one in found if one.is_running]
    late = sum(one.late > 0 for one in running)
    return Figures(
        trainees=len(running),
        on_time=len(running) - late,
        late=late,
        returned=sum(one.returned > 0 for one in running),
        waiting=sum(one.waiting > 0 for one in running),
        done=sum(one.done for one in running),
        total=sum(one.total for one in running),
    )


def trainee_rows(found: Sequence[Standing], filters: Filters, number: str | int, now: datetime) -> Page:
    """One page of those whom the filters leave, with phase, supporters and what waits; one query."""
    page = Paginator([one for one in found if filters.takes(one)], PER_PAGE).get_page(number)
    shown = [one.pk for one in page.object_list]
    details = {pk: facts for pk, *facts in DETAILS.rows(shown)}
    page.object_list = [_row(one, *details[one.pk], now) for one in page.object_list]
    return page


def _details(shown: list[int]) -> QuerySet:
    """The phase each is in, the steps that wait for someone, and who supports them. Private deliverables are nobody's business here."""
    phases = PhaseProgress.objects.filter(enrollment=OuterRef("pk"), state=PhaseState.OPEN).exclude(phase__schedule=ScheduleKind.RECURRING)
    phase = JSONObject(number=F("phase__number"), name=F("phase__name"))
    signers = StepSigner.objects.filter(step=OuterRef("pk")).order_by("member__sort_name").values("member__name")
    steps = SignOffStep.objects.filter(
        submission__deliverable__work__enrollment=OuterRef("pk"),
        submission__deliverable__state__in=deliverable_states.WITH_SIGNER,
        submission__deliverable__kind__private=False,
        state=StepState.READY,
        ready_at__isnull=False,
    ).order_by("ready_at")
    facts = JSONObject(key=F("submission__deliverable__kind__key"), since=F("ready_at"), who=ArraySubquery(signers))
    support = SupportRole.objects.filter(enrollment=OuterRef("pk"), role__in=SHOWN_ROLES, ended_at__isnull=True).order_by("since", "pk")
    return Enrollment.objects.filter(among("pk", shown)).values_list(
        "pk",
        Subquery(phases.order_by("phase__number").values(facts=phase)[:1]),
        ArraySubquery(steps.values(facts=facts)),
        ArraySubquery(support.values(facts=JSONObject(role=F("role"), name=F("member__name")))),
    )


def _row(one: Standing, phase: dict | None, steps: list[dict], support: list[dict], now: datetime) -> TraineeRow:
    now_in = phase or {}
    people = defaultdict(list)
    for each in support:
        people[each["role"]].append(each["name"])
    waits = (Wait(step["key"], waited(datetime.fromisoformat(step["since"]), now), tuple(step["who"])) for step in steps)
    return TraineeRow(
        standing=one,
        phase=read(now_in.get("name")),
        phase_number=now_in.get("number"),
        people={role: tuple(names) for role, names in people.items()},
        waits=tuple(waits),
    )


STANDINGS, DETAILS = Prepared(_standings, int, int, date), Prepared(_details, list)
