"""Who issues, revokes and reads certificates, and who takes reports out of the product."""

from assessments.models import Certificate
from organizations.models import Member
from organizations.vocabulary import OrganizationRole


def may_issue_certificates(member: Member) -> bool:
    """Issue certificates on decisions: the HR director."""
    return member.has_role(OrganizationRole.HR_DIRECTOR)


def may_revoke_certificates(member: Member) -> bool:
    """Revoke a certificate, with a reason: the HR director and the admin."""
    return may_read_reports(member)


def may_read_certificate(member: Member, certificate: Certificate) -> bool:
    """See a certificate and download it: its holder, the HR director and the admin."""
    return certificate.holder_id == member.pk or may_read_reports(member)


def may_show_name(member: Member, certificate: Certificate) -> bool:
    """Let the public check name the holder, or stop it: the holder alone."""
    return certificate.holder_id == member.pk


def may_read_reports(member: Member) -> bool:
    """See and export who was certified, and every certificate: the HR director and the admin. No work of a trainee is in it."""
    return member.has_role(OrganizationRole.HR_DIRECTOR) or member.has_role(OrganizationRole.ADMIN)
