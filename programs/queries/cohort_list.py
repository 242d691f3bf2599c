"""The cohorts a person sees, with how many are in each and how many of them are late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, CohortDeputy, Enrollment, TaskWork
from programs.rules.task_states import WITH_TRAINEE
from programs.vocabulary import CohortState, EnrollmentState

PER_PAGE = 25
RUNNING = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)


@dataclass(frozen=True)
class CohortRow:
    """One cohort in the list."""

    pk: int
    name: str
    template: str
    number: int
    start_on: date
    state: str
    state_label: str
    manager: str
    trainees: int
    late: int


def cohorts_of(member: Member) -> QuerySet[Cohort]:
    """Cohorts whose figures this person sees: all for the HR director; those they run, stand in for or sponsor."""
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        return Cohort.objects.all()
    deputy = CohortDeputy.objects.filter(cohort=OuterRef("pk"), member=member)
    return Cohort.objects.filter(Q(manager=member) | Q(sponsor=member) | Exists(deputy))


def cohort_rows(member: Member, today: date) -> QuerySet[Cohort]:
    """The list, running ones first and newest first; to be paged, then read by `row`."""
    running = Enrollment.objects.filter(cohort=OuterRef("pk"), state__in=RUNNING).order_by()
    late = running.filter(Exists(TaskWork.objects.filter(enrollment=OuterRef("pk"), state__in=WITH_TRAINEE, due_on__lt=today)))
    counted = Count("pk")
    return (
        cohorts_of(member)
        .select_related("version__template", "manager")
        .annotate(
            trainees=Coalesce(Subquery(running.values("cohort").annotate(n=counted).values("n")), 0),
            late=Coalesce(Subquery(late.values("cohort").annotate(n=counted).values("n")), 0),
            is_finished=Q(state=CohortState.FINISHED),
        )
        .order_by("is_finished", "-start_on", "-pk")
    )


def row(cohort: Cohort) -> CohortRow:
    """A cohort of `cohort_rows` as it is shown."""
    return CohortRow(
        pk=cohort.pk,
        name=cohort.name,
        template=str(cohort.version.template.name),
        number=cohort.version.number,
        start_on=cohort.start_on,
        state=cohort.state,
        state_label=cohort.get_state_display(),
        manager=cohort.manager.name if cohort.manager else "",
        trainees=cohort.trainees,
        late=cohort.late,
    )
