"""Send personal links for 360 feedback by mail, to people who cannot sign in.

A rater whose `link_due` is set is an outbox row of its own. The link is made while its mail is written and kept nowhere: the
row keeps a hash of it alone, in the same transaction, so a link that did not go out is worth nothing.
"""

import logging

from django.core.cache import cache
from django.core.mail import get_connection

from assessments.actions.choose_raters import new_link
from assessments.models import Rater
from assessments.queries.feedback_letter import feedback_letter
from assessments.vocabulary import CycleState, RaterState
from notifications.actions.deliver import hand_over, is_final
from organizations.models import Organization
from organizations.tenancy import tenant

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 10 * 60
NEVER_SECONDS = 24 * 3600  # an address that is refused; who runs the cohort may send it anew


def due():
    """Requests of the open tenant whose link is still to go out."""
    return Rater.objects.filter(link_due=True, state=RaterState.ASKED, review__cycle__state=CycleState.OPEN)


def run(organization_id: int) -> int:
    """Send them; how many went out. A row stays locked while the mail server is spoken to: no other worker sends it too."""
    sent, tried = 0, []
    server = get_connection()
    try:
        while True:
            with tenant(organization_id):
                waiting = due().exclude(pk__in=tried).select_related("member", "review__cycle", "review__enrollment__trainee")
                rater = waiting.order_by("pk").select_for_update(skip_locked=True, of=["self"]).first()
                if rater is None:
                    return sent
                tried.append(rater.pk)
                sent += _send(rater, server)
    finally:
        server.close()


def _send(rater: Rater, server) -> bool:
    held = f"feedback-link-held:{rater.organization_id}:{rater.pk}:{rater.address}"
    if cache.get(held):
        return False
    token = new_link(rater)
    problem = hand_over(server, feedback_letter(rater, token, Organization.objects.get(pk=rater.organization_id)))
    if problem is not None:
        logger.warning("feedback_link_failed", extra={"rater": rater.pk, "problem": type(problem).__name__})
        cache.set(held, 1, NEVER_SECONDS if is_final(problem) else AGAIN_SECONDS)
        return False
    rater.link_due = False
    rater.save(update_fields=["token_hash", "link_due"])
    return True
