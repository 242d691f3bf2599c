"""One field that finds people, programmes, tasks, cohorts and templates; each only what the person may come across."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from home.queries.matching import called, letters_of, nearest, numbered, says, spoken
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import (
    CheckDefinition,
    Cohort,
    CohortDeputy,
    DeliverableKind,
    Enrollment,
    ProgramTemplate,
    SupportRole,
    TaskDefinition,
    TaskWork,
)
from programs.rules.task_states import FINISHED, is_overdue
from programs.vocabulary import EnrollmentState

MOST = 8
MOST_NAMES = 3000  # among which the nearest is looked for


@dataclass(frozen=True)
class Scope:
    """How far one person's search reaches."""

    everybody: bool  # all people of the organization; else only those one has to do with
    person_pages: bool  # and may open their page
    templates: bool


@dataclass(frozen=True)
class PersonHit:
    """A person. `program` is their programme where the reader reads it and may not open the person's page."""

    pk: int
    name: str
    department: str
    title: str
    employee_number: str
    email: str
    has_page: bool
    program: "ProgramHit | None" = None


@dataclass(frozen=True)
class ProgramHit:
    """Somebody's way through a cohort."""

    enrollment_id: int
    cohort_id: int
    cohort: str
    trainee_id: int
    name: str
    state: str
    is_own: bool

    @property
    def state_label(self) -> str:
        return EnrollmentState(self.state).label


@dataclass(frozen=True)
class TaskHit:
    """One task of one trainee."""

    work_id: int
    key: str
    name: str
    trainee: str
    state: str
    due_on: date
    is_overdue: bool
    is_own: bool


@dataclass(frozen=True)
class NamedHit:
    """A cohort or a template."""

    pk: int
    name: str


@dataclass(frozen=True)
class Found:
    """What one field found, by kind; `nearest` is a name to try instead where nothing was found."""

    words: str = ""
    people: tuple[PersonHit, ...] = ()
    programs: tuple[ProgramHit, ...] = ()
    tasks: tuple[TaskHit, ...] = ()
    cohorts: tuple[NamedHit, ...] = ()
    templates: tuple[NamedHit, ...] = ()
    nearest: str = ""

    @property
    def count(self) -> int:
        return sum(len(hits) for hits in (self.people, self.programs, self.tasks, self.cohorts, self.templates))


def search(member: Member, words: str, scope: Scope, today: date) -> Found:
    """All that this person finds by these words; at most six queries, none without words."""
    if not words:
        return Found()
    people = _people(member, scope)
    programs = _programs(member, words)
    found = Found(
        words=words,
        people=_person_hits(people, words, scope, programs),
        programs=programs,
        tasks=_tasks(member, words, today),
        cohorts=_named(_cohorts(member).filter(name__icontains=words).order_by("-start_on", "pk")),
        templates=_templates(words) if scope.templates else (),
    )
    if found.count:
        return found
    return Found(words=words, nearest=nearest(words, people.order_by("sort_name", "pk").values_list("name", "sort_name")[:MOST_NAMES]))


def _people(member: Member, scope: Scope) -> QuerySet[Member]:
    """Those whose name this person may read: everybody, or those of the programmes they have a part in, and their own line."""
    people = Member.objects.active()
    if scope.everybody:
        return people
    takes_part = SupportRole.objects.filter(enrollment=OuterRef("pk"), member=member, ended_at__isnull=True)
    shared = Enrollment.objects.exclude(state=EnrollmentState.WITHDRAWN).filter(Q(trainee=member) | Exists(takes_part))
    supporters = SupportRole.objects.filter(member=OuterRef("pk"), ended_at__isnull=True, enrollment__in=shared.values("pk"))
    return people.filter(
        Q(pk=member.pk)
        | Q(line_manager=member)
        | Q(pk=member.line_manager_id)
        | Exists(shared.filter(trainee=OuterRef("pk")))
        | Exists(shared.filter(cohort__manager=OuterRef("pk")))
        | Exists(supporters)
    )


def _person_hits(people: QuerySet[Member], words: str, scope: Scope, programs: tuple[ProgramHit, ...]) -> tuple[PersonHit, ...]:
    columns = ("pk", "name", "department", "title", "employee_number", "email")
    rows = people.annotate(letters=letters_of()).filter(called(words)).order_by("sort_name", "pk").values_list(*columns)[:MOST]
    by_trainee = {program.trainee_id: program for program in reversed(programs)}
    return tuple(PersonHit(*row, scope.person_pages, None if scope.person_pages else by_trainee.get(row[0])) for row in rows)


def _programs(member: Member, words: str) -> tuple[ProgramHit, ...]:
    columns = ("pk", "cohort_id", "cohort__name", "trainee_id", "trainee__name", "state")
    rows = (
        Enrollment.objects.visible_to(member)
        .exclude(state=EnrollmentState.WITHDRAWN)
        .annotate(letters=letters_of("trainee__"))
        .filter(called(words, "trainee__"))
        .order_by("trainee__sort_name", "-start_on", "pk")
        .values_list(*columns)[:MOST]
    )
    return tuple(ProgramHit(*row, row[3] == member.pk) for row in rows)


def _tasks(member: Member, words: str, today: date) -> tuple[TaskHit, ...]:
    """Tasks by name or number, or by what they end in; one's own first, then what is still to be done, then by date."""
    ends_in = DeliverableKind.objects.alias(said=spoken("name")).filter(says(words, "said") | numbered(words, "key"), task=OuterRef("pk"))
    asked = CheckDefinition.objects.alias(said=spoken("name")).filter(says(words, "said") | numbered(words, "key"), task=OuterRef("pk"))
    definitions = TaskDefinition.objects.alias(said=spoken("name")).filter(
        says(words, "said") | numbered(words, "key") | Exists(ends_in) | Exists(asked)
    )
    columns = ("pk", "task__key", "task__name", "enrollment__trainee__name", "state", "due_on", "enrollment__trainee_id")
    rows = (
        TaskWork.objects.visible_to(member)
        .filter(task__in=definitions.values("pk"), enrollment__state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED])
        .alias(others=~Q(enrollment__trainee=member), finished=Q(state__in=FINISHED))
        .order_by("others", "finished", "due_on", "enrollment__trainee__sort_name", "pk")
        .values_list(*columns)[:MOST]
    )
    return tuple(
        TaskHit(pk, key, str(name), trainee, state, due_on, is_overdue(state, due_on, today), trainee_id == member.pk)
        for pk, key, name, trainee, state, due_on, trainee_id in rows
    )


def _cohorts(member: Member) -> QuerySet[Cohort]:
    """Those this person runs or sponsors; all for the HR director."""
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        return Cohort.objects.all()
    deputy = Exists(CohortDeputy.objects.filter(cohort=OuterRef("pk"), member=member))
    return Cohort.objects.filter(Q(manager=member) | Q(sponsor=member) | Q(deputy))


def _templates(words: str) -> tuple[NamedHit, ...]:
    templates = ProgramTemplate.objects.filter(archived_at__isnull=True).alias(said=spoken("name")).filter(says(words, "said"))
    return _named(templates.order_by("-pk"))


def _named(rows: QuerySet) -> tuple[NamedHit, ...]:
    return tuple(NamedHit(pk, str(name)) for pk, name in rows.values_list("pk", "name")[:MOST])
