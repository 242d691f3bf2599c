"""The trainee answers a decision: takes note of it, says whether they want to be in the successor pool, or appeals once."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.locking import locked
from assessments.models import Acknowledgement, Appeal, Decision
from assessments.rules.appeal_window import is_open
from assessments.vocabulary import Notice
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, OrganizationRole
from programs.actions.open_cycle_work import finish_cycle_work
from programs.queries.calendars import calendar_of

MODULE = "5.4"
LONGEST = 4000


@transaction.atomic
def acknowledge(decision: Decision, *, consents: bool | None, by: Member, today: date) -> Acknowledgement:
    """Take note of a decision. Where it names the successor pool, `consents` says yes or no to that; only a yes enters it.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "acknowledged"; "replaced", a newer decision stands; "consent_missing".
    """
    decision = _own(decision, by)
    if Acknowledgement.objects.filter(decision=decision).exists():
        raise ValidationError(_("You have taken note of this decision already."), code="acknowledged")
    if decision.track and consents is None:
        text = _("Say whether you want to be in the successor pool. A no changes nothing else.")
        raise ValidationError({"consents": ValidationError(text, code="consent_missing")})
    taken = Acknowledgement.objects.create(decision=decision, member=by, consents=consents if decision.track else None)
    record(AuditAction.DECISION_ACKNOWLEDGED, decision, by=by, label=by.name)
    if taken.consents:
        record(AuditAction.SUCCESSOR_ENTERED, decision, by=by, label=by.name)
    finish_cycle_work(decision.review.enrollment, decision.review.cycle.number, [MODULE], today)
    return taken


@transaction.atomic
def appeal(decision: Decision, reasons: str, *, by: Member, today: date) -> Appeal:
    """Appeal against a decision: once, within fifteen working days, with reasons. HR directors are told.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "replaced", it is decided on an appeal already; "appealed"; "too_late"; "empty"; "too_long".
    """
    decision = _own(decision, by)
    if Appeal.objects.filter(decision__review=decision.review_id).exists():
        raise ValidationError(_("You have already appealed."), code="appealed")
    if not is_open(timezone.localdate(decision.at), today, calendar_of(decision.review.enrollment.cohort.calendar)):
        raise ValidationError(_("The fifteen working days for an appeal have passed."), code="too_late")
    reasons = reasons.strip()
    if not reasons:
        raise ValidationError({"reasons": ValidationError(_("Say what should be looked at again, and why."), code="empty")})
    if len(reasons) > LONGEST:
        text = _("At most %(limit)s characters.")
        raise ValidationError({"reasons": ValidationError(text, code="too_long", params={"limit": LONGEST})})
    made = Appeal.objects.create(decision=decision, by=by, reasons=reasons)
    record(AuditAction.APPEALED, made, by=by, label=by.name)
    words = {"trainee": by.name, "number": decision.review.cycle.number}
    for director in Member.objects.with_role(OrganizationRole.HR_DIRECTOR).exclude(pk=by.pk):
        path = paths.appeal(decision.review_id)
        notify(director, Notice.APPEALED, about=made, path=path, words=words, key=str(made.pk))
    return made


def _own(decision: Decision, by: Member) -> Decision:
    """The decision that stands, with its review locked: two tabs may press at the same moment."""
    review = locked(decision.review)
    if review.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee answers the decision on their own review."))
    newest = Decision.objects.filter(review=review).order_by("-at", "-pk").first()
    if newest.pk != decision.pk:
        raise ValidationError(_("A newer decision stands in place of this one."), code="replaced")
    newest.review = review
    return newest
