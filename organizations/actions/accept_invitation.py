"""Coming in by an invitation, once."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations import clock
from organizations.actions import record_audit
from organizations.actions.open_account import confirm_email, open_account
from organizations.models import Invitation, Member, User
from organizations.queries.accounts import account_with
from organizations.rules.invitation_states import state_of
from organizations.vocabulary import AuditAction, InvitationState


def with_new_account(invitation: Invitation, *, name: str, language: str, password: str) -> User:
    """Accept as someone who signs in nowhere yet. Following the link has confirmed the e-mail.

    Raises:
        ValidationError: "account_exists", the e-mail signs in already; and as `with_account`.
    """
    invitation = _lock(invitation)
    if account_with(invitation.email):
        raise ValidationError(_("This e-mail already signs in. Sign in with its password."), code="account_exists")
    zone = invitation.organization.time_zone
    user = open_account(name=name, email=invitation.email, language=language, time_zone=zone, password=password)
    _link(invitation, user)
    return user


def with_account(invitation: Invitation, user: User) -> Member:
    """Accept with an account that has just shown its password.

    An account without e-mail takes on the invitation's: from then on nobody's code opens it, for it belongs to more than
    one organization.

    Raises:
        ValidationError: "used", "expired", the invitation no longer stands; "already_in", someone signs in as this person;
            "already_member", the account is another person of this organization.
    """
    invitation = _lock(invitation)
    if not user.email and account_with(invitation.email) is None:
        user.email = invitation.email
        user.save(update_fields=["email"])
        confirm_email(user, invitation.email)
    _link(invitation, user)
    return invitation.member


def _lock(invitation: Invitation) -> Invitation:
    # Locked before the check: the link may be open in two windows.
    invitation = Invitation.objects.select_for_update(of=["self"]).select_related("member", "organization").get(pk=invitation.pk)
    state = state_of(expires_at=invitation.expires_at, accepted_at=invitation.accepted_at, now=clock.now())
    if state == InvitationState.ACCEPTED:
        raise ValidationError(_("This invitation has been used."), code="used")
    if state == InvitationState.EXPIRED or not invitation.member.is_active:
        raise ValidationError(_("This invitation has expired. Ask for a new one."), code="expired")
    return invitation


def _link(invitation: Invitation, user: User) -> None:
    member = Member.objects.select_for_update().get(pk=invitation.member_id)
    if member.user_id:
        raise ValidationError(_("Someone already signs in as %(name)s."), code="already_in", params={"name": member.name})
    member.user = user
    try:
        with transaction.atomic():
            member.save(update_fields=["user"])
    except IntegrityError:
        raise ValidationError(_("You already belong to this organization."), code="already_member") from None
    invitation.member = member
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    record_audit.record(AuditAction.INVITATION_ACCEPTED, invitation, by=member, label=member.name)
