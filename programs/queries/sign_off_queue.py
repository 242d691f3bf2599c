"""What waits for one person: steps of sign-off routes, checks, quarterly checkpoints and points of plans, oldest first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest, JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.localized import read
from organizations.models import Member
from organizations.prepared import Prepared
from organizations.vocabulary import OrganizationRole
from programs import paths
from programs.models import CheckResult, CohortDeputy, SignOff, SignOffStep, StepSigner, Submission, SupportRole, TaskWork
from programs.queries.stood_in_for import stood_in_for
from programs.queries.waiting_checkpoints import CHECKPOINT, counted_checkpoints, listed_checkpoints
from programs.queries.waiting_points import POINT, counted_points, listed_points
from programs.rules.task_states import FINISHED
from programs.vocabulary import EnrollmentState, Role, StepState, TaskState

PER_PAGE = 25
MOST = 500  # more than that nobody reads; the count then says 500+
STEP, CHECK = "step", "check"
ROW = ("row_kind", "row_pk", "row_check_id", "row_since", "row_due_on", "row_is_bulk", "row_facts")  # as Waiting begins


class Waiting(NamedTuple):
    """One thing that waits: a step or a point of a plan (`pk` is its id), a check (`pk` is the task work, `check_id` the
    definition) or a checkpoint (`pk` is the task work, `number` which quarter).

    A queue has hundreds of which a page shows few, so words are made where they are read.
    """

    kind: str
    pk: int
    check_id: int
    since: datetime
    due_on: date | None
    is_bulk: bool
    now: datetime
    today: date
    key: str
    stored_name: str
    trainee_id: int
    trainee: str
    label: str = ""
    number: int = 0  # version of the submission; which quarter of a checkpoint
    items: int = 0  # of a check

    @property
    def is_check(self) -> bool:
        return self.kind == CHECK

    @property
    def is_checkpoint(self) -> bool:
        return self.kind == CHECKPOINT

    @property
    def is_point(self) -> bool:
        return self.kind == POINT

    @property
    def path(self) -> str:
        """Where it is looked at, inside the organization."""
        if self.is_point:
            return paths.plan_point(self.pk)
        if self.is_check:
            return paths.check(self.pk, self.check_id)
        return paths.checkpoint(self.pk) if self.is_checkpoint else paths.sign_off(self.pk)

    @property
    def name(self) -> str:
        return read(self.stored_name)

    @property
    def waited(self) -> str:
        return waited(self.since, self.now)

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.today

    @property
    def code(self) -> str:
        """Names a check in the form that passes several at once."""
        return f"{self.pk}-{self.check_id}"


@dataclass(frozen=True)
class Filters:
    """What of the queue is shown: of one trainee, and everything or one kind."""

    trainee: int | None = None
    kind: str = ""

    @classmethod
    def read(cls, trainee: str, kind: str) -> "Filters":
        """Out of an address; what is not understood filters nothing."""
        wanted = int(trainee) if trainee.isascii() and trainee.isdigit() and len(trainee) < 19 else None
        return cls(wanted, kind if kind in (STEP, CHECK, CHECKPOINT, POINT) else "")

    @property
    def query(self) -> str:
        """The same in an address, with its question mark."""
        parts = [f"trainee={self.trainee}" if self.trainee else "", f"kind={self.kind}" if self.kind else ""]
        found = "&".join(part for part in parts if part)
        return f"?{found}" if found else ""

    def takes(self, entry: Waiting) -> bool:
        """Whether an entry is shown."""
        return (not self.trainee or entry.trainee_id == self.trainee) and (not self.kind or entry.kind == self.kind)


@dataclass(frozen=True)
class Queue:
    """The whole queue and what the filters leave of it; `trainees` are those with something in it."""

    everything: tuple[Waiting, ...]
    entries: tuple[Waiting, ...]
    filters: Filters
    trainees: tuple[tuple[int, str], ...]

    @property
    def is_cut(self) -> bool:
        """Whether more waits than is listed."""
        return len(self.everything) >= MOST

    @property
    def bulk_count(self) -> int:
        """How many of those shown may be passed together."""
        return sum(entry.is_check and entry.is_bulk for entry in self.entries)

    def index(self, kind: str, pk: int, check_id: int = 0) -> int | None:
        """The place of an entry in what is shown."""
        wanted = (kind, pk, check_id)
        return next((at for at, entry in enumerate(self.entries) if (entry.kind, entry.pk, entry.check_id) == wanted), None)

    def beside(self, at: int | None) -> tuple[Waiting | None, Waiting | None]:
        """The entries before and after the one at this place; for one that has left, the first is the next."""
        if at is None:
            return None, next(iter(self.entries), None)
        after = self.entries[at + 1] if at + 1 < len(self.entries) else None
        return (self.entries[at - 1] if at else None), after

    def following(self, at: int | None) -> Waiting | None:
        """Where one goes on after deciding on the entry at this place: the next, else the first that is left."""
        after = self.beside(at)[1]
        return after or next((entry for here, entry in enumerate(self.entries) if here != at), None)


def queue_of(member: Member, filters: Filters, *, now: datetime, today: date) -> Queue:
    """Everything that waits for this person today, for themselves or for someone they stand in for; one query."""
    asked = LISTED_FOR_DIRECTOR if member.has_role(OrganizationRole.HR_DIRECTOR) else LISTED
    everything = tuple(Waiting(*row, now, today, **facts) for *row, facts in asked.rows(member.pk, today))
    names = {entry.trainee_id: entry.trainee for entry in everything}
    trainees = tuple(sorted(names.items(), key=lambda pair: pair[1]))
    return Queue(everything, tuple(entry for entry in everything if filters.takes(entry)), filters, trainees)


def waiting_count(member: Member, today: date) -> int:
    """The length of this person's queue, for pages that show nothing else of it; one query."""
    counted = COUNTED_FOR_DIRECTOR if member.has_role(OrganizationRole.HR_DIRECTOR) else COUNTED
    return len(counted.rows(member.pk, today))


