"""What a person is in their organization: decides where they can go and what their desk shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, QuerySet

from organizations.models import DelegatedAuthority, Member
from organizations.prepared import Prepared
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, CohortDeputy, Enrollment, StepSigner, SupportRole
from programs.models.readable import READERS
from programs.vocabulary import EnrollmentState, Role, StepState


@dataclass(frozen=True)
class Standing:
    """Organization roles and relations in one. A person can be several things at once."""

    is_admin: bool = False
    is_hr_director: bool = False
    is_reviewer: bool = False
    is_trainee: bool = False
    supports: bool = False
    reads_trainees: bool = False  # supports in a role that reads the whole programme
    runs_cohort: bool = False
    sponsors: bool = False
    heads_business: bool = False  # is asked to confirm as business head
    signs: bool = False  # a step of somebody's route waits for them, or they stand in for someone today

    @property
    def only_learns(self) -> bool:
        """A trainee whose own programme is all there is for them here."""
        others = (self.is_admin, self.is_hr_director, self.supports, self.runs_cohort, self.sponsors, self.signs)
        return self.is_trainee and not any(others)

    @property
    def has_queue(self) -> bool:
        """Whether work can wait for this person's decision."""
        return self.supports or self.is_hr_director or self.runs_cohort or self.signs

    @property
    def sees_cohorts(self) -> bool:
        """Whether there are cohorts whose figures concern them."""
        return self.is_hr_director or self.runs_cohort or self.sponsors


def standing(member: Member, today: date) -> Standing:
    """What this person is here; one query."""
    learns, helps, reads, manages, deputizes, sponsors, heads, is_asked, stands_in = next(
        iter(RELATIONS.rows(member.pk, today)), [False] * 9
    )
    return Standing(
        is_admin=member.has_role(OrganizationRole.ADMIN),
        is_hr_director=member.has_role(OrganizationRole.HR_DIRECTOR),
        is_reviewer=member.has_role(OrganizationRole.REVIEWER),
        is_trainee=learns,
        supports=helps,
        reads_trainees=reads,
        runs_cohort=manages or deputizes,
        sponsors=sponsors,
        heads_business=heads,
        signs=is_asked or stands_in,
    )


def _relations(member: int, today: date) -> QuerySet:
    # A completed programme is still read, and its quarterly checkpoints go on.
    running = [EnrollmentState.ACTIVE, EnrollmentState.PAUSED, EnrollmentState.COMPLETED]
    supported = SupportRole.objects.filter(member=member, ended_at__isnull=True, enrollment__state__in=running)
    asked = StepSigner.objects.filter(member=member, step__state=StepState.READY)
    standing_in = DelegatedAuthority.objects.filter(delegate=member, from_on__lte=today, until_on__gte=today, ended_at__isnull=True)
    return Member.objects.filter(pk=member).values_list(
        Exists(Enrollment.objects.filter(trainee=member)),
        Exists(supported),
        Exists(supported.filter(role__in=READERS)),
        Exists(Cohort.objects.filter(manager=member)),
        Exists(CohortDeputy.objects.filter(member=member)),
        Exists(Cohort.objects.filter(sponsor=member)),
        Exists(supported.filter(role=Role.BUSINESS_HEAD)),
        Exists(asked.exclude(step__submission__deliverable__work__enrollment__trainee=member)),
        Exists(standing_in),
    )


RELATIONS = Prepared(_relations, int, date)
