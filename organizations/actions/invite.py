"""Inviting a person by e-mail. The row itself is the outbox: notifications sends every invitation without `sent_at`."""

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import clock, policies
from organizations.actions import record_audit
from organizations.models import Invitation, Member
from organizations.rules.invitation_states import LIFETIME
from organizations.vocabulary import AuditAction


def send(member: Member, *, by: Member) -> Invitation:
    """Invite a person, or invite them again.

    Raises:
        PermissionDenied: only an admin invites anyone.
        ValidationError: as `write`.
    """
    policies.require(policies.may_invite(by))
    return write(member, by=by)


def write(member: Member, *, by: Member | None) -> Invitation:
    """Invite a person whom the caller has found `by` entitled to invite (a cohort manager, for their own cohort).

    There is one invitation per person: sending it again gives it a new link and kills the old one.

    Raises:
        ValidationError: "no_email"; "already_in", they sign in already; "ended", no longer a member.
    """
    member = Member.objects.select_for_update(of=["self"]).select_related("organization").get(pk=member.pk)
    if not member.is_active:
        raise ValidationError(_("This person no longer belongs to the organization."), code="ended")
    if member.user_id:
        raise ValidationError(_("%(name)s already signs in here."), code="already_in", params={"name": member.name})
    if not member.email:
        raise ValidationError(_("Without an e-mail address, hand over a sign-in code instead."), code="no_email")
    invitation = Invitation.objects.filter(member=member).order_by("-pk").first() or Invitation(member=member)
    invitation.email = member.email
    invitation.language = member.organization.language
    invitation.nonce = secrets.token_hex(16)
    invitation.invited_by = by
    invitation.expires_at = clock.now() + LIFETIME
    invitation.sent_at = invitation.accepted_at = None
    invitation.save()
    record_audit.record(AuditAction.INVITED, invitation, by=by, label=member.name, after={"email": member.email})
    return invitation