def _listed(pk: int, today: date, *roles: str) -> QuerySet:
    """The queue, oldest first."""
    member = Member(pk=pk, roles=list(roles))
    rows = _rows_of_steps(steps_to_take(member, today)).union(
        *(_rows_of_checks(*checks) for checks in _checks(member, today)), listed_checkpoints(pk, today, ROW), listed_points(pk, today, ROW)
    )
    return rows.order_by("row_since", "row_kind", "row_pk", "row_check_id")[:MOST]


def _counted(pk: int, today: date, *roles: str) -> QuerySet:
    """Each entry of the queue as two numbers, without its words."""
    member = Member(pk=pk, roles=list(roles))
    steps = steps_to_take(member, today).annotate(row_check_id=Value(0, IntegerField()))
    checks = (
        rows.annotate(row_check_id=F(f"{work}task__checks__pk")).values_list(f"{work}pk", "row_check_id")
        for rows, _enrollment, work in _checks(member, today)
    )
    return steps.values_list("pk", "row_check_id").union(*checks, counted_checkpoints(pk, today), counted_points(pk, today))[:MOST]


def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, in words."""
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if not minutes:
        return _("just now")
    if minutes < 60:
        return ngettext("waiting %(n)d minute", "waiting %(n)d minutes", minutes) % {"n": minutes}
    if minutes < 24 * 60:
        return ngettext("waiting %(n)d hour", "waiting %(n)d hours", minutes // 60) % {"n": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("waiting %(n)d day", "waiting %(n)d days", days) % {"n": days}


def steps_to_take(member: Member, today: date) -> QuerySet:
    """Steps whose turn it is and that this person may take: named for them, for an absent one, or asked of HR directors."""
    signers = StepSigner.objects.filter(step=OuterRef("pk"))
    entitled = Exists(signers.filter(member=member))
    # What one may not take in person one may not take for another: one's own work, and a second step of one route.
    submission = Submission.objects.filter(pk=OuterRef("submission_id"))
    signed = SignOff.objects.filter(step__submission=OuterRef("submission_id"), by=member)
    not_own = ~Exists(submission.filter(author=member)) & ~Exists(signed)
    of_absent = signers.filter(member__in=stood_in_for(member.pk, today)).exclude(member=F("step__submission__author_id"))
    entitled |= not_own & Exists(of_absent)
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        entitled |= not_own & Q(roles__contains=Role.HR_DIRECTOR)
    oldest = SignOffStep.objects.filter(entitled, state=StepState.READY, ready_at__isnull=False).order_by("ready_at")[:MOST]
    # Cut before anything is joined: the few that are ready are looked at first, whatever the planner thinks of the rest.
    return SignOffStep.objects.filter(pk__in=oldest.values("pk"))


def _rows_of_steps(steps: QuerySet) -> QuerySet:
    """Steps as rows of the queue."""
    submission = Submission.objects.filter(pk=OuterRef("submission_id"))
    facts = JSONObject(
        key=F("deliverable__kind__key"),
        stored_name=F("deliverable__kind__name"),
        label=F("deliverable__label"),
        trainee_id=F("deliverable__work__enrollment__trainee_id"),
        trainee=F("deliverable__work__enrollment__trainee__name"),
        number=F("number"),
    )
    return steps.annotate(
        row_kind=Value(STEP, CharField()),
        row_pk=F("pk"),
        row_check_id=Value(0, IntegerField()),
        row_since=F("ready_at"),
        row_due_on=F("due_on"),
        row_is_bulk=Q(pk__isnull=True),
        # By step: joined, the planner begins with all deliverables of the organization.
        row_facts=Subquery(submission.values(facts=facts)),
    ).values_list(*ROW)


def _checks(member: Member, today: date) -> tuple[tuple[QuerySet, str, str], ...]:
    """Tasks with open checks that this person answers, each with the paths from its table to the enrollment and the task work."""
    return _checks_of_relations(member, today), _checks_of_roles(member, today)


def _checks_of_relations(member: Member, today: date) -> tuple[QuerySet, str, str]:
    """Open checks asked of a relation that this person holds."""
    held = SupportRole.objects.filter(
        member=member,
        ended_at__isnull=True,
        enrollment__state=EnrollmentState.ACTIVE,
        enrollment__work__planned_start_on__lte=today,
        enrollment__work__task__checks__by__contains=[F("role")],
    ).exclude(enrollment__trainee=member)
    return _still_open(held, "enrollment__work__"), "enrollment__", "enrollment__work__"


def _checks_of_roles(member: Member, today: date) -> tuple[QuerySet, str, str]:
    """Open checks asked of the trainee themselves, of who runs the cohort, or of HR directors."""
    asked = Q(task__checks__by__contains=[Role.TRAINEE], enrollment__trainee=member)
    deputy = CohortDeputy.objects.filter(cohort=OuterRef("enrollment__cohort_id"), member=member)
    runs = Q(enrollment__cohort__manager=member) | Exists(deputy)
    others = Q(task__checks__by__contains=[Role.COHORT_MANAGER]) & runs
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        others |= Q(task__checks__by__contains=[Role.HR_DIRECTOR])
    asked |= others & ~Q(enrollment__trainee=member)
    found = TaskWork.objects.filter(asked, enrollment__state=EnrollmentState.ACTIVE, planned_start_on__lte=today)
    return _still_open(found, ""), "enrollment__", ""


def _still_open(rows: QuerySet, work: str) -> QuerySet:
    """Only tasks with a check whose newest answer is not a yes."""
    return (
        rows.alias(state_of_work=F(f"{work}state"), passed=Subquery(_answers(work).values("passed")[:1]))
        .filter(Q(passed__isnull=True) | Q(passed=False))
        .exclude(state_of_work__in=[TaskState.LOCKED, *FINISHED])
    )


def _answers(work: str) -> QuerySet:
    answers = CheckResult.objects.filter(work=OuterRef(f"{work}pk"), definition=OuterRef(f"{work}task__checks__pk"))
    return answers.order_by("-at", "-pk")


def _rows_of_checks(rows: QuerySet, enrollment: str, work: str) -> QuerySet:
    """Checks as rows of the queue."""
    planned = Cast(F(f"{work}planned_start_on"), DateTimeField())
    check = f"{work}task__checks__"
    facts = JSONObject(
        key=F(f"{check}key"),
        stored_name=F(f"{check}name"),
        trainee_id=F(f"{enrollment}trainee_id"),
        trainee=F(f"{enrollment}trainee__name"),
        items=Func(F(f"{check}items"), function="jsonb_array_length", output_field=IntegerField()),
    )
    return rows.annotate(
        row_kind=Value(CHECK, CharField()),
        row_pk=F(f"{work}pk"),
        row_check_id=F(f"{check}pk"),
        # Waiting since one could answer: the day it was planned for, or when the answer before was a no.
        row_since=Greatest(Coalesce(F(f"{work}opened_at"), planned), planned, Subquery(_answers(work).values("at")[:1])),
        row_due_on=F(f"{work}due_on"),
        row_is_bulk=F(f"{check}bulk"),
        row_facts=facts,
    ).values_list(*ROW)


LISTED, COUNTED = Prepared(_listed, int, date), Prepared(_counted, int, date)
LISTED_FOR_DIRECTOR = Prepared(lambda pk, today: _listed(pk, today, OrganizationRole.HR_DIRECTOR), int, date)
COUNTED_FOR_DIRECTOR = Prepared(lambda pk, today: _counted(pk, today, OrganizationRole.HR_DIRECTOR), int, date)
