"""Closed lists of words about training sessions and whether they worked. Learners are those who attend; a trainee organizes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionState(TextChoices):
    """Where a session stands."""

    PLANNED = "planned", pgettext_lazy("state of a session", "Planned")
    HELD = "held", pgettext_lazy("state of a session", "Held")
    CANCELLED = "cancelled", pgettext_lazy("state of a session", "Cancelled")


class Presence(TextChoices):
    """Whether someone invited came. Values are those of D8's attendance."""

    CAME = "came", pgettext_lazy("attendance", "Came")
    ONLINE = "online", pgettext_lazy("attendance", "Came online")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")


THERE = frozenset({Presence.CAME, Presence.ONLINE})


class SurveyState(TextChoices):
    """Whether a survey takes answers; computed, never stored."""

    OPEN = "open", pgettext_lazy("state of a survey", "Open")
    CLOSED = "closed", pgettext_lazy("state of a survey", "Closed")


class ReactionItem(TextChoices):
    """What learners are asked at the end of a session, 1 to 5: at most eight, relevance and intent to apply among them.

    Source: Kirkpatrick level 1, how far people find it favourable, engaging and relevant to the job; own wording.
    """

    RELEVANT = "relevant", _("The content has to do with my work.")
    EXAMPLES = "examples", _("The examples are like situations I meet.")
    ACTIVE = "active", _("I was thinking and practicing, not only listening.")
    PACE = "pace", _("Pace and length suited me.")
    CLEAR = "clear", _("Explanations were clear and questions were answered.")
    WORTH = "worth", _("The time was well spent.")
    FIRST_STEP = "first_step", _("I know what to do first when I am back at work.")
    APPLY = "apply", _("I will use this at work within a month.")


class Aspect(TextChoices):
    """What an item is about."""

    RELEVANCE = "relevance", _("Relevance")
    ENGAGEMENT = "engagement", _("Engagement")
    FAVOR = "favor", _("Satisfaction")
    INTENT = "intent", _("Intent to apply")


ASPECTS = {
    ReactionItem.RELEVANT: Aspect.RELEVANCE,
    ReactionItem.EXAMPLES: Aspect.RELEVANCE,
    ReactionItem.ACTIVE: Aspect.ENGAGEMENT,
    ReactionItem.PACE: Aspect.FAVOR,
    ReactionItem.CLEAR: Aspect.FAVOR,
    ReactionItem.WORTH: Aspect.FAVOR,
    ReactionItem.FIRST_STEP: Aspect.INTENT,
    ReactionItem.APPLY: Aspect.INTENT,
}


class Agreement(TextChoices):
    """The five points of an item."""

    NOT_AT_ALL = "1", _("Not at all")
    RATHER_NOT = "2", _("Rather not")
    PARTLY = "3", _("Partly")
    RATHER = "4", _("Rather yes")
    FULLY = "5", _("Fully")


class TestPhase(TextChoices):
    """When a test is taken."""

    __test__ = False  # no test of ours, whatever its name begins with
    PRE = "pre", _("Before the session")
    POST = "post", _("After the session")


class Gain(TextChoices):
    """How large a normalized gain is. Source: Hake 1998."""

    LOW = "low", pgettext_lazy("size of a learning gain", "low")
    MEDIUM = "medium", pgettext_lazy("size of a learning gain", "medium")
    HIGH = "high", pgettext_lazy("size of a learning gain", "high")


class Notice(TextChoices):
    """What effectiveness tells people. Each word is the kind of a notification row and the name of its templates."""

    SESSION_TO_OBSERVE = "session_to_observe", _("You are asked to observe a session")
    SESSION_INVITED = "session_invited", _("You are invited to a session")
    SESSION_MOVED = "session_moved", _("A session has moved")
    SESSION_CANCELLED = "session_cancelled", _("A session is called off")
    SESSION_RELEASED = "session_released", _("You are not needed at a session any more")
