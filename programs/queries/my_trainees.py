"""The trainees a person supports, worst first: who is late, what waits on whom, when something last happened."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from organizations.localized import any_of, read
from organizations.models import Member
from organizations.prepared import Prepared, among
from programs.models import Enrollment, PhaseProgress, SignOffStep, SupportRole, TaskWork
from programs.models.readable import READERS
from programs.rules import deliverable_states
from programs.rules.task_states import WITH_TRAINEE
from programs.vocabulary import EnrollmentState, PhaseState, Role, StepState, TaskState

PER_PAGE = 25
RUNNING = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)
ENDED = "ended"
COLUMNS = (
    "pk", "cohort_id", "cohort__name", "trainee_id", "trainee__name", "trainee__department", "state", "late", "late_since",
    "late_key", "returned", "returned_key", "phase_number", "phase", "last_at",
)  # fmt: skip


@dataclass(frozen=True)
class Wait:
    """One version of a deliverable that waits for somebody: `people` are names, or roles where nobody is named."""

    key: str
    people: tuple[str, ...]
    is_mine: bool
    since: datetime | None

    @property
    def who(self) -> str:
        """Those who may take the step, as one reads a list: any one of them is enough."""
        return any_of(self.people)


@dataclass(frozen=True)
class Supported:
    """One trainee as those who support them see them. `late` counts tasks whose date has passed while they have to act."""

    enrollment_id: int
    cohort_id: int
    cohort: str
    trainee_id: int
    name: str
    department: str
    state: str
    late: int
    late_since: date | None
    late_key: str | None
    returned: int
    returned_key: str | None
    phase_number: int | None
    phase: str | None
    last_at: datetime | None
    roles: tuple[Role, ...] = ()
    waits: tuple[Wait, ...] = ()

    @property
    def is_paused(self) -> bool:
        return self.state == EnrollmentState.PAUSED

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def state_label(self) -> str:
        return EnrollmentState(self.state).label

    @property
    def role_labels(self) -> list[str]:
        """What one is to this trainee, in words."""
        return [role.label for role in self.roles]

    @property
    def mine(self) -> Wait | None:
        """What waits for the reader, the oldest of it."""
        return next((wait for wait in self.waits if wait.is_mine), None)

    @property
    def others(self) -> Wait | None:
        """What waits for somebody else, the oldest of it."""
        return next((wait for wait in self.waits if not wait.is_mine), None)


@dataclass(frozen=True)
class Filters:
    """Which of them are shown: those one supports in this role; those whose programme runs, or those whose has ended."""

    role: str = ""
    when: str = ""

    @classmethod
    def read(cls, role: str, when: str) -> "Filters":
        """Out of an address; what is not understood filters nothing."""
        return cls(role if role in READERS else "", ENDED if when == ENDED else "")

    @property
    def is_ended(self) -> bool:
        return self.when == ENDED


@dataclass(frozen=True)
class Relation:
    """One of the roles in which a person supports trainees, and how many."""

    role: Role
    count: int


@dataclass(frozen=True)
class Counts:
    """How many one supports, before anything is filtered; one query."""

    relations: tuple[tuple[int, str, str], ...]  # enrollment, role, state of the enrollment

    def of(self, filters: Filters) -> int:
        """Trainees that the filters leave."""
        return len({pk for pk, role, state in self._within(filters) if not filters.role or role == filters.role})

    @property
    def running(self) -> int:
        return self.of(Filters())

    @property
    def ended(self) -> int:
        return self.of(Filters(when=ENDED))

    def by_role(self, filters: Filters) -> list[Relation]:
        """The roles one holds, among running or among ended programmes."""
        found = Counter(role for _pk, role, _state in self._within(filters))
        return [Relation(role, found[role]) for role in READERS if found[role]]

    @cached_property
    def roles(self) -> dict[int, tuple[Role, ...]]:
        """The roles one holds towards each trainee."""
        held = defaultdict(set)
        for pk, role, _state in self.relations:
            held[pk].add(role)
        return {pk: tuple(role for role in READERS if role in roles) for pk, roles in held.items()}

    def _within(self, filters: Filters) -> list[tuple[int, str, str]]:
        return [row for row in self.relations if (row[2] in RUNNING) != filters.is_ended]


def counts_of(member: Member) -> Counts:
    """How many trainees this person supports, in which roles."""
    return Counts(tuple(RELATIONS.rows(member.pk)))


def trainees_of(member: Member, counts: Counts, filters: Filters, today: date, number: str | int = 1, per_page: int = PER_PAGE) -> Page:
    """One page of the trainees this person supports, worst first; two queries, none where there are none."""
    page = Paginator(range(counts.of(filters)), per_page).get_page(number)
    places = page.object_list
    found = _prepared(filters, places.start, places.stop).rows(member.pk, today) if places else []
    rows = [Supported(*row) for row in found]
    waits = _waits([row.enrollment_id for row in rows], member, counts) if rows else {}
    page.object_list = [
        replace(row, phase=read(row.phase), roles=counts.roles[row.enrollment_id], waits=waits.get(row.enrollment_id, ())) for row in rows
    ]
    return page


def is_late(today: date, path: str = "") -> Q:
    """Tasks whose date has passed while the trainee has to act: `task_states.is_overdue` for the database."""
    return Q(**{f"{path}state__in": WITH_TRAINEE, f"{path}due_on__lt": today})


@lru_cache(maxsize=100)
def _prepared(filters: Filters, start: int, stop: int) -> Prepared:
    return Prepared(lambda member, today: _ordered(member, filters, today)[start:stop], int, date)


def _ordered(member: int, filters: Filters, today: date) -> QuerySet:
    """Worst first: most tasks late, then late for longest, then most returned; and then by name."""
    support = SupportRole.objects.filter(enrollment=OuterRef("pk"), member=member, role__in=READERS, ended_at__isnull=True)
    if filters.role:
        support = support.filter(role=filters.role)
    running = Q(state__in=RUNNING)
    own_work = TaskWork.objects.filter(enrollment=OuterRef("pk")).order_by("due_on", "pk")
    late, returned = own_work.filter(is_late(today)), own_work.filter(state=TaskState.RETURNED)
    open_phase = PhaseProgress.objects.filter(enrollment=OuterRef("pk"), state=PhaseState.OPEN).order_by("phase__number")
    return (
        Enrollment.objects.filter(Exists(support), ~running if filters.is_ended else running)
        .annotate(
            # Nobody chases a trainee whose programme is paused.
            late=Case(When(state=EnrollmentState.ACTIVE, then=Coalesce(_figure(late, Count("pk")), 0)), default=0),
            late_since=Case(When(state=EnrollmentState.ACTIVE, then=Subquery(late.values("due_on")[:1]))),
            returned=Coalesce(_figure(returned, Count("pk")), 0),
            last_at=_figure(own_work, Max(Greatest("started_at", "submitted_at", "ended_at"))),
            late_key=Subquery(late.values("task__key")[:1]),
            returned_key=Subquery(returned.values("task__key")[:1]),
            phase_number=Subquery(open_phase.values("phase__number")[:1]),
            phase=Subquery(open_phase.values("phase__name")[:1]),
        )
        .order_by("-late", F("late_since").asc(nulls_last=True), "-returned", "trainee__sort_name", "pk")
        .values_list(*COLUMNS)
    )


def _figure(work: QuerySet, aggregate: Aggregate) -> Subquery:
    """One figure of a trainee's tasks: by trainee, so that nothing is joined and sorted to count it."""
    return Subquery(work.order_by().values("enrollment").annotate(figure=aggregate).values("figure"))


