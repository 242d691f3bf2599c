"""Closed lists of words about needs, budgets, plans, pilots, influence and results. Values are those of D6, D10, D16, D17, D19 and D14."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cause(TextChoices):
    """What keeps people from doing it: the three parts of COM-B. Only a lack of capability is closed by training."""

    CAPABILITY = "capability", _("They cannot do it yet")
    OPPORTUNITY = "opportunity", _("Circumstances do not let them")
    MOTIVATION = "motivation", _("Nothing makes it worth their while")


class NeedAnswer(TextChoices):
    """How a need is met."""

    TRAIN = "train", pgettext_lazy("answer to a need", "Train")
    AID = "aid", pgettext_lazy("answer to a need", "Job aid")
    NONE = "none", pgettext_lazy("answer to a need", "Not by training")
