"""The cohorts that concern a person, with the figures one asks after first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from organizations.models import Member
from organizations.prepared import Prepared
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, CohortDeputy, Deliverable, Enrollment, PhaseProgress, SignOffStep, Submission, TaskWork
from programs.queries.my_trainees import is_late
from programs.vocabulary import CohortState, DeliverableState, EnrollmentState, ScheduleKind, StepState

MOST = 12
WAITING, PLANS = "waiting", "plans"
COLUMNS = ("pk", "name", "start_on", "end_on", "trainees", "late", "runs", "sponsors")


@dataclass(frozen=True)
class CohortRow:
    """One cohort. `late` counts trainees, `waiting` versions before a signer, `plans` development plans signed by all."""

    pk: int
    name: str
    start_on: date
    end_on: date | None
    trainees: int
    late: int
    runs: bool
    sponsors: bool
    waiting: int
    plans: int
    week: int  # 0 before it starts

    @property
    def weeks(self) -> int:
        """How many weeks it lasts by plan; 0 where nobody is enrolled yet."""
        return (self.end_on - self.start_on).days // 7 + 1 if self.end_on else 0

    @property
    def is_over_plan(self) -> bool:
        """Whether it runs on past the last planned day."""
        return 0 < self.weeks < self.week


@dataclass(frozen=True)
class Cohorts:
    """Those one runs and those one pays for; a cohort that is both stands with those one runs."""

    rows: tuple[CohortRow, ...]

    @property
    def run(self) -> list[CohortRow]:
        return [row for row in self.rows if row.runs]

    @property
    def sponsored(self) -> list[CohortRow]:
        return [row for row in self.rows if row.sponsors and not row.runs]

    @property
    def trainees(self) -> int:
        return sum(row.trainees for row in self.run)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.run)

    @property
    def may_be_cut(self) -> bool:
        """Whether there may be more than are shown."""
        return len(self.rows) == MOST


def cohorts_of(member: Member, today: date, counted: Iterable[tuple[str, int, int]] | None = None) -> Cohorts:
    """Cohorts not finished that this person runs or sponsors, all of them for the HR director; most trainees late first.

    Two queries; one where what waits and which plans are signed is `counted` already (`home.queries.overview`).
    """
    rows = (ALL if member.has_role(OrganizationRole.HR_DIRECTOR) else OWN).rows(member.pk, today)
    waiting, plans = Counter(), Counter()
    if rows:
        for what, cohort, count in OF_DELIVERABLES.rows() if counted is None else counted:
            (waiting if what == WAITING else plans)[cohort] += count
    return Cohorts(tuple(CohortRow(*row, waiting[row[0]], plans[row[0]], _week(row[2], today)) for row in rows))


def _rows(runs: Combinable | Q, member: int, today: date) -> QuerySet:
    return (
        Cohort.objects.exclude(state=CohortState.FINISHED)
        .annotate(runs=runs, sponsors=Q(sponsor__isnull=False, sponsor=member))
        .filter(Q(runs=True) | Q(sponsors=True))
        .annotate(**_figures(today))
        .order_by("-late", "-start_on", "pk")
        .values_list(*COLUMNS)[:MOST]
    )


def _all(member: int, today: date) -> QuerySet:
    return _rows(Q(pk__isnull=False), member, today)


def _own(member: int, today: date) -> QuerySet:
    deputy = Exists(CohortDeputy.objects.filter(cohort=OuterRef("pk"), member=member))
    return _rows(Q(manager__isnull=False, manager=member) | Q(deputy), member, today)


def _figures(today: date) -> dict:
    belongs, active = ~Q(state=EnrollmentState.WITHDRAWN), Q(enrollment__state=EnrollmentState.ACTIVE)
    ends = PhaseProgress.objects.filter(enrollment__cohort=OuterRef("pk")).exclude(phase__schedule=ScheduleKind.RECURRING)
    return {
        "end_on": Subquery(ends.order_by("-planned_end_on").values("planned_end_on")[:1]),
        "trainees": _count(Enrollment.objects.filter(belongs), "cohort"),
        "late": _count(TaskWork.objects.filter(is_late(today), active), "enrollment__cohort", "enrollment"),
    }


def steps_waiting() -> QuerySet:
    """Steps that wait for a signer, each with its `cohort`."""
    # By step: joined, the planner begins with all deliverables of the organization.
    cohort = Submission.objects.filter(pk=OuterRef("submission_id")).values("deliverable__work__enrollment__cohort_id")
    return SignOffStep.objects.filter(state=StepState.READY).annotate(cohort=Subquery(cohort))


def plans_signed() -> QuerySet:
    """Development plans signed by all, each with its `cohort`."""
    signed = Deliverable.objects.filter(kind__layout="idp", state=DeliverableState.APPROVED)
    return signed.exclude(work__enrollment__state=EnrollmentState.WITHDRAWN).annotate(cohort=F("work__enrollment__cohort_id"))


def _of_deliverables() -> QuerySet:
    """What waits for a signer and which plans are signed, by cohort: few rows, found once for all cohorts together."""
    waiting, plans = steps_waiting().annotate(what=Value(WAITING)), plans_signed().annotate(what=Value(PLANS))
    return _by_cohort(waiting).union(_by_cohort(plans), all=True)


def _by_cohort(rows: QuerySet) -> QuerySet:
    return rows.values("what", "cohort").annotate(n=Count("pk")).values_list("what", "cohort", "n")


def _count(rows: QuerySet, path: str, what: str = "pk") -> Coalesce:
    """How many different things of a cohort are among these rows."""
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(of=F(path)).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _week(start_on: date, today: date) -> int:
    return max((today - start_on).days // 7 + 1, 0)


ALL, OWN, OF_DELIVERABLES = Prepared(_all, int, date), Prepared(_own, int, date), Prepared(_of_deliverables)
