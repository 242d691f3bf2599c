"""The sponsor accepts a cohort under their own name."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Cohort, SponsorAcceptance


@transaction.atomic
def accept_sponsorship(cohort: Cohort, words: str, *, by: Member) -> SponsorAcceptance:
    """Once for each sponsor; a cohort that gets another sponsor is accepted anew by them.

    Raises:
        PermissionDenied: `by` is not this cohort's sponsor.
        ValidationError: "accepted" already.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.sponsor_id != by.pk:
        raise PermissionDenied(_("Only the sponsor named for this cohort accepts it."))
    if SponsorAcceptance.objects.filter(cohort=cohort, member=by).exists():
        raise ValidationError(_("You have accepted this cohort already."), code="accepted")
    acceptance = SponsorAcceptance.objects.create(cohort=cohort, member=by, words=words.strip())
    record(AuditAction.SPONSOR_ACCEPTED, cohort, by=by, label=cohort.name, after={"words": words.strip()})
    return acceptance
