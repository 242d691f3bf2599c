"""One task of one trainee: what to do, how far it is, and what the reader may do about it."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from organizations.localized import read
from organizations.models import Member
from organizations.prepared import Prepared
from organizations.vocabulary import OrganizationRole
from programs.models import (
    CheckDefinition,
    CheckResult,
    CohortDeputy,
    Comment,
    Deliverable,
    Draft,
    PhaseProgress,
    Pillar,
    Prerequisite,
    ProjectKind,
    Submission,
    SupportRole,
    TaskWork,
    Waiver,
)
from programs.queries.calendars import calendar_of
from programs.queries.checkpoint import CheckpointPart, checkpoint_part
from programs.queries.frame import said_at, steps_at
from programs.queries.relations import Relations
from programs.queries.task_trail import Entry, Scores, Version, role_words, scores_of, steps_of, trail_of, versions_of
from programs.rules.deliverable_states import outlives_task
from programs.rules.task_states import FINISHED, is_overdue
from programs.rules.written_text import Block, blocks
from programs.vocabulary import DeliverableState, LearningMethod, Recurrence, Role, TaskState

VERSION = "enrollment__cohort__version__"
NOT_SHOWN = [f"{VERSION}{name}" for name in ("summary", "aim", "framework", "review_scheme")]
NOBODY_WAITS = frozenset({DeliverableState.OPEN, DeliverableState.RETURNED})


@dataclass(frozen=True)
class Supporter:
    """Someone responsible, by name and by what they are to the trainee."""

    pk: int
    name: str
    role: str

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


@dataclass(frozen=True)
class CheckPage:
    """A check with its items and the newest answer to each; who answers it."""

    definition: CheckDefinition
    items: list[dict]
    by: list[str]
    results: list[dict]
    may_answer: bool

    @property
    def last(self) -> dict | None:
        return self.results[0] if self.results else None

    @property
    def by_words(self) -> str:
        """Who confirms it, by role."""
        return role_words(self.by)


@dataclass(frozen=True)
class Needed:
    """A task that must be finished first."""

    key: str
    name: str
    work_id: int | None
    state: str


@dataclass(frozen=True)
class Chosen:
    """The deliverable that the page shows, with all its history."""

    deliverable: Deliverable
    author_role: str
    writer: str
    may_write: bool
    is_open: bool
    draft: dict | None
    last_data: dict
    versions: list[Version]
    trail: list[Entry]
    scores: Scores
    comments: list[Comment]
    waits_for: str = ""  # the stage that must be approved first

    @property
    def returned(self) -> Entry | None:
        """The decision by which the newest version came back."""
        if self.deliverable.state != DeliverableState.RETURNED:
            return None
        return next((entry for entry in self.trail if entry.what == "returned"), None)

    @property
    def next_number(self) -> int:
        return self.deliverable.last_number + 1

    @property
    def draft_saved_at(self) -> datetime | None:
        return parse_datetime(self.draft["saved_at"]) if self.draft else None

    @property
    def agrees_by_submitting(self) -> bool:
        """Whether handing in is the author's agreement: the route begins with it."""
        route = self.deliverable.asked.route
        return len(route) > 1 and route[0]["kind"] == "agree" and self.author_role in route[0]["roles"]

    @property
    def next_signers(self) -> str:
        """Who reads it next."""
        waiting = [entry for entry in self.trail if entry.what in ("next_agree", "next_approve")]
        return waiting[-1].who if waiting else ""


@dataclass(frozen=True)
class TaskPage:
    """All that the page of one task shows."""

    work: TaskWork
    is_trainee: bool
    is_overdue: bool
    is_finished: bool
    relations: Relations
    responsible: list[Supporter]
    pillar_names: list[str]
    level_names: list[str]
    deliverables: list[Deliverable]
    hidden_deliverables: bool
    chosen: Chosen | None
    checks: list[CheckPage]
    needed: list[Needed] = field(default_factory=list)
    waiver: Waiver | None = None
    projects: list[ProjectKind] = field(default_factory=list)
    checkpoint: CheckpointPart | None = None

    @property
    def what(self) -> list[Block]:
        """What to do, as paragraphs and lists."""
        return blocks(str(self.work.task.what))

    @property
    def judged(self) -> list[Block]:
        """How it is judged, likewise."""
        return blocks(str(self.work.task.judged))

    @property
    def at(self) -> str:
        """The steps of the workflow that its module is about."""
        return said_at(steps_at(self.work.enrollment.cohort.version.workflow, self.work.task.module.workflow_steps))

    @property
    def is_activity(self) -> bool:
        """A task without deliverable and check: one notes what one takes from it and marks it as done."""
        return not (self.deliverables or self.hidden_deliverables or self.checks or self.checkpoint or self.is_project or self.is_review)

    @property
    def is_project(self) -> bool:
        return self.work.task.method == LearningMethod.PROJECT

    @property
    def has_project(self) -> bool:
        """Whether a practice project was chosen: what it hands in stands on the task then."""
        return any(one.kind.task_id is None for one in self.deliverables)

    @property
    def is_review(self) -> bool:
        """A task of a review cycle, which ends with the review."""
        return self.work.task.recurrence == Recurrence.PER_CYCLE and not self.deliverables and not self.checks

    @property
    def repeating(self) -> list:
        """Kinds of which one may begin another."""
        return list({one.kind_id: one.kind for one in self.deliverables if one.kind.repeats}.values())


