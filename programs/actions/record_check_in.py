"""The sponsor writes down a check-in with a cohort."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Cohort, SponsorCheckIn
from programs.vocabulary import CheckInKind


@transaction.atomic
def record_check_in(cohort: Cohort, kind: str, held_on: date, words: str, *, by: Member, today: date) -> SponsorCheckIn:
    """One meeting: on which occasion, which day, what was said. What is written stays.

    Raises:
        PermissionDenied: `by` is not this cohort's sponsor.
        ValidationError: by field "unknown_kind", "future" (a day to come), "words_required"; "recorded" already.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.sponsor_id != by.pk:
        raise PermissionDenied(_("Only the sponsor named for this cohort records check-ins."))
    wrong = {}
    if kind not in CheckInKind:
        wrong["kind"] = ValidationError(_("Choose an occasion."), code="unknown_kind")
    if held_on > today:
        wrong["held_on"] = ValidationError(_("Write it down once it has been held."), code="future")
    if not words.strip():
        wrong["words"] = ValidationError(_("Say in a sentence what was said or decided."), code="words_required")
    if wrong:
        raise ValidationError(wrong)
    if SponsorCheckIn.objects.filter(cohort=cohort, kind=kind, held_on=held_on).exists():
        raise ValidationError(_("This check-in is recorded already."), code="recorded")
    found = SponsorCheckIn.objects.create(cohort=cohort, kind=kind, held_on=held_on, words=words.strip(), by=by)
    record(AuditAction.SPONSOR_CHECKED_IN, found, by=by, label=cohort.name, after={"kind": kind, "on": held_on.isoformat()})
    return found
