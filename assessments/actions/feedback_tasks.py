"""The trainee's own task in 360 feedback (5.2): done once the list is approved and their own view is sent."""

from datetime import date

from assessments.models import CertificationReview, Rater
from assessments.vocabulary import RaterGroup, RaterState
from programs.actions.open_cycle_work import finish_cycle_work

MODULE = "5.2"


def settle_feedback_task(review: CertificationReview, today: date) -> None:
    """Finish the task where nothing is left to do for the trainee."""
    raters = Rater.objects.filter(review=review)
    own = raters.filter(group=RaterGroup.SELF, state=RaterState.ANSWERED).exists()
    if own and not raters.filter(state=RaterState.PROPOSED).exists() and raters.exclude(group=RaterGroup.SELF).exists():
        finish_cycle_work(review.enrollment, review.cycle.number, [MODULE], today)
