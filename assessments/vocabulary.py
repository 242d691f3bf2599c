"""Closed lists of words about reviews, decisions and certificates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleState(TextChoices):
    """Where a review cycle stands. Answers come in while it is open; at the close results are computed once."""

    OPEN = "open", pgettext_lazy("state of a review cycle", "Open")
    CLOSED = "closed", pgettext_lazy("state of a review cycle", "Closed for answers")
    FINISHED = "finished", pgettext_lazy("state of a review cycle", "Finished")


class ReviewState(TextChoices):
    """Where one trainee's review in a cycle stands."""

    GATHERING = "gathering", pgettext_lazy("state of a review", "Gathering evidence")
    VOTING = "voting", pgettext_lazy("state of a review", "With the panel")
    VOTED = "voted", pgettext_lazy("state of a review", "Votes opened")
    DECIDED = "decided", pgettext_lazy("state of a review", "Decided")


class Outcome(TextChoices):
    """What a review ends in. Source: programme map 5.4."""

    PROGRESS = "progress", _("Progress review, no certification yet")
    CERTIFIED = "certified", _("Certified")
    KEPT = "kept", _("Level kept")
    NOT_YET = "not_yet", _("Not yet")


class Level(TextChoices):
    """Levels of the organization's own, no state grade. Source: programme map 5.4."""

    JUNIOR = "junior", _("Junior Training Manager")
    INTERMEDIATE = "intermediate", _("Intermediate Training Manager")


class Track(TextChoices):
    """The two directions of the successor pool. Source: programme map 5.4."""

    EXPERT = "expert", _("Training Expert")
    HEAD = "head", _("Head of Training")
