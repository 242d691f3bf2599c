"""Issuing and revoking API tokens."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import clock, policies
from organizations.actions.record_audit import record
from organizations.models import ApiToken, Member, Organization
from organizations.rules import api_tokens
from organizations.vocabulary import ApiScope, AuditAction


@transaction.atomic
def issue(
    organization: Organization, *, name: str, owner: Member, scopes: Sequence[str], expires_on: date, by: Member, today: date
) -> tuple[ApiToken, str]:
    """Make a token; answers it with its text, which is written down nowhere and cannot be had again.

    Raises:
        PermissionDenied: `by` is no admin.
        ValidationError: "ended", the owner has left; "no_scopes"; "past", "too_long", the last day.
    """
    policies.require(policies.may_issue_tokens(by))
    if not owner.is_active:
        raise ValidationError({"owner": ValidationError(_("This person no longer belongs to the organization."), code="ended")})
    if not scopes or set(scopes) - set(ApiScope.values):
        raise ValidationError({"scopes": ValidationError(_("Choose what the token may do."), code="no_scopes")})
    if expires_on < today:
        raise ValidationError({"expires_on": ValidationError(_("This day has passed. Choose today or a later day."), code="past")})
    if expires_on > today + timedelta(days=api_tokens.LONGEST_DAYS):
        raise ValidationError({"expires_on": ValidationError(_("A token lasts a year at most."), code="too_long")})
    text = api_tokens.make(organization.slug)
    token = ApiToken.objects.create(
        name=name, member=owner, key_hash=api_tokens.digest(text), scopes=sorted(scopes), expires_on=expires_on, issued_by=by
    )
    record(
        AuditAction.TOKEN_ISSUED, token, by=by, after={"name": name, "owner": owner.name, "scopes": token.scopes, "expires_on": expires_on}
    )
    return token, text


@transaction.atomic
def revoke(token: ApiToken, *, by: Member) -> ApiToken:
    """End a token at once.

    Raises:
        PermissionDenied: only an admin, and the person as whom it speaks.
        ValidationError: "revoked", it has been already.
    """
    policies.require(policies.may_revoke_token(by, token))
    # Locked before the check: two people may press at the same moment.
    token = ApiToken.objects.select_for_update(of=["self"]).get(pk=token.pk)
    if token.revoked_at:
        raise ValidationError(_("This token has already been revoked."), code="revoked")
    token.revoked_at, token.revoked_by = clock.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    record(AuditAction.TOKEN_REVOKED, token, by=by)
    return token


def note_use(token: ApiToken, today: date) -> None:
    """Write down the day on which a token was last used; once a day."""
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
