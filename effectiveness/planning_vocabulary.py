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


class CostCategory(TextChoices):
    """What training money goes into."""

    EXTERNAL_TRAINERS = "external_trainers", _("External trainers")
    INTERNAL_TRAINERS = "internal_trainers", _("Internal trainers")
    DEVELOPMENT = "development", _("Development of content")
    PLATFORM = "platform", _("Platform")
    VENUE_TRAVEL = "venue_travel", _("Venue and travel")
    MATERIALS = "materials", _("Materials")
    CERTIFICATION = "certification", _("Certification")
    RESERVE = "reserve", _("Reserve")


class Fixedness(TextChoices):
    """Whether a cost comes whatever happens, or with each person trained."""

    FIXED = "fixed", pgettext_lazy("kind of a cost", "Fixed")
    VARIABLE = "variable", pgettext_lazy("kind of a cost", "Variable")


class Quarter(TextChoices):
    """When in the year."""

    Q1 = "Q1", _("1st quarter")
    Q2 = "Q2", _("2nd quarter")
    Q3 = "Q3", _("3rd quarter")
    Q4 = "Q4", _("4th quarter")
    ALL = "all", _("All year")
