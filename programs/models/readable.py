"""What a person may see of others' programmes, as filters for querysets."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.vocabulary import Role

# Relations that read a trainee's whole programme. A business head or a sponsor sees only what is put before them to sign.
READERS = (Role.MENTOR, Role.LINE_MANAGER, Role.HRBP, Role.TRAINING_MANAGER)


def enrollment_filter(member: Member, prefix: str = "") -> Q:
    """Enrollments whose content the person reads; `prefix` is the path from the filtered table, such as `work__enrollment__`.

    Their own; those they support; those of cohorts they manage; all for the HR director. An admin reads none.
    """
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        return Q()
    from programs.models.enrollment import CohortDeputy, SupportRole  # here: those modules use this filter

    supported = SupportRole.objects.filter(
        enrollment=OuterRef(f"{prefix}pk" if not prefix else f"{prefix.removesuffix('__')}_id"),
        member=member,
        role__in=READERS,
        ended_at__isnull=True,
    )
    deputy = CohortDeputy.objects.filter(cohort=OuterRef(f"{prefix}cohort_id"), member=member)
    return Q(**{f"{prefix}trainee": member}) | Q(**{f"{prefix}cohort__manager": member}) | Exists(supported) | Exists(deputy)


class ReadableByQuerySet(QuerySet):
    """A queryset that knows the path from its table to the enrollment."""

    path_to_enrollment = ""

    def visible_to(self, member: Member) -> "ReadableByQuerySet":
        """Rows of programmes whose content this person reads."""
        return self.filter(enrollment_filter(member, self.path_to_enrollment))
