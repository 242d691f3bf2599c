"""Who may shape programs."""

from organizations.models import Member
from organizations.vocabulary import OrganizationRole


def may_design(member: Member) -> bool:
    """Copy, read, edit and publish templates: the HR director alone."""
    return member.has_role(OrganizationRole.HR_DIRECTOR)
