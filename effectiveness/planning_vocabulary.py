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


class Level(TextChoices):
    """How much of something a person has."""

    HIGH = "high", pgettext_lazy("power or interest", "High")
    MEDIUM = "medium", pgettext_lazy("power or interest", "Medium")
    LOW = "low", pgettext_lazy("power or interest", "Low")


class Stance(TextChoices):
    """How a person stands to the matter."""

    SUPPORTS = "supports", _("Supports it")
    NEUTRAL = "neutral", pgettext_lazy("stance of a stakeholder", "Neutral")
    OPPOSES = "opposes", _("Opposes it")
    UNKNOWN = "unknown", _("Not known yet")


class Approach(TextChoices):
    """What one does with a stakeholder, by their power and interest."""

    CLOSE = "close", _("Work with them closely")
    SATISFIED = "satisfied", _("Keep them satisfied")
    INFORMED = "informed", _("Keep them informed")
    WATCH = "watch", _("Watch")


class DataProtection(TextChoices):
    """Which personal data a pilot touches."""

    NONE = "none", _("No personal data")
    ORDINARY = "ordinary", _("Ordinary personal data")
    SENSITIVE = "sensitive", _("Sensitive personal data")


class PilotDecision(TextChoices):
    """What comes of a pilot."""

    SCALE = "scale", _("Scale it up")
    ADJUST = "adjust", _("Adjust and try again")
    STOP = "stop", _("Stop it")


class PilotOutcome(TextChoices):
    """Where a measure of a pilot stands; computed, never stored."""

    OPEN = "open", _("Not measured yet")
    REACHED = "reached", _("Target reached")
    BETTER = "better", _("Better, target not reached")
    NOT_BETTER = "not_better", _("Not better")


class Isolation(TextChoices):
    """How training's part is told from other causes, best first. Source: Phillips; the order is ours."""

    CONTROL = "control", _("Control group")
    TREND = "trend", _("Trend line")
    MODEL = "model", _("Forecast model")
    EXPERT = "expert", _("Estimate by superiors or experts")
    PARTICIPANT = "participant", _("Estimate by participants")


class SeriesGroup(TextChoices):
    """Whose figures a point of a series is about."""

    TRAINED = "trained", _("Trained")
    CONTROL = "control", _("Control group")
    ALL = "all", _("Everybody")


class StudyCost(TextChoices):
    """Parts of a fully loaded cost."""

    ANALYSIS = "analysis", _("Needs analysis and design")
    DEVELOPMENT = "development", _("Development of content")
    TRAINERS = "trainers", _("Trainers")
    VENUE_TRAVEL = "venue_travel", _("Venue and travel")
    PLATFORM = "platform", _("Platform and materials")
    LEARNERS = "learners", _("Learners' time off the job")
    EVALUATION = "evaluation", _("Evaluation and administration")


class MetricKind(TextChoices):
    """What a figure of the dashboard is about. Source: ISO/TS 30437:2023. Values are those of D18."""

    EFFICIENCY = "efficiency", _("Efficiency: what it takes")
    EFFECTIVENESS = "effectiveness", _("Effectiveness: whether it works")
    OUTCOME = "outcome", _("Outcome: what the business gets")
