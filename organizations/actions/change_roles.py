"""Roles in the whole organization."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import policies
from organizations.actions import record_audit
from organizations.models import Member
from organizations.vocabulary import AuditAction, OrganizationRole


def change(member: Member, roles: Iterable[str], *, by: Member) -> Member:
    """Give and take organization roles. Everyone is a member; that role stays.

    Raises:
        PermissionDenied: only an admin changes roles.
        ValidationError: "raises_oneself", one may lay a role down but not take one up; "last_admin", someone has to
            remain who can let people in; "ended", a former member holds no roles.
    """
    policies.require(policies.may_manage_people(by))
    wanted = {OrganizationRole(role) for role in roles} | {OrganizationRole.MEMBER}
    member = lock_with_admins(member)
    if not member.is_active:
        raise ValidationError(_("This person no longer belongs to the organization."), code="ended")
    held = set(member.roles)
    if member.pk == by.pk and wanted - held:
        raise ValidationError(_("You cannot give yourself a role. Ask another admin."), code="raises_oneself")
    if OrganizationRole.ADMIN in held - wanted:
        refuse_without_admin(member)
    if wanted != held:
        before, member.roles = list(member.roles), [role for role in OrganizationRole.values if role in wanted]
        member.save(update_fields=["roles"])
        record_audit.record(AuditAction.ROLES_CHANGED, member, by=by, before={"roles": before}, after={"roles": member.roles})
    return member


def lock_with_admins(member: Member) -> Member:
    """The person as they are now. All admins are locked with them: two who strike each other out get one winner."""
    list(Member.objects.with_role(OrganizationRole.ADMIN).order_by("pk").select_for_update())
    return Member.objects.select_for_update().get(pk=member.pk)


def refuse_without_admin(member: Member) -> None:
    """Raise where nobody but this person is an admin."""
    if not Member.objects.with_role(OrganizationRole.ADMIN).exclude(pk=member.pk).exists():
        raise ValidationError(_("This is the only admin. Make someone else an admin first."), code="last_admin")
