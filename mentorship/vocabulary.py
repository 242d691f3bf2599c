"""Closed lists of words about mentor and trainee."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PairingState(TextChoices):
    """Where a pairing stands. Accepted: one of the two has said yes; active: both have, or HR has named the mentor directly."""

    PROPOSED = "proposed", pgettext_lazy("state of a pairing", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("state of a pairing", "Accepted by one")
    ACTIVE = "active", pgettext_lazy("state of a pairing", "Active")
    PAUSED = "paused", pgettext_lazy("state of a pairing", "Paused")
    ENDED = "ended", pgettext_lazy("state of a pairing", "Ended")
    DECLINED = "declined", pgettext_lazy("state of a pairing", "Declined")


class MeetingState(TextChoices):
    """Where a meeting stands. Its date has passed is no state: it is planned until someone says that it took place."""

    PLANNED = "planned", pgettext_lazy("state of a meeting", "Planned")
    HELD = "held", pgettext_lazy("state of a meeting", "Held")
    CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "Cancelled")


class Notice(TextChoices):
    """What mentorship tells people. Each word is the kind of a notification row and the name of its template."""

    PAIRING_PROPOSED = "pairing_proposed", _("A mentoring pairing is proposed to you")
    PAIRING_STARTED = "pairing_started", _("A mentoring pairing has begun")
    PAIRING_DECLINED = "pairing_declined", _("A proposed pairing was declined")
    PAIRING_ENDED = "pairing_ended", _("A mentoring pairing has ended")
    AGREEMENT_TO_SIGN = "agreement_to_sign", _("A mentoring agreement waits for your signature")
    AGREEMENT_SIGNED = "agreement_signed", _("A mentoring agreement is signed")
    AGREEMENT_MISSING = "agreement_missing", _("A mentoring agreement is still missing")
    MEETING_PLANNED = "meeting_planned", _("A mentoring meeting is planned")
    MEETING_MOVED = "meeting_moved", _("A mentoring meeting has moved")
    MEETING_CANCELLED = "meeting_cancelled", _("A mentoring meeting is cancelled")
    MEETING_OVERDUE = "meeting_overdue", _("A mentoring meeting is overdue")
    CHANGE_WANTED = "change_wanted", _("A pairing needs a change")
