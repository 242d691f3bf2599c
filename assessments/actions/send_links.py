"""Send personal links for 360 feedback by mail.

A rater whose `link_due` is set is an outbox row of its own. The link is made while its mail is written and kept nowhere: the
row keeps a hash of it alone, in the same transaction, so a link that did not go out is worth nothing.
"""

from django.core.mail import EmailMultiAlternatives

from assessments.actions.choose_raters import new_link
from assessments.models import Rater
from assessments.queries.feedback_letter import feedback_letter
from assessments.vocabulary import CycleState, RaterState
from notifications.actions.send_rows import MailedRows, send_rows
from organizations.models import Organization


def run(organization_id: int) -> int:
    """Send the links that are due; how many went out."""
    return send_rows(organization_id, LINKS)


def _waiting():
    due = Rater.objects.filter(link_due=True, state=RaterState.ASKED, review__cycle__state=CycleState.OPEN)
    return due.select_related("member__user", "review__cycle", "review__enrollment__trainee")


def _letter(rater: Rater, organization: Organization) -> EmailMultiAlternatives:
    return feedback_letter(rater, new_link(rater), organization)


def _keep_sent(rater: Rater) -> None:
    rater.link_due = False
    rater.save(update_fields=["token_hash", "link_due"])


LINKS = MailedRows(
    name="feedback-link",
    waiting=_waiting,
    letter=_letter,
    keep_sent=_keep_sent,
    turn=lambda rater: rater.address,
    never_seconds=24 * 3600,  # it may be mended by tomorrow
)
