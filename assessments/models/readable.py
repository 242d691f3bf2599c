"""What a person may come across of reviews and cycles, as filters for querysets."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.vocabulary import ReviewState
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import CohortDeputy, SupportRole
from programs.vocabulary import Role

# Relations with something to do in a review: statements, figures, the choice of raters.
TAKE_PART = (Role.MENTOR, Role.LINE_MANAGER, Role.BUSINESS_HEAD)
# Those of them who read what it ended in.
READ_DECISION = (Role.MENTOR, Role.LINE_MANAGER)


class CertificationReviewQuerySet(QuerySet):
    """Filters over reviews."""

    def visible_to(self, member: Member) -> "CertificationReviewQuerySet":
        """Reviews that this person has a part in; what of each they read is asked of `policies`.

        Their own; those of trainees they support; those on whose panel, or appeal's panel, they are; those of cohorts they
        run; all for the HR director. An admin has a part in none.
        """
        return self._with_part(member, TAKE_PART)

    def decision_readable_by(self, member: Member) -> "CertificationReviewQuerySet":
        """Decided reviews of which this person reads the decision, as `policies.reviews.may_read_decision` has it."""
        return self.filter(state=ReviewState.DECIDED)._with_part(member, READ_DECISION)

    def _with_part(self, member: Member, roles: tuple[Role, ...]) -> "CertificationReviewQuerySet":
        if member.has_role(OrganizationRole.HR_DIRECTOR):
            return self
        from assessments.models.cycle import Panelist  # here: those modules use this filter
        from assessments.models.decision import AppealPanelist

        supports = SupportRole.objects.filter(enrollment=OuterRef("enrollment_id"), member=member, role__in=roles, ended_at__isnull=True)
        return self.filter(
            Q(enrollment__trainee=member)
            | Q(cycle__cohort__manager=member)
            | Exists(CohortDeputy.objects.filter(cohort=OuterRef("cycle__cohort_id"), member=member))
            | Exists(supports)
            | Exists(Panelist.objects.filter(review=OuterRef("pk"), member=member))
            | Exists(AppealPanelist.objects.filter(appeal__decision__review=OuterRef("pk"), member=member))
        )


class ReviewCycleQuerySet(QuerySet):
    """Filters over cycles."""

    def run_by(self, member: Member) -> "ReviewCycleQuerySet":
        """Cycles of cohorts that this person runs; all for the HR director."""
        if member.has_role(OrganizationRole.HR_DIRECTOR):
            return self
        deputy = CohortDeputy.objects.filter(cohort=OuterRef("cohort_id"), member=member)
        return self.filter(Q(cohort__manager=member) | Exists(deputy))
