"""Closed lists of words about telling people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """By which way a notice reaches a person. In-app is the notice itself."""

    EMAIL = "email", _("E-mail")


class DeliveryState(models.TextChoices):
    """Where one delivery stands."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not wanted")
    GIVEN_UP = "given_up", _("Given up")
