"""Notices that have been read."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications import policies
from notifications.models import Notification
from organizations.models import Member


def read(notice: Notification, *, by: Member) -> None:
    """Note that a person has seen a notice; the first time stands.

    Raises:
        PermissionDenied: it tells somebody else.
    """
    if not policies.may_read_notice(by, notice):
        raise PermissionDenied(_("This notice is for somebody else."))
    Notification.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


def read_all(*, by: Member) -> int:
    """Note that a person has seen all of theirs; how many were new."""
    return Notification.objects.filter(recipient=by, read_at__isnull=True).update(read_at=timezone.now())
