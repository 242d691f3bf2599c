"""Mail the rows of a table that is an outbox of its own: each row says by itself whether its mail is still to go out.

For mails whose text may not be kept, an invitation or a personal link. A notice goes by `deliver`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Model, QuerySet

from notifications.actions.deliver import hand_over, is_final
from organizations.models import Organization
from organizations.tenancy import tenant

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 10 * 60


@dataclass(frozen=True)
class MailedRows:
    """How the rows of one table go out."""

    name: str  # in the log, and in the key that holds a row back
    waiting: Callable[[], QuerySet]  # of the open tenant, with all that a letter needs
    letter: Callable[[Any, Organization], EmailMultiAlternatives]
    keep_sent: Callable[[Any], None]  # in the transaction that holds the row
    turn: Callable[[Any], str]  # another one is tried at once, though the one before failed
    never_seconds: int  # how long an address that the mail server refuses is left alone


def send_rows(organization_id: int, rows: MailedRows) -> int:
    """Send what waits; how many went out. A row stays locked while the mail server is spoken to: no other worker sends it too.

    One that could not be sent is left alone for ten minutes.
    """
    sent, tried = 0, []
    server = get_connection()
    try:
        while True:
            with tenant(organization_id):
                waiting = rows.waiting().exclude(pk__in=tried).order_by("pk")
                row = waiting.select_for_update(skip_locked=True, of=["self"]).first()
                if row is None:
                    return sent
                tried.append(row.pk)
                sent += _send(row, rows, Organization.objects.get(pk=organization_id), server)
    finally:
        server.close()


def _send(row: Model, rows: MailedRows, organization: Organization, server) -> bool:
    held = f"{rows.name}-held:{organization.pk}:{row.pk}:{rows.turn(row)}"
    if cache.get(held):
        return False
    problem = hand_over(server, rows.letter(row, organization))
    if problem is not None:
        logger.warning("row_mail_failed", extra={"rows": rows.name, "row": row.pk, "problem": type(problem).__name__})
        cache.set(held, 1, rows.never_seconds if is_final(problem) else AGAIN_SECONDS)
        return False
    rows.keep_sent(row)
    return True
