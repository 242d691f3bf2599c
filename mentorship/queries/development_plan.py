"""A trainee's individual development plan: D5's versions as goals, actions and signatures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from documents.models import RenderedDocument
from documents.vocabulary import DocumentKind
from organizations.models import Member
from programs.models import Deliverable, Enrollment, Pillar, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.queries.frame import said
from programs.rules import fields
from programs.vocabulary import DeliverableState, Outcome, Role

LAYOUT = "idp"


@dataclass(frozen=True)
class Signature:
    """Who signed, as what, and when; `instead_of` where a stand-in did."""

    name: str
    role: str
    outcome: str
    at: datetime
    instead_of: str = ""


@dataclass(frozen=True)
class Mix:
    """How many actions are learning by doing (70), from others (20) and by courses (10). A heuristic: shown, never a gate."""

    doing: int
    others: int
    courses: int


@dataclass(frozen=True)
class Direction:
    """One pillar of the starting point: means over its competencies, 1 to 4."""

    number: int
    name: str
    now: float
    wanted: float


@dataclass(frozen=True)
class PlanVersion:
    """One version of the plan in words."""

    submission: Submission
    state: str
    answers: dict[str, AnsweredField]
    directions: list[Direction]
    mix: Mix
    signatures: list[Signature]


@dataclass(frozen=True)
class DevelopmentPlan:
    """All that the page shows. `current` is the newest version, `agreed` the newest that everybody signed."""

    enrollment: Enrollment
    deliverable: Deliverable | None
    current: PlanVersion | None
    agreed: int
    versions: list[tuple[int, datetime, str]]
    documents: list[RenderedDocument]
    mentor: str
    line_manager: str

    @property
    def aim(self) -> str:
        """From where to where one grows, in one line. Source: programme map, CI1."""
        return said(self.enrollment.cohort.version.aim).name


def development_plan(enrollment: Enrollment) -> DevelopmentPlan:
    """The plan of one enrollment, in at most eleven queries."""
    deliverable = (
        Deliverable.objects.filter(work__enrollment=enrollment, kind__layout=LAYOUT)
        .select_related("kind", "work__task")
        .order_by("pk")
        .first()
    )
    people = _supporters(enrollment)
    if deliverable is None:
        return DevelopmentPlan(enrollment, None, None, 0, [], [], *people)
    submissions = list(
        Submission.objects.filter(deliverable=deliverable)
        .order_by("-number")
        .prefetch_related("steps__decisions__by", "steps__decisions__instead_of")
    )
    states = {submission.number: state_of(submission) for submission in submissions}
    agreed = max((number for number, state in states.items() if state == DeliverableState.APPROVED), default=0)
    return DevelopmentPlan(
        enrollment=enrollment,
        deliverable=deliverable,
        current=plan_version(submissions[0], deliverable, states[submissions[0].number]) if submissions else None,
        agreed=agreed,
        versions=[(submission.number, submission.submitted_at, states[submission.number]) for submission in submissions],
        documents=list(
            RenderedDocument.objects.filter(
                kind=DocumentKind.IDP, subject_kind=deliverable.subject_kind, subject_id=deliverable.pk
            ).order_by("-version", "language")
        ),
        mentor=people[0],
        line_manager=people[1],
    )


def plan_version(submission: Submission, deliverable: Deliverable, state: str) -> PlanVersion:
    """One version in words. Its steps with their decisions must be loaded."""
    definitions = fields.parse(deliverable.kind.fields)
    words = answered(definitions, submission.data, look_up(definitions, submission.data))
    return PlanVersion(
        submission=submission,
        state=state,
        answers={answer.key: answer for answer in words},
        directions=_directions(submission.data, deliverable.kind.version_id),
        mix=_mix(submission.data),
        signatures=signatures(submission),
    )


def state_of(submission: Submission) -> str:
    """Approved when every step is signed, returned when one said so, waiting otherwise."""
    decisions = [decision for step in submission.steps.all() for decision in step.decisions.all()]
    if any(decision.outcome == Outcome.RETURNED for decision in decisions):
        return DeliverableState.RETURNED
    return DeliverableState.APPROVED if len(decisions) == len(submission.steps.all()) else DeliverableState.SUBMITTED


def signatures(submission: Submission) -> list[Signature]:
    """Who signed this version, in the order of the route."""
    steps = sorted(submission.steps.all(), key=lambda step: step.position)
    return [
        Signature(
            name=decision.by.name,
            role=str(Role(decision.role).label),
            outcome=decision.outcome,
            at=decision.at,
            instead_of=decision.instead_of.name if decision.instead_of else "",
        )
        for step in steps
        for decision in step.decisions.all()
        if decision.outcome != Outcome.RETURNED
    ]


def _supporters(enrollment: Enrollment) -> tuple[str, str]:
    found = Member.objects.filter(
        supports__enrollment=enrollment, supports__ended_at__isnull=True, supports__role__in=[Role.MENTOR, Role.LINE_MANAGER]
    ).values_list("supports__role", "name", "title")
    named: dict[str, str] = {}
    for role, name, title in found:
        named.setdefault(role, f"{name} · {title}" if title else name)
    return named.get(Role.MENTOR, ""), named.get(Role.LINE_MANAGER, "")


def _mix(data: dict[str, Any]) -> Mix:
    kinds = [str(row.get("kind", "")) for row in data.get("actions") or []]
    return Mix(kinds.count("70"), kinds.count("20"), kinds.count("10"))


def _directions(data: dict[str, Any], version: int) -> list[Direction]:
    rows = data.get("starting_point") or []
    answer = []
    for pillar in Pillar.objects.filter(version=version).order_by("position"):
        own = [row for row in rows if row.get("pillar") == pillar.key]
        if own:
            answer.append(Direction(pillar.position, str(pillar.name), _mean(own, "self", "mentor"), _mean(own, "wanted")))
    return answer


def _mean(rows: list[dict[str, Any]], *columns: str) -> float:
    """The mean of what was given in these columns, to one decimal; 0 where nothing was."""
    values = [int(row[column]) for row in rows for column in columns if str(row.get(column, "")).isdigit()]
    return round(sum(values) / len(values), 1) if values else 0.0
