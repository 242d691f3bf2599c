"""Who may read a notice."""

from notifications.models import Notification
from organizations.models import Member


def may_read_notice(member: Member, notice: Notification) -> bool:
    """Whom it tells, and nobody else."""
    return notice.recipient_id == member.pk
