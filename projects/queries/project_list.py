"""The practice projects that a person sees: their own, those they review, and for the HR director all."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import ProjectKind, SupportRole, TaskWork
from programs.queries.calendars import calendar_of
from programs.queries.stood_in_for import stood_in_for
from programs.vocabulary import Role, TaskState
from projects.models import Gate, GateCondition, Milestone, PracticeProject
from projects.queries.standing import ProjectStanding, standing_of
from projects.vocabulary import ProjectState

PER_PAGE = 20


@dataclass(frozen=True)
class ProjectRow:
    """One project in the list. `is_mine`: I lead it; `asks_me`: I speak at its gates or am asked to sponsor it."""

    project: PracticeProject
    standing: ProjectStanding
    open_conditions: int
    is_mine: bool
    asks_me: bool


@dataclass(frozen=True)
class ProjectFilters:
    """What the list is narrowed to; anything unknown is left out."""

    state: str = ""
    kind: str = ""

    @classmethod
    def read(cls, state: str, kind: str) -> "ProjectFilters":
        """Filters out of a query string."""
        return cls(state if state in ProjectState.values else "", kind[:10].replace("\0", ""))


@dataclass(frozen=True)
class ProjectList:
    """A page of projects; the kinds one may filter by; the task for which the reader may choose a project now."""

    rows: list[ProjectRow]
    page: Page
    filters: ProjectFilters
    kinds: list[str]
    to_choose: int | None
    sees_all: bool

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.state or self.filters.kind)


def project_list(member: Member, today: date, filters: ProjectFilters, number: str = "1") -> ProjectList:
    """Those that are under way first, then by name of the trainee; the same number of queries however many there are."""
    reviewed = SupportRole.objects.filter(
        enrollment=OuterRef("enrollment_id"), role__in=[Role.MENTOR, Role.HRBP], ended_at__isnull=True
    ).filter(Q(member=member) | Q(member__in=stood_in_for(member.pk, today)))
    found = PracticeProject.objects.open_to(member, today)
    kinds = sorted(set(found.values_list("kind__key", flat=True)))
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.kind:
        found = found.filter(kind__key=filters.kind)
    found = found.select_related("enrollment__cohort", "enrollment__trainee", "kind", "sponsor").annotate(reviews=Exists(reviewed))
    found = found.prefetch_related(
        Prefetch("gates", Gate.objects.select_related("definition").order_by("position")),
        Prefetch("gates__conditions", GateCondition.objects.all()),
        Prefetch("milestones", Milestone.objects.order_by("position", "pk")),
        "risks",
    ).order_by("ended_at", "enrollment__trainee__sort_name", "pk")
    page = Paginator(found, PER_PAGE).get_page(number)
    projects = list(page.object_list)
    calendars = {kind: calendar_of(kind) for kind in sorted({one.enrollment.cohort.calendar for one in projects})}
    return ProjectList(
        rows=[_row(one, member, calendars[one.enrollment.cohort.calendar], today) for one in projects],
        page=page,
        filters=filters,
        kinds=kinds,
        to_choose=_to_choose(member),
        sees_all=member.has_role(OrganizationRole.HR_DIRECTOR),
    )


def _row(project: PracticeProject, member: Member, calendar, today: date) -> ProjectRow:
    gates = list(project.gates.all())
    conditions = [one for gate in gates for one in gate.conditions.all()]
    return ProjectRow(
        project=project,
        standing=standing_of(project, gates, conditions, list(project.milestones.all()), list(project.risks.all()), calendar, today),
        open_conditions=sum(one.settled_at is None for one in conditions),
        is_mine=project.enrollment.trainee_id == member.pk,
        asks_me=project.reviews or project.sponsor_id == member.pk,
    )


def _to_choose(member: Member) -> int | None:
    """The reader's own open task that is led as a project and has none yet."""
    kinds = ProjectKind.objects.filter(version=OuterRef("task__version_id"))
    running = PracticeProject.objects.filter(work=OuterRef("pk")).exclude(state=ProjectState.STOPPED)
    tasks = TaskWork.objects.led_as_projects().filter(enrollment__trainee=member)
    waiting = tasks.exclude(state__in=[TaskState.LOCKED, TaskState.APPROVED, TaskState.WAIVED])
    return waiting.filter(Exists(kinds), ~Exists(running)).values_list("pk", flat=True).first()
