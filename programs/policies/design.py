"""Who may shape programs, and who reads them."""

from django.db.models import Q

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort


def may_design(member: Member) -> bool:
    """Copy, edit and publish templates: the HR director alone. They read every version; for others see `readable_versions`."""
    return member.has_role(OrganizationRole.HR_DIRECTOR)


def readable_versions(member: Member, template_id: int) -> frozenset[int] | None:
    """Versions of a template that a person reads: all (None) for the HR director; for who runs a cohort, manager or deputy,
    the one that it stands on."""
    if may_design(member):
        return None
    runs = Cohort.objects.filter(Q(manager=member) | Q(deputies__member=member), version__template=template_id)
    return frozenset(runs.values_list("version_id", flat=True))
