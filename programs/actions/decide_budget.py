"""Ask a cohort's sponsor for money, and say how much of it is approved."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs import paths
from programs.models import BudgetRequest, Cohort
from programs.policies.running import may_run_cohort
from programs.vocabulary import Notice


@transaction.atomic
def ask(cohort: Cohort, amount: Decimal, purpose: str, *, by: Member) -> BudgetRequest:
    """Put a sum before the sponsor, in the organization's currency; one at a time.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "no_sponsor"; "waiting", the last one is not decided; by field "not_positive", "purpose_required".
    """
    # Locked: of two who ask at the same moment the second is told.
    cohort = Cohort.objects.select_for_update(of=["self"]).select_related("sponsor").get(pk=cohort.pk)
    if not may_run_cohort(by, cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager do this."))
    if cohort.sponsor is None:
        raise ValidationError(_("No sponsor is named yet whom you could ask."), code="no_sponsor")
    if BudgetRequest.objects.filter(cohort=cohort, decided_at=None).exists():
        raise ValidationError(_("The sponsor has not decided on the last request yet."), code="waiting")
    wrong = {}
    if amount <= 0:
        wrong["amount"] = ValidationError(_("Ask for more than 0."), code="not_positive")
    if not purpose.strip():
        wrong["purpose"] = ValidationError(_("Say what the money is for."), code="purpose_required")
    if wrong:
        raise ValidationError(wrong)
    asked = BudgetRequest.objects.create(cohort=cohort, amount=amount, purpose=purpose.strip(), asked_by=by)
    record(AuditAction.COHORT_CHANGED, cohort, by=by, label=cohort.name, after={"amount": amount, "purpose": asked.purpose})
    words = {"by": by.name, "cohort": cohort.name, "purpose": asked.purpose}
    notify(cohort.sponsor, Notice.BUDGET_ASKED, about=cohort, path=paths.sponsoring(), words=words, key=str(asked.pk))
    return asked


@transaction.atomic
def decide(asked: BudgetRequest, approved: Decimal, note: str, *, by: Member) -> BudgetRequest:
    """The sponsor approves a sum; 0 is a no. What is decided stands, and another sum is another request.

    Raises:
        PermissionDenied: `by` is not this cohort's sponsor.
        ValidationError: "decided" already; by field "negative", "note_required", less than was asked for says why.
    """
    asked = BudgetRequest.objects.select_for_update(of=["self"]).select_related("cohort", "asked_by").get(pk=asked.pk)
    if asked.cohort.sponsor_id != by.pk:
        raise PermissionDenied(_("Only the sponsor named for this cohort decides on its budget."))
    if asked.decided_at is not None:
        raise ValidationError(_("This request has already been decided."), code="decided")
    wrong = {}
    if approved < 0:
        wrong["approved"] = ValidationError(_("An approved amount is 0 or more."), code="negative")
    elif approved < asked.amount and not note.strip():
        wrong["note"] = ValidationError(_("Say why it is less than was asked for."), code="note_required")
    if wrong:
        raise ValidationError(wrong)
    asked.approved, asked.note, asked.decided_by, asked.decided_at = approved, note.strip(), by, clock.now()
    asked.save(update_fields=["approved", "note", "decided_by", "decided_at"])
    cohort = asked.cohort
    after = {"amount": asked.amount, "approved": approved, "note": asked.note}
    record(AuditAction.COHORT_CHANGED, cohort, by=by, label=cohort.name, after=after)
    words = {"by": by.name, "cohort": cohort.name, "note": asked.note}
    notify(asked.asked_by, Notice.BUDGET_DECIDED, about=cohort, path=paths.cohort_budget(cohort.pk), words=words, key=str(asked.pk))
    return asked
