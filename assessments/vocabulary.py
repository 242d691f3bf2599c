"""Closed lists of words about reviews, decisions and certificates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleState(TextChoices):
    """Where a review cycle stands. Answers come in while it is open; at the close results are computed once."""

    OPEN = "open", pgettext_lazy("state of a review cycle", "Open")
    CLOSED = "closed", pgettext_lazy("state of a review cycle", "Closed for answers")
    FINISHED = "finished", pgettext_lazy("state of a review cycle", "Finished")


class CycleLength(TextChoices):
    """The time that a cycle looks back on. Source: programme map, PH5."""

    HALF_YEAR = "half_year", _("Half a year")
    YEAR = "year", _("A year")


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


class Dimension(TextChoices):
    """What a panel scores from 1 to 4. Source: programme map, PH5."""

    PERFORMANCE = "5.1", _("Performance output")
    CAPABILITY = "5.2", _("Capability")
    GROWTH = "5.3", _("Personal growth")


class RaterGroup(TextChoices):
    """As what someone gives 360 feedback. Source: content 6."""

    SELF = "self", _("The trainee")
    SUPERIOR = "superior", _("Superior")
    PEER = "peer", _("Colleagues")
    BUSINESS = "business", _("Business departments")
    LEARNER = "learner", _("Learners")


# Groups whose members are never told apart.
ANONYMOUS_GROUPS = (RaterGroup.PEER, RaterGroup.BUSINESS, RaterGroup.LEARNER)


class RaterState(TextChoices):
    """Where a request for feedback stands."""

    PROPOSED = "proposed", pgettext_lazy("state of a request for feedback", "Proposed")
    ASKED = "asked", pgettext_lazy("state of a request for feedback", "Asked")
    ANSWERED = "answered", pgettext_lazy("state of a request for feedback", "Answered")
    DECLINED = "declined", pgettext_lazy("state of a request for feedback", "Declined")


class Unit(TextChoices):
    """What results are shown for: a group, small groups put together, or all who stay unnamed."""

    SELF = "self", _("The trainee")
    SUPERIOR = "superior", _("Superior, by name")
    PEER = "peer", _("Colleagues")
    BUSINESS = "business", _("Business departments")
    LEARNER = "learner", _("Learners")
    OTHERS = "others", _("Small groups together")
    OVERALL = "overall", _("All but the trainee and the superior")


class Bound(TextChoices):
    """A mean at the end of the scale is shown as a bound: a unanimous group would give each answer away."""

    EXACT = "", _("exact")
    AT_LEAST = "at_least", _("or more")
    AT_MOST = "at_most", _("or less")


class Question(TextChoices):
    """The two free texts of 360 feedback."""

    CONTINUE = "continue", _("One thing to continue")
    CHANGE = "change", _("One thing to change")


class KpiUnit(TextChoices):
    """What a KPI's value counts."""

    PERCENT = "percent", _("%")


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

    CYCLE_OPENED = "cycle_opened", _("A review cycle has opened")
    RATERS_PROPOSED = "raters_proposed", _("People for 360 feedback wait for your approval")
    FEEDBACK_ASKED = "feedback_asked", _("You are asked for 360 feedback")
    FEEDBACK_DUE = "feedback_due", _("Your 360 feedback is due soon")
    KPI_TO_CONFIRM = "kpi_to_confirm", _("A figure waits for your confirmation")
    STATEMENT_ASKED = "statement_asked", _("A panel asks for your statement")
    RESULTS_READY = "results_ready", _("360 results are ready to talk over")
    RESULTS_RELEASED = "results_released", _("Your 360 results are released")
    PANEL_ASKED = "panel_asked", _("A review waits for your vote")
    VOTE_DUE = "vote_due", _("A review still waits for your vote")
    VOTES_OPENED = "votes_opened", _("All votes of a panel are in")
    DECISION_MADE = "decision_made", _("A decision on a certification")
    APPEALED = "appealed", _("An appeal against a decision")
    APPEAL_ASKED = "appeal_asked", _("You are asked about an appeal")
    APPEAL_ANSWERED = "appeal_answered", _("An appeal is answered")
    PLAN_DUE = "plan_due", _("A point of a plan is due")
    CERTIFICATE_ISSUED = "certificate_issued", _("Your certificate is issued")
    CERTIFICATE_REVOKED = "certificate_revoked", _("Your certificate was revoked")


# Decisions that a certificate is issued on: one that gives a level, and one that keeps it.
CERTIFYING = (Outcome.CERTIFIED, Outcome.KEPT)
# What each level allows. Source: content 4, table of levels.
LEVEL_ALLOWS = {
    Level.JUNIOR: _("able to lead training projects with a mentor's support"),
    Level.INTERMEDIATE: _("able to lead a complete training project independently"),
}
