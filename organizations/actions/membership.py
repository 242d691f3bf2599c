"""Leaving an organization, and coming back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import clock, policies
from organizations.actions import record_audit
from organizations.actions.change_roles import lock_with_admins, refuse_without_admin
from organizations.models import DelegatedAuthority, Invitation, Member, SignInCode
from organizations.vocabulary import AuditAction, OrganizationRole


def end(member: Member, *, by: Member) -> Member:
    """End a membership: with the next request the person is out. Their work and their name in it stay.

    Open invitations, codes and stand-ins end with it.

    Raises:
        PermissionDenied: only an admin ends memberships.
        ValidationError: "own_membership", one cannot show oneself out; "last_admin"; "ended", it has ended already.
    """
    policies.require(policies.may_manage_people(by))
    if member.pk == by.pk:
        raise ValidationError(_("You cannot end your own membership. Ask another admin."), code="own_membership")
    member = lock_with_admins(member)
    if not member.is_active:
        raise ValidationError(_("This membership has already ended."), code="ended")
    if member.has_role(OrganizationRole.ADMIN):
        refuse_without_admin(member)
    now = clock.now()
    member.ended_at = now
    member.save(update_fields=["ended_at"])
    Invitation.objects.filter(member=member, accepted_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    SignInCode.objects.filter(member=member, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    DelegatedAuthority.objects.filter(member=member, ended_at__isnull=True).update(ended_at=now)
    DelegatedAuthority.objects.filter(delegate=member, ended_at__isnull=True).update(ended_at=now)
    record_audit.record(AuditAction.MEMBERSHIP_ENDED, member, by=by)
    return member


def restore(member: Member, *, by: Member) -> Member:
    """Take a former member back, as a plain member: staff roles are given anew.

    Raises:
        PermissionDenied: only an admin restores memberships.
        ValidationError: "not_ended", it still stands.
    """
    policies.require(policies.may_manage_people(by))
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.is_active:
        raise ValidationError(_("This membership still stands."), code="not_ended")
    before, member.ended_at, member.roles = list(member.roles), None, [OrganizationRole.MEMBER]
    member.save(update_fields=["ended_at", "roles"])
    record_audit.record(AuditAction.MEMBERSHIP_RESTORED, member, by=by, before={"roles": before}, after={"roles": member.roles})
    return member
