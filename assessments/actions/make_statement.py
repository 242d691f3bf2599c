"""Mentor and line manager speak to the panel. They have no vote on their own trainee."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.locking import locked
from assessments.models import CertificationReview, Statement
from assessments.policies.reviews import may_make_statement
from assessments.queries.standing import standing_in
from assessments.vocabulary import ReviewState
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.vocabulary import Role

LONGEST = 4000


@transaction.atomic
def make_statement(review: CertificationReview, text: str, *, by: Member) -> Statement:
    """Write one's statement, or write it anew as long as the file is not with the panel.

    Raises:
        PermissionDenied: `by` is neither mentor nor line manager.
        ValidationError: "frozen", "empty", "too_long".
    """
    review = locked(review)
    one = standing_in(by, review)
    if not may_make_statement(one):
        raise PermissionDenied(_("Mentor and line manager speak to the panel."))
    if review.state != ReviewState.GATHERING:
        raise ValidationError(_("The file is with the panel; statements stand as they are."), code="frozen")
    text = text.strip()
    if not text:
        raise ValidationError({"text": ValidationError(_("Write something first."), code="empty")})
    if len(text) > LONGEST:
        raise ValidationError({"text": ValidationError(_("At most %(limit)s characters."), code="too_long", params={"limit": LONGEST})})
    role = Role.MENTOR if one.is_mentor else Role.LINE_MANAGER
    values = {"text": text, "at": clock.now()}
    statement = Statement.objects.update_or_create(review=review, member=by, role=role, defaults=values)[0]
    record(AuditAction.FEEDBACK_GIVEN, review, by=by, label=review.enrollment.trainee.name)
    return statement
