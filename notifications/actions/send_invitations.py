"""Invitations that have not gone out yet: an Invitation without `sent_at` is an outbox row of its own."""

import logging
from datetime import datetime

from django.core.cache import cache
from django.core.mail import get_connection
from django.utils import timezone

from notifications.actions.deliver import hand_over, is_final
from notifications.queries.letters import invitation_letter
from organizations.models import Invitation, Organization
from organizations.tenancy import tenant

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 10 * 60
NEVER_SECONDS = 7 * 24 * 3600  # as long as an invitation lives


def unsent(now: datetime):
    """Invitations of the open tenant that wait to be sent and still hold."""
    return Invitation.objects.filter(sent_at__isnull=True, accepted_at__isnull=True, expires_at__gt=now)


def run(organization_id: int) -> int:
    """Send them; how many went out. The row stays locked while the mail server is spoken to: no other worker sends it too.

    One that could not be sent is left alone for ten minutes; one whose address the server refuses, until it is sent anew.
    """
    sent, tried = 0, []
    server = get_connection()
    try:
        while True:
            with tenant(organization_id):
                waiting = unsent(timezone.now()).exclude(pk__in=tried).select_related("member", "invited_by").order_by("pk")
                invitation = waiting.select_for_update(skip_locked=True, of=["self"]).first()
                if invitation is None:
                    return sent
                tried.append(invitation.pk)
                sent += _send(invitation, server)
    finally:
        server.close()


def _send(invitation: Invitation, server) -> bool:
    held = f"invitation-held:{invitation.organization_id}:{invitation.pk}:{invitation.nonce}"
    if cache.get(held):
        return False
    letter = invitation_letter(invitation, Organization.objects.get(pk=invitation.organization_id))
    problem = hand_over(server, letter)
    if problem is not None:
        logger.warning("invitation_failed", extra={"invitation": invitation.pk, "problem": type(problem).__name__})
        cache.set(held, 1, NEVER_SECONDS if is_final(problem) else AGAIN_SECONDS)
        return False
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return True
