"""Release the 360 results to the trainee, after the mentor has talked them over."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.locking import locked
from assessments.models import CertificationReview, ResultRelease
from assessments.policies.reviews import may_release_results
from assessments.queries.standing import standing_in
from assessments.vocabulary import CycleState, Notice
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction


@transaction.atomic
def release(review: CertificationReview, *, by: Member) -> ResultRelease:
    """From now on the trainee sees the figures, and the comments that may be shown.

    Raises:
        PermissionDenied: `by` is neither mentor nor HR director, or is the trainee.
        ValidationError: "not_closed"; "released".
    """
    review = locked(review)
    if not may_release_results(standing_in(by, review)):
        raise PermissionDenied(_("The mentor or the HR director releases results."))
    if review.cycle.state == CycleState.OPEN:
        raise ValidationError(_("Results stand once the cycle is closed for answers."), code="not_closed")
    if ResultRelease.objects.filter(review=review).exists():
        raise ValidationError(_("These results are released already."), code="released")
    released = ResultRelease.objects.create(review=review, by=by)
    trainee = review.enrollment.trainee
    record(AuditAction.RESULTS_RELEASED, review, by=by, label=trainee.name)
    words = {"by": by.name, "number": review.cycle.number}
    notify(trainee, Notice.RESULTS_RELEASED, about=review, path=paths.results(review.pk), words=words, key=str(review.pk))
    return released