def task_page(pk: int, member: Member, today: date, deliverable: int | None = None) -> TaskPage:
    """The page of a task that this person reads; of its deliverables it shows the one asked for, or the most urgent.

    Five queries for a task with a deliverable, one more each for checks, for what a locked task waits for, for a waiver,
    for projects; two for a checkpoint.

    Raises:
        TaskWork.DoesNotExist: there is none that this person reads.
        Deliverable.DoesNotExist: the task has no such deliverable that this person reads.
    """
    roles = tuple(sorted(member.roles))
    work = _asked_by(roles, _work).first(pk, member.pk)
    if work is None:
        raise TaskWork.DoesNotExist
    people, relations = _people(work, SUPPORT.rows(work.enrollment_id), member)
    found = [one for one in _asked_by(roles, _deliverables).rows(work.pk, member.pk) if one.ended_at is None or one.pk == deliverable]
    names = _names(people)
    level_names = [read(level["name"]) for level in work.enrollment.cohort.version.levels]
    # What has a deliverable of its own, such as D17's pilot, is no practice project to choose.
    chooses_project = work.task.method == LearningMethod.PROJECT and not work.has_deliverables
    return TaskPage(
        work=work,
        is_trainee=work.enrollment.trainee_id == member.pk,
        is_overdue=is_overdue(work.state, work.due_on, today),
        is_finished=work.state in FINISHED,
        relations=relations,
        responsible=[person for person in people if person.role in work.task.responsible],
        pillar_names=[_text(name) for name in work.pillar_names],
        level_names=level_names,
        deliverables=found,
        hidden_deliverables=work.has_deliverables and not found,
        chosen=_chosen(found, deliverable, work, relations, names, level_names, member),
        checks=_checks(work, relations, member) if work.has_checks else [],
        needed=_needed(work) if work.state == TaskState.LOCKED else [],
        waiver=Waiver.objects.filter(work=work).select_related("by").first() if work.state == TaskState.WAIVED else None,
        checkpoint=checkpoint_part(work) if work.task.is_checkpoint else None,
        projects=list(ProjectKind.objects.filter(version=work.task.version_id)) if chooses_project else [],
    )


def _work(pk: int, member: Member) -> QuerySet[TaskWork]:
    pillars = Pillar.objects.filter(version=OuterRef("task__version_id")).order_by("position").values("name")
    progress = PhaseProgress.objects.filter(enrollment=OuterRef("enrollment_id"), phase=OuterRef("task__phase_id"))
    return (
        TaskWork.objects.visible_to(member)
        .filter(pk=pk)
        .select_related(
            "task__phase",
            "task__module",
            "enrollment__trainee",
            "enrollment__cohort__manager",
            "enrollment__cohort__sponsor",
            "enrollment__cohort__version",
        )
        .defer(*NOT_SHOWN)
        .annotate(
            pillar_names=ArraySubquery(pillars),
            has_deliverables=Exists(Deliverable.objects.filter(work=OuterRef("pk"))),
            has_checks=Exists(CheckDefinition.objects.filter(task=OuterRef("task_id"))),
            is_deputy=Exists(CohortDeputy.objects.filter(cohort=OuterRef("enrollment__cohort_id"), member=member)),
            phase_state=Subquery(progress.values("state")),
            phase_starts_on=Subquery(progress.values("planned_start_on")),
        )
    )


def _support(enrollment: int) -> QuerySet[SupportRole]:
    return SupportRole.objects.filter(enrollment=enrollment, ended_at__isnull=True).select_related("member").order_by("since", "pk")


def _people(work: TaskWork, support: list[SupportRole], member: Member) -> tuple[list[Supporter], Relations]:
    """Everybody by role, and the relations as far as they concern this reader."""
    cohort, trainee = work.enrollment.cohort, work.enrollment.trainee
    people = [Supporter(trainee.pk, trainee.name, Role.TRAINEE)]
    people += [Supporter(one.member_id, one.member.name, one.role) for one in support]
    people += [
        Supporter(one.pk, one.name, role) for one, role in ((cohort.sponsor, Role.SPONSOR), (cohort.manager, Role.COHORT_MANAGER)) if one
    ]
    by_role = defaultdict(set)
    for person in people:
        by_role[person.role].add(person.pk)
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        by_role[Role.HR_DIRECTOR].add(member.pk)
    if work.is_deputy:
        by_role[Role.COHORT_MANAGER].add(member.pk)
    return people, Relations(trainee.pk, {role: frozenset(ids) for role, ids in by_role.items()}, {})


def _names(people: list[Supporter]) -> dict[str, list[str]]:
    names = defaultdict(list)
    for person in people:
        names[person.role].append(person.name)
    return names


