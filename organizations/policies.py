"""Who may do what with people, settings and the audit trail. Pure questions, but for `require`."""

from django.core.exceptions import PermissionDenied

from organizations.models import ApiToken, DelegatedAuthority, Member
from organizations.queries.who_helps import who_helps
from organizations.vocabulary import OrganizationRole


def require(allowed: bool, role: OrganizationRole = OrganizationRole.ADMIN) -> None:
    """Go on, or raise PermissionDenied that names those of this organization who can help."""
    if not allowed:
        raise PermissionDenied(who_helps(role))


def may_see_people(member: Member) -> bool:
    """Look people up: the admin and the HR director, who enrolls them."""
    return member.has_role(OrganizationRole.ADMIN) or member.has_role(OrganizationRole.HR_DIRECTOR)


def may_manage_people(member: Member) -> bool:
    """Add people, change their details and roles, end and restore memberships: the admin."""
    return member.has_role(OrganizationRole.ADMIN)


def may_invite(member: Member) -> bool:
    """Invite anyone, or issue a sign-in code to anyone: the admin.

    A cohort manager does both for their own cohort; programs asks its own policy and then calls `write` of the action.
    """
    return member.has_role(OrganizationRole.ADMIN)


def may_change_settings(member: Member) -> bool:
    """Change names, language, calendar and second factor of the organization: the admin."""
    return member.has_role(OrganizationRole.ADMIN)


def may_read_audit(member: Member) -> bool:
    """Read the audit trail: the admin."""
    return member.has_role(OrganizationRole.ADMIN)


def may_name_stand_in(member: Member, absent: Member) -> bool:
    """Name who signs for an absent person: that person themselves."""
    return member.pk == absent.pk


def may_end_stand_in(member: Member, delegation: DelegatedAuthority) -> bool:
    """End a stand-in early: the person who named it."""
    return member.pk == delegation.member_id


def may_issue_tokens(member: Member) -> bool:
    """Let a program speak to the API as one of the organization's people: the admin."""
    return member.has_role(OrganizationRole.ADMIN)


def may_revoke_token(member: Member, token: ApiToken) -> bool:
    """End an API token: the admin, and the person as whom it speaks."""
    return member.has_role(OrganizationRole.ADMIN) or member.pk == token.member_id
