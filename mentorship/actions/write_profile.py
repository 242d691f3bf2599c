"""Offer oneself as a mentor, nominate someone, approve."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.models import MentorProfile
from mentorship.policies import may_approve_mentors, may_write_profile
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction

FACTS = ("capacity", "skills", "experience", "languages", "note", "paused")


@transaction.atomic
def write(mentor: Member, facts: dict[str, Any], *, by: Member) -> MentorProfile:
    """Write a mentor's profile, given by the names of FACTS. What the HR director writes is approved (a nomination); what one
    offers oneself waits for approval, and once approved stays so.

    Raises:
        PermissionDenied: `by` is neither the mentor nor HR director.
        ValidationError: "ended", the person has left.
    """
    if not may_write_profile(by, mentor):
        raise PermissionDenied(_("Only the mentor and the HR director write this profile."))
    if not mentor.is_active:
        raise ValidationError(_("This person does not belong to the organization any more."), code="ended")
    Member.objects.select_for_update(of=["self"]).get(pk=mentor.pk)  # two first saves at once queue here
    profile = MentorProfile.objects.select_for_update(of=["self"]).filter(member=mentor).first() or MentorProfile(member=mentor)
    before = {name: getattr(profile, name) for name in FACTS} if profile.pk else {}
    for name in FACTS:
        setattr(profile, name, facts[name])
    if may_approve_mentors(by) and not profile.approved_at:
        profile.approved_by, profile.approved_at = by, clock.now()
    profile.save()
    record(
        AuditAction.MENTOR_PROFILE_CHANGED,
        profile,
        by=by,
        label=mentor.name,
        before=before,
        after={name: getattr(profile, name) for name in FACTS},
    )
    return profile


@transaction.atomic
def approve(profile: MentorProfile, *, by: Member) -> MentorProfile:
    """From now on trainees may be proposed to this mentor. Approving again changes nothing.

    Raises:
        PermissionDenied: `by` is no HR director.
    """
    if not may_approve_mentors(by):
        raise PermissionDenied(_("Only the HR director approves mentors."))
    profile = MentorProfile.objects.select_for_update(of=["self"]).select_related("member").get(pk=profile.pk)
    if not profile.approved_at:
        profile.approved_by, profile.approved_at = by, clock.now()
        profile.save(update_fields=["approved_by", "approved_at"])
        record(AuditAction.MENTOR_PROFILE_CHANGED, profile, by=by, label=profile.member.name)
    return profile
