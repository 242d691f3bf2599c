"""Invitations that have not gone out yet: an Invitation without `sent_at` is an outbox row of its own."""

from datetime import datetime

from django.utils import timezone

from notifications.actions.send_rows import MailedRows, send_rows
from notifications.queries.letters import invitation_letter
from organizations.models import Invitation


def unsent(now: datetime):
    """Invitations of the open tenant that wait to be sent and still hold."""
    return Invitation.objects.filter(sent_at__isnull=True, accepted_at__isnull=True, expires_at__gt=now)


def run(organization_id: int) -> int:
    """Send them; how many went out. One whose address is refused waits until it is sent anew."""
    return send_rows(organization_id, INVITATIONS)


def _keep_sent(invitation: Invitation) -> None:
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])


INVITATIONS = MailedRows(
    name="invitation",
    waiting=lambda: unsent(timezone.now()).select_related("member", "invited_by"),
    letter=invitation_letter,
    keep_sent=_keep_sent,
    turn=lambda invitation: invitation.nonce,
    never_seconds=7 * 24 * 3600,  # as long as an invitation lives
)
