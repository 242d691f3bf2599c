"""Closed lists of words about practice projects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectState(TextChoices):
    """Where a practice project stands. It is planned until G1 has passed, and closed with G4 and its retrospective."""

    PLANNING = "planning", pgettext_lazy("state of a project", "Planning")
    RUNNING = "running", pgettext_lazy("state of a project", "Running")
    CLOSED = "closed", pgettext_lazy("state of a project", "Closed")
    STOPPED = "stopped", pgettext_lazy("state of a project", "Stopped")


class GateState(TextChoices):
    """Where a gate stands."""

    WAITING = "waiting", pgettext_lazy("state of a gate", "Not started")
    OPEN = "open", pgettext_lazy("state of a gate", "Gathering evidence")
    CALLED = "called", pgettext_lazy("state of a gate", "With the reviewers")
    REWORK = "rework", pgettext_lazy("state of a gate", "Rework, then again")
    PASSED = "passed", pgettext_lazy("state of a gate", "Passed")
    STOPPED = "stopped", pgettext_lazy("state of a gate", "Stopped")


class Verdict(TextChoices):
    """What a reviewer says at a gate. Source: content, D12."""

    GO = "go", pgettext_lazy("verdict at a gate", "Go")
    GO_WITH_CONDITIONS = "go_with_conditions", pgettext_lazy("verdict at a gate", "Go with conditions")
    REWORK = "rework", pgettext_lazy("verdict at a gate", "Rework")
    STOP = "stop", pgettext_lazy("verdict at a gate", "Stop")


class Judgment(TextChoices):
    """How far a criterion of a gate is met."""

    MET = "met", pgettext_lazy("criterion of a gate", "Met")
    PARTLY = "partly", pgettext_lazy("criterion of a gate", "Partly met")
    NOT = "not", pgettext_lazy("criterion of a gate", "Not met")


class RiskState(TextChoices):
    """Whether a risk is still watched."""

    OPEN = "open", pgettext_lazy("state of a risk", "Open")
    CLOSED = "closed", pgettext_lazy("state of a risk", "No longer a risk")


class Health(TextChoices):
    """How a project is, in a word; the reasons stand beside it."""

    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("Needs attention")
    LATE = "late", pgettext_lazy("health of a project", "Late")
    CLOSED = "closed", pgettext_lazy("state of a project", "Closed")
    STOPPED = "stopped", pgettext_lazy("state of a project", "Stopped")


class Notice(TextChoices):
    """What projects tells people. Each word is the kind of a notification row and the name of its templates."""

    SPONSOR_ASKED = "sponsor_asked", _("You are asked to sponsor a project")
    SPONSOR_ANSWERED = "sponsor_answered", _("A sponsor has answered")
    GATE_CALLED = "gate_called", _("A gate waits for your verdict")
    GATE_DECIDED = "gate_decided", _("A gate is decided")
    GATE_MOVED = "gate_moved", _("A gate is moved")
    GATE_SOON = "gate_soon", _("A gate is near")
    GATE_OVERDUE = "gate_overdue", _("A gate is overdue")
    CONDITION_SET = "condition_set", _("A condition is yours to settle")
    CONDITION_SOON = "condition_soon", _("A condition is due soon")
    CONDITION_OVERDUE = "condition_overdue", _("A condition is overdue")
    BASELINE_ASKED = "baseline_asked", _("Another baseline waits for your approval")
    BASELINE_ANSWERED = "baseline_answered", _("Another baseline is answered")
    PROJECT_CLOSED = "project_closed", _("A project is closed")
