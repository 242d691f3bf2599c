"""What a person is in one review: every question of `policies` is answered from it."""

from dataclasses import dataclass

from assessments.models import AppealPanelist, CertificationReview, Panelist
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import CohortDeputy, SupportRole
from programs.vocabulary import Role


@dataclass(frozen=True)
class Standing:
    """All parts that a person has in one review, one or several at once."""

    member_id: int
    is_trainee: bool = False
    is_director: bool = False
    runs_cohort: bool = False
    roles: frozenset[str] = frozenset()  # towards the trainee
    is_panelist: bool = False
    is_chair: bool = False
    is_on_appeal: bool = False

    @property
    def is_mentor(self) -> bool:
        return Role.MENTOR in self.roles

    @property
    def is_line_manager(self) -> bool:
        return Role.LINE_MANAGER in self.roles

    @property
    def is_business_head(self) -> bool:
        return Role.BUSINESS_HEAD in self.roles


def standing_in(member: Member, review: CertificationReview) -> Standing:
    """What this person is in the review; four queries. Its enrollment and cycle with cohort must be loaded."""
    cohort = review.cycle.cohort
    supports = SupportRole.objects.filter(enrollment=review.enrollment_id, member=member, ended_at__isnull=True)
    is_director = member.has_role(OrganizationRole.HR_DIRECTOR)
    deputizes = cohort.manager_id == member.pk or CohortDeputy.objects.filter(cohort=cohort.pk, member=member).exists()
    is_panelist = Panelist.objects.filter(review=review, member=member).exists()
    return Standing(
        member_id=member.pk,
        is_trainee=review.enrollment.trainee_id == member.pk,
        is_director=is_director,
        runs_cohort=is_director or deputizes,
        roles=frozenset(supports.values_list("role", flat=True)),
        is_panelist=is_panelist,
        is_chair=is_panelist and review.chair_id == member.pk,
        is_on_appeal=AppealPanelist.objects.filter(appeal__decision__review=review, member=member).exists(),
    )
