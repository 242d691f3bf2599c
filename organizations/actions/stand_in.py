"""Naming who signs while one is away."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import clock, policies
from organizations.actions import record_audit
from organizations.models import DelegatedAuthority, Member
from organizations.vocabulary import AuditAction


def name(absent: Member, delegate: Member, *, by: Member, from_on: date, until_on: date, today: date) -> DelegatedAuthority:
    """Let someone sign in another's place, from one day to another, both included.

    Raises:
        PermissionDenied: one names a stand-in for oneself only.
        ValidationError: "ends_before_start", "in_the_past", "oneself", "ended" (the stand-in has left), "overlaps" (for these
            days there is a stand-in already).
    """
    policies.require(policies.may_name_stand_in(by, absent))
    # Locked before the check: two windows may save at once.
    absent = Member.objects.select_for_update().get(pk=absent.pk)
    if until_on < from_on:
        raise ValidationError({"until_on": ValidationError(_("The last day must not be before the first."), code="ends_before_start")})
    if until_on < today:
        raise ValidationError({"until_on": ValidationError(_("These days are over. Choose a last day from today on."), code="in_the_past")})
    if delegate.pk == absent.pk:
        raise ValidationError({"delegate": ValidationError(_("Choose another person as stand-in."), code="oneself")})
    if not delegate.is_active:
        raise ValidationError({"delegate": ValidationError(_("This person no longer belongs to the organization."), code="ended")})
    standing = DelegatedAuthority.objects.filter(member=absent, ended_at__isnull=True)
    clash = standing.filter(from_on__lte=until_on, until_on__gte=from_on).select_related("delegate").first()
    if clash:
        raise ValidationError(
            {
                "from_on": ValidationError(
                    _("%(name)s already stands in on some of these days."), code="overlaps", params={"name": clash.delegate}
                )
            }
        )
    delegation = DelegatedAuthority.objects.create(member=absent, delegate=delegate, from_on=from_on, until_on=until_on)
    record_audit.record(
        AuditAction.AUTHORITY_DELEGATED,
        delegation,
        by=by,
        label=str(delegation),
        after={"delegate": delegate.name, "from_on": from_on, "until_on": until_on},
    )
    return delegation


def end(delegation: DelegatedAuthority, *, by: Member) -> DelegatedAuthority:
    """End a stand-in before its last day.

    Raises:
        PermissionDenied: only who named it.
        ValidationError: "ended", it has ended already.
    """
    policies.require(policies.may_end_stand_in(by, delegation))
    delegation = DelegatedAuthority.objects.select_for_update(of=["self"]).select_related("member", "delegate").get(pk=delegation.pk)
    if delegation.ended_at:
        raise ValidationError(_("This stand-in has already ended."), code="ended")
    delegation.ended_at = clock.now()
    delegation.save(update_fields=["ended_at"])
    record_audit.record(AuditAction.AUTHORITY_ENDED, delegation, by=by, label=str(delegation))
    return delegation
