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


class CertificateState(TextChoices):
    """Whether a certificate holds; read off its rows and the day, never stored."""

    VALID = "valid", pgettext_lazy("state of a certificate", "Valid")
    EXPIRED = "expired", pgettext_lazy("state of a certificate", "Expired")
    REPLACED = "replaced", pgettext_lazy("state of a certificate", "Replaced by a newer one")
    REVOKED = "revoked", pgettext_lazy("state of a certificate", "Revoked")


class ExportFormat(TextChoices):
    """How a report leaves the product."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    PDF = "pdf", "PDF"


class Notice(TextChoices):
    """What assessments tells people. Each word is the kind of a notification row and the name of its templates."""

    CERTIFICATE_ISSUED = "certificate_issued", _("Your certificate is issued")
    CERTIFICATE_REVOKED = "certificate_revoked", _("Your certificate was revoked")


# Decisions that a certificate is issued on: one that gives a level, and one that keeps it.
CERTIFYING = (Outcome.CERTIFIED, Outcome.KEPT)
# What each level allows. Source: content 4, table of levels.
LEVEL_ALLOWS = {
    Level.JUNIOR: _("able to lead training projects with a mentor's support"),
    Level.INTERMEDIATE: _("able to lead a complete training project independently"),
}
