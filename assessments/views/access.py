"""What every page of a review begins with: the review, and what the reader is in it."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from assessments.models import CertificationReview
from assessments.queries.review import review_for
from assessments.queries.standing import Standing, standing_in


def reached(request: HttpRequest, review_id: int) -> tuple[CertificationReview, Standing]:
    """The review, and what the reader is in it. Somebody without a part in it finds nothing: 404."""
    review = review_for(request.member, review_id)
    if review is None:
        raise Http404
    return review, standing_in(request.member, review)


def require(allowed: bool, words: Callable[[], str] | str) -> None:
    """Go on, or say who may (403)."""
    if not allowed:
        raise PermissionDenied(words() if callable(words) else words)


def of_others() -> str:
    """What somebody is told who has a part in the review, but not in this page."""
    return _("This part of the review is for others. Its people stand on the review's page.")
