"""What a business head, or someone who was interviewed, confirms: what waits, and what they have confirmed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from organizations.localized import read
from organizations.prepared import Prepared
from programs import paths
from programs.models import CheckpointNote, SignOff, SignOffStep
from programs.queries.sign_off_queue import waited
from programs.queries.waiting_checkpoints import CHECKPOINT, listed_checkpoints
from programs.vocabulary import Outcome, Role, StepState

MOST = 100
ROLES = (Role.BUSINESS_HEAD, Role.INTERVIEWEE)
STEP = "step"
SUBMISSION = "step__submission__"


@dataclass(frozen=True)
class ToConfirm:
    """One thing that waits for the person's word."""

    path: str
    key: str
    name: str
    about: str  # the trainee
    label: str
    waited: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Confirmed:
    """One thing the person has had their say on."""

    path: str
    key: str
    name: str
    about: str
    label: str
    role: str
    agreed: bool
    note: str
    at: datetime


@dataclass(frozen=True)
class Business:
    """The page."""

    waiting: tuple[ToConfirm, ...]
    confirmed: tuple[Confirmed, ...]


def business(member: int, now: datetime, today: date) -> Business:
    """Oldest first what waits, newest first what was confirmed; three queries."""
    waiting = [(facts, since, due_on, paths.sign_off(pk)) for pk, since, due_on, facts in STEPS.rows(member)]
    waiting += [(facts, since, due_on, paths.checkpoint(pk)) for pk, since, due_on, facts in CHECKPOINTS.rows(member, today)]
    waiting.sort(key=lambda row: row[1])
    return Business(
        waiting=tuple(
            ToConfirm(
                path, facts["key"], read(facts["name"]), facts["trainee"], facts["label"], waited(since, now), due_on,
                due_on is not None and due_on < today,
            )
            for facts, since, due_on, path in waiting
        ),
        confirmed=tuple(_confirmed(*row) for row in CONFIRMED.rows(member)),
    )  # fmt: skip


def _confirmed(kind: str, pk: int, at: datetime, role: str, agreed: bool, note: str, facts: dict) -> Confirmed:
    path = paths.checkpoint(pk) if kind == CHECKPOINT else paths.sign_off(pk)
    name = read(facts["name"])
    return Confirmed(path, facts["key"], name, facts["trainee"], facts["label"], str(Role(role).label), agreed, note, at)


def _steps(member: int) -> QuerySet:
    """Steps whose turn it is, asked of a business head or of the person whom the form names."""
    deliverable = "submission__deliverable__"
    facts = JSONObject(
        key=F(f"{deliverable}kind__key"),
        name=F(f"{deliverable}kind__name"),
        trainee=F(f"{deliverable}work__enrollment__trainee__name"),
        label=F(f"{deliverable}label"),
    )
    asked = Q(roles__contains=[Role.BUSINESS_HEAD]) | Q(person=member)
    found = SignOffStep.objects.filter(asked, signers__member=member, state=StepState.READY, ready_at__isnull=False)
    return found.order_by("ready_at", "pk").values_list("pk", "ready_at", "due_on", facts)[:MOST]


def _checkpoints(member: int, today: date) -> QuerySet:
    """Checkpoints that wait for a business head's note, theirs or that of one who is away."""
    work = "enrollment__work__"
    facts = JSONObject(key=F(f"{work}task__key"), name=F(f"{work}task__name"), trainee=F("enrollment__trainee__name"), label=Value(""))
    found = listed_checkpoints(member, today, ()).filter(role=Role.BUSINESS_HEAD).order_by("row_since", "pk")
    return found.values_list(f"{work}pk", "row_since", f"{work}due_on", facts)[:MOST]


def _had_their_say(member: int) -> QuerySet:
    """Decisions and notes given in one of these roles."""
    deliverable = f"{SUBMISSION}deliverable__"
    facts = JSONObject(
        key=F(f"{deliverable}kind__key"),
        name=F(f"{deliverable}kind__name"),
        trainee=F(f"{deliverable}work__enrollment__trainee__name"),
        label=F(f"{deliverable}label"),
    )
    decisions = SignOff.objects.filter(by=member, role__in=ROLES).annotate(
        what=Value(STEP, CharField()), of=F("step_id"), agreed=~Q(outcome=Outcome.RETURNED), facts=facts
    )
    work = "answer__work__"
    facts = JSONObject(
        key=F(f"{work}task__key"), name=F(f"{work}task__name"), trainee=F(f"{work}enrollment__trainee__name"), label=Value("")
    )
    notes = CheckpointNote.objects.filter(by=member, role=Role.BUSINESS_HEAD).annotate(
        what=Value(CHECKPOINT, CharField()), of=F("answer__work_id"), agreed=F("acknowledged"), facts=facts
    )
    first = decisions.values_list("what", "of", "at", "role", "agreed", "note", "facts")
    second = notes.values_list("what", "of", "at", "role", "agreed", "body", "facts")
    return first.union(second, all=True).order_by("-at")[:MOST]


STEPS, CHECKPOINTS, CONFIRMED = Prepared(_steps, int), Prepared(_checkpoints, int, date), Prepared(_had_their_say, int)
