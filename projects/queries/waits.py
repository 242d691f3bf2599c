"""What of practice projects waits for whom: sponsors to answer, gates to speak at, baselines to approve, conditions to settle."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from programs.models import SupportRole
from programs.queries.waits import Wait, wait_rows
from programs.vocabulary import Role
from projects import paths
from projects.models import BaselineAnswer, BaselineRequest, Gate, GateCondition, GateReview, PracticeProject
from projects.vocabulary import GateState, Notice, ProjectState

RUNNING = [ProjectState.PLANNING, ProjectState.RUNNING]


def waits() -> tuple[Wait, ...]:
    """Who reviews may be stood in for; a sponsor accepts by name, and a condition is settled by who was given it."""
    return (
        Wait(Notice.SPONSOR_ASKED, paths.project, _unanswered()),
        Wait(Notice.GATE_CALLED, paths.gate, _gates_of_sponsor(), deputies=True),
        Wait(Notice.GATE_CALLED, paths.gate, _gates_of_relations(), deputies=True),
        Wait(Notice.BASELINE_ASKED, paths.project, _baselines(), deputies=True),
        Wait(Notice.CONDITION_SET, paths.gate, _conditions()),
    )


def _unanswered() -> QuerySet:
    asked = PracticeProject.objects.filter(state__in=RUNNING, sponsor__isnull=False, accepted_at__isnull=True)
    return wait_rows(asked, who="sponsor", trainee="enrollment__trainee")


def _gates_of_sponsor() -> QuerySet:
    spoken = GateReview.objects.filter(gate=OuterRef("pk"), round=OuterRef("round"), role=Role.SPONSOR)
    called = Gate.objects.filter(
        ~Exists(spoken),
        state=GateState.CALLED,
        calls__round=F("round"),
        definition__reviewers__contains=[Role.SPONSOR],
        project__state__in=RUNNING,
        project__accepted_at__isnull=False,
    ).exclude(project__sponsor=F("project__enrollment__trainee"))
    return wait_rows(called, who="project__sponsor", trainee="project__enrollment__trainee", since="calls__at", due_on="due_on")


def _gates_of_relations() -> QuerySet:
    gate = "enrollment__projects__gates__"
    spoken = GateReview.objects.filter(gate=OuterRef(f"{gate}pk"), round=OuterRef(f"{gate}round"), role=OuterRef("role"))
    called = {
        f"{gate}state": GateState.CALLED,
        f"{gate}calls__round": F(f"{gate}round"),
        f"{gate}definition__reviewers__contains": [F("role")],
        "enrollment__projects__state__in": RUNNING,
    }
    speaking = SupportRole.objects.filter(~Exists(spoken), ~Q(role=Role.SPONSOR), ended_at__isnull=True, **called)
    speaking = speaking.exclude(member=F("enrollment__trainee"))
    return wait_rows(
        speaking, who="member", trainee="enrollment__trainee", of=f"{gate}pk", since=f"{gate}calls__at", due_on=f"{gate}due_on"
    )


def _baselines() -> QuerySet:
    answered = BaselineAnswer.objects.filter(request=OuterRef("pk"))
    project = "measure__project__"
    asked = BaselineRequest.objects.filter(~Exists(answered), **{f"{project}state__in": RUNNING, f"{project}accepted_at__isnull": False})
    return wait_rows(asked, who=f"{project}sponsor", of=f"{project}pk", trainee=f"{project}enrollment__trainee", since="at")


def _conditions() -> QuerySet:
    unsettled = GateCondition.objects.filter(settled_at__isnull=True, gate__project__state__in=RUNNING)
    return wait_rows(
        unsettled,
        who="owner",
        of="gate_id",
        trainee="gate__project__enrollment__trainee",
        since="gate__decided_at",
        due_on="due_on",
    )