def _deliverables(work: int, member: Member) -> QuerySet[Deliverable]:
    drafts = Draft.objects.filter(deliverable=OuterRef("pk"), author=member)
    newest = Submission.objects.filter(deliverable=OuterRef("pk"), number=OuterRef("last_number"))
    return (
        Deliverable.objects.visible_to(member)
        .filter(work=work)
        .select_related("kind")
        .annotate(
            draft=Subquery(drafts.values(content=JSONObject(data=F("data"), revision=F("revision"), saved_at=F("saved_at")))),
            last_data=Subquery(newest.values("data")),
        )
        .order_by("kind__position", "number")
    )


def _comments(deliverable: int) -> QuerySet[Comment]:
    return Comment.objects.filter(deliverable=deliverable).select_related("author").order_by("at", "pk")


@cache
def _asked_by(roles: tuple[str, ...], build: Callable[[int, Member], QuerySet]) -> Prepared:
    """A question about one row by a person of these roles: what one reads hangs on them and on one's id alone."""
    return Prepared(lambda pk, member: build(pk, Member(pk=member, roles=roles)), int, int)


SUPPORT, COMMENTS = Prepared(_support, int), Prepared(_comments, int)


def _chosen(found, wanted, work, relations, names, level_names, member) -> Chosen | None:
    if wanted is not None:
        chosen = next((one for one in found if one.pk == wanted), None)
        if chosen is None:
            raise Deliverable.DoesNotExist
    else:
        chosen = next((one for state in ("returned", "open") for one in found if one.state == state), found[0] if found else None)
    if chosen is None:
        return None
    kind = chosen.asked
    earlier = [one for one in found if kind.stages and one.kind_id == kind.pk and one.number < chosen.number]
    waits_for = next((one for one in earlier if one.state != DeliverableState.APPROVED), None)
    steps = steps_of(chosen.pk)
    versions = versions_of(steps, chosen.state)
    writer = ", ".join(names.get(kind.author, []))
    renewable = kind.layout == "idp" and chosen.state == DeliverableState.APPROVED
    is_asked_for = work.state not in FINISHED or outlives_task(kind.layout, kind.final_after_days)
    is_due = chosen.state in NOBODY_WAITS and is_asked_for
    return Chosen(
        deliverable=chosen,
        author_role=kind.author,
        writer=writer,
        may_write=relations.holds(member.pk, kind.author),
        is_open=work.state != TaskState.LOCKED and chosen.ended_at is None and waits_for is None and (is_due or renewable),
        draft=chosen.draft,
        last_data=chosen.last_data or {},
        versions=versions,
        trail=trail_of(versions, kind, chosen.state, names, member.pk, writer, _due_on(chosen, work)),
        scores=scores_of(kind, steps, level_names),
        comments=COMMENTS.rows(chosen.pk),
        waits_for=str(waits_for.asked.name) if waits_for else "",
    )


def _due_on(chosen: Deliverable, work: TaskWork) -> date:
    """When it is due: of a later stage, its own planned date, for the task's is that of the stage before it."""
    stage = chosen.kind.stages[chosen.number - 1] if chosen.number <= len(chosen.kind.stages) else None
    if stage is None:
        return work.due_on
    return max(work.due_on, calendar_of(work.enrollment.cohort.calendar).due_on(work.planned_start_on, stage["length"]))


def _checks(work: TaskWork, relations: Relations, member: Member) -> list[CheckPage]:
    given = CheckResult.objects.filter(work=work, definition=OuterRef("pk")).order_by("-at", "-pk")
    facts = JSONObject(passed=F("passed"), answers=F("answers"), note=F("note"), at=F("at"), by=F("by__name"), role=F("role"))
    found = (
        CheckDefinition.objects.filter(task=work.task_id).annotate(results=ArraySubquery(given.values(facts=facts))).order_by("position")
    )
    open_for_answers = work.state != TaskState.LOCKED and work.state not in FINISHED
    mine = relations.roles_of(member.pk)
    pages = []
    for one in found:
        results = [result | {"at": parse_datetime(result["at"])} for result in one.results]
        answers = results[0]["answers"] if results else {}
        items = [{"key": item["key"], "text": read(item.get("text") or item), "yes": answers.get(item["key"])} for item in one.items]
        # One's own check may be answered only where the trainee is named for it.
        mine_to_answer = Role.TRAINEE in one.by if member.pk == relations.trainee else bool(mine & set(one.by))
        pages.append(CheckPage(one, items, list(one.by), results, open_for_answers and mine_to_answer))
    return pages


def _needed(work: TaskWork) -> list[Needed]:
    same = TaskWork.objects.filter(enrollment=work.enrollment_id, task=OuterRef("requires_id"), occurrence=1)
    rows = (
        Prerequisite.objects.filter(task=work.task_id)
        .annotate(work_id=Subquery(same.values("pk")), state=Subquery(same.values("state")))
        .order_by("requires__position")
        .values_list("requires__key", "requires__name", "work_id", "state")
    )
    return [Needed(key, str(name), work_id, state) for key, name, work_id, state in rows if state not in FINISHED]


def _text(stored) -> str:
    """A localized text as it comes out of a subquery: JSON or plain."""
    return read(json.loads(stored)) if isinstance(stored, str) and stored.startswith("{") else read(stored)