def _waits(enrollments: list[int], member: Member, counts: Counts) -> dict[int, tuple[Wait, ...]]:
    """What waits for whom, oldest first; a private deliverable is named to its signers and to the mentor alone."""
    found: dict[int, tuple] = {}
    for pk, *step, signer, name in WAITING.rows(enrollments):
        found.setdefault(pk, (*step, []))[-1].append((signer, name))
    waits = defaultdict(list)
    for enrollment, key, private, since, signers in found.values():
        is_mine = member.pk in [signer for signer, _said in signers]
        if private and not is_mine and Role.MENTOR not in counts.roles[enrollment]:
            continue
        names = tuple(name for _signer, name in signers if name) or (_("nobody yet: HR names a second person"),)
        waits[enrollment].append(Wait(key, names, is_mine, since))
    return {enrollment: tuple(rows) for enrollment, rows in waits.items()}


def _waiting(enrollments: list[int]) -> QuerySet:
    """Each step whose turn it is with each of its signers, where there are any."""
    deliverable = "submission__deliverable"
    return (
        SignOffStep.objects.filter(
            among(f"{deliverable}__work__enrollment_id", enrollments),
            state=StepState.READY,
            **{f"{deliverable}__state__in": deliverable_states.WITH_SIGNER},
        )
        .order_by("ready_at", "pk", "signers__pk")
        .values_list(
            "pk", f"{deliverable}__work__enrollment_id", f"{deliverable}__kind__key", f"{deliverable}__kind__private", "ready_at",
            "signers__member_id", "signers__member__name",
        )
    )  # fmt: skip


def _relations(member: int) -> QuerySet:
    supported = SupportRole.objects.filter(member=member, role__in=READERS, ended_at__isnull=True)
    return supported.values_list("enrollment_id", "role", "enrollment__state")


RELATIONS, WAITING = Prepared(_relations, int), Prepared(_waiting, list)
