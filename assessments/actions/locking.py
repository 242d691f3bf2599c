"""A review as an action works on it: locked, with what it hangs on."""

from assessments.models import CertificationReview
from assessments.queries.review import LOADED


def locked(review: CertificationReview) -> CertificationReview:
    """The review as it stands now, locked to the end of the transaction: whoever comes second sees what the first did."""
    return CertificationReview.objects.select_for_update(of=["self"]).select_related(*LOADED).get(pk=review.pk)
