"""Send what is due by mail: each delivery once, and once more at the very most.

A delivery is claimed and committed before the mail server is spoken to, and marked as sent afterwards. A worker that ends
in between leaves it as "sending": nobody knows whether the mail went out. After a while it is sent again, under the same
Message-ID, so that mail programs show it once; a second such end gives it up.
"""

import logging
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.utils import timezone

from notifications.actions.plan_deliveries import address_of, plan
from notifications.models import Delivery, Notification, Preference
from notifications.queries.letters import message_id, notice_letter
from notifications.rules.back_off import next_attempt
from notifications.vocabulary import DeliveryState
from organizations import job_queue
from organizations.models import Organization
from organizations.tenancy import tenant

logger = logging.getLogger(__name__)

# A mail server is waited for ten seconds (EMAIL_TIMEOUT); a claim this old has no worker any more.
GONE_AFTER = timedelta(minutes=5)
MOST_INTERRUPTIONS = 1
MOST_IN_ONE_GO = 500


@dataclass(frozen=True)
class Letter:
    """A claimed delivery, ready to go out."""

    delivery: int
    attempt: int
    mail: EmailMultiAlternatives


def run(organization_id: int) -> int:
    """Plan and send everything that is due in an organization; how many mails went out."""
    planned = 1
    while planned:
        with tenant(organization_id):
            planned = plan(timezone.now())
    sent = gone = 0
    server = get_connection()
    try:
        for letter in _letters(organization_id):
            gone += 1
            problem = hand_over(server, letter.mail)
            with tenant(organization_id):
                _settle(letter, problem, timezone.now())
            sent += problem is None
    finally:
        server.close()
    if gone == MOST_IN_ONE_GO:
        job_queue.send("notifications.jobs.deliver", organization_id)
    return sent


def has_due(now: datetime) -> bool:
    """Whether the open tenant has anything to plan or to send by now."""
    return Notification.objects.filter(planned_at__isnull=True).exists() or _due(now).exists()


def hand_over(server, mail: EmailMultiAlternatives) -> Exception | None:
    """Give one mail to the mail server; what went wrong, if anything did. The next mail gets a fresh connection then."""
    mail.connection = server
    try:
        server.open()
        mail.send()
    except (smtplib.SMTPException, OSError, ValueError) as problem:
        try:
            server.close()
        except (smtplib.SMTPException, OSError):
            server.connection = None
        return problem
    return None


def is_final(problem: Exception) -> bool:
    """Whether the mail server will never take this mail: no such recipient, or an address that cannot be one."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in problem.recipients.values())
    return isinstance(problem, ValueError)


def _letters(organization_id: int) -> Iterator[Letter]:
    for _turn in range(MOST_IN_ONE_GO):
        with tenant(organization_id):
            letter = claim(timezone.now())
        if letter is None:
            return
        yield letter


def _due(now: datetime):
    waiting = Q(state=DeliveryState.WAITING, due_at__lte=now)
    interrupted = Q(state=DeliveryState.SENDING, claimed_at__lte=now - GONE_AFTER)
    return Delivery.objects.filter(waiting | interrupted)


def claim(now: datetime) -> Letter | None:
    """Take the next due delivery and count the attempt; other workers pass over what is taken. None where nothing is due."""
    due = _due(now).select_related("notification__recipient__user").order_by("due_at", "pk")
    while delivery := due.select_for_update(skip_locked=True, of=["self"]).first():
        if delivery.state == DeliveryState.SENDING:
            delivery.interruptions += 1
        reason = _reason_to_stop(delivery)
        if reason:
            delivery.state, delivery.problem = reason
            delivery.save(update_fields=["state", "problem", "interruptions"])
            continue
        delivery.state, delivery.claimed_at = DeliveryState.SENDING, now
        delivery.attempts += 1
        delivery.message_id = message_id(delivery)
        delivery.save(update_fields=["state", "claimed_at", "attempts", "message_id", "interruptions"])
        organization = Organization.objects.get(pk=delivery.organization_id)
        return Letter(delivery.pk, delivery.attempts, notice_letter(delivery, organization))
    return None


def _reason_to_stop(delivery: Delivery) -> tuple[DeliveryState, str] | None:
    """Why a due delivery is not to be sent after all."""
    notice = delivery.notification
    if delivery.interruptions > MOST_INTERRUPTIONS:
        return DeliveryState.GIVEN_UP, "interrupted"
    if not address_of(notice.recipient):
        return DeliveryState.SKIPPED, "no_address"
    if notice.read_at:
        return DeliveryState.SKIPPED, "read"
    if Preference.objects.filter(member=notice.recipient_id, by_email=False).exists():
        return DeliveryState.SKIPPED, "not_wanted"
    return None


def _settle(letter: Letter, problem: Exception | None, now: datetime) -> None:
    """Write down how it went, unless another worker has taken over since."""
    mine = Delivery.objects.filter(pk=letter.delivery, state=DeliveryState.SENDING, attempts=letter.attempt)
    if problem is None:
        mine.update(state=DeliveryState.SENT, sent_at=now, problem="")
        return
    again = None if is_final(problem) else next_attempt(letter.attempt, now)
    words = f"{type(problem).__name__}: {problem}"[:300]
    logger.warning("delivery_failed", extra={"delivery": letter.delivery, "problem": type(problem).__name__, "again": bool(again)})
    if again:
        mine.update(state=DeliveryState.WAITING, due_at=again, problem=words)
    else:
        mine.update(state=DeliveryState.GIVEN_UP, problem=words)
