"""How one deliverable went: its versions, who decided what on each, and who comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import zip_longest

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from organizations.localized import any_of, read
from organizations.prepared import Prepared
from programs.models import DeliverableKind, SignOffStep, StepSigner
from programs.rules import rubric
from programs.vocabulary import DeliverableState, Outcome, Role, StepKind, StepState

COLUMNS = {
    "version": F("submission__number"),
    "version_id": F("submission_id"),
    "submitted_at": F("submission__submitted_at"),
    "changes": F("submission__note"),
    "author_id": F("submission__author_id"),
    "author": F("submission__author__name"),
    "outcome": F("decisions__outcome"),
    "by_id": F("decisions__by_id"),
    "by": F("decisions__by__name"),
    "by_role": F("decisions__role"),
    "instead_of": F("decisions__instead_of__name"),
    "words": F("decisions__note"),
    "levels": F("decisions__scores"),
    "answers": F("decisions__answers"),
    "decided_at": F("decisions__at"),
    "named": F("person__name"),
}


@dataclass(frozen=True)
class Step:
    """One step of one version's route, with the decision on it where there is one."""

    pk: int
    position: int
    kind: str
    roles: list[str]
    scores: bool
    state: str
    ready_at: datetime | None
    due_on: date | None
    waiting_for: list[str]
    version: int
    version_id: int
    submitted_at: datetime
    changes: str
    author_id: int
    author: str
    outcome: str | None
    by_id: int | None
    by: str | None
    by_role: str | None
    instead_of: str | None
    words: str | None
    levels: dict | None
    answers: dict | None
    decided_at: datetime | None
    named: str | None

    @property
    def is_own_agreement(self) -> bool:
        """The author's agreement that handing in is."""
        return self.outcome == Outcome.AGREED and self.by_id == self.author_id and self.position == 1


@dataclass(frozen=True)
class Version:
    """One version as its list shows it."""

    pk: int
    number: int
    submitted_at: datetime
    author_id: int
    author: str
    changes: str
    state: str
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One line of the trail. `what` names the act: submitted, agreed, approved, returned; or next: agree, approve, submit."""

    what: str
    who: str = ""
    is_you: bool = False
    role: str = ""
    instead_of: str = ""
    version: int = 0
    at: datetime | None = None
    since: datetime | None = None
    due_on: date | None = None
    days: int = 0
    words: str = ""
    is_missing: bool = False  # it is this step's turn, and nobody may take it: HR names someone first
    is_second: bool = False  # the same person took an earlier step of this version: both steps, one act each

    @property
    def is_next(self) -> bool:
        return self.what.startswith("next_")


@dataclass(frozen=True)
class ScoredCriterion:
    """One criterion of the rubric, with the level it was given last."""

    name: str
    weight: int
    levels: list[tuple[str, str]]  # name and text of each of the four
    score: int | None = None

    @property
    def said(self) -> str:
        """The text of the level given."""
        return self.levels[self.score - 1][1] if self.score else ""


@dataclass(frozen=True)
class Scores:
    """The rubric with the last scores given; `mean` to two decimals, `version` they were given to."""

    criteria: list[ScoredCriterion]
    mean: Decimal | None = None
    version: int = 0


def steps_of(deliverable_id: int) -> list[Step]:
    """Every step of every version, newest version first, in the order of the route; one query."""
    return [Step(**row) for row in STEPS.rows(deliverable_id)]


def _steps(deliverable_id: int) -> QuerySet:
    signers = StepSigner.objects.filter(step=OuterRef("pk")).order_by("member__sort_name").values("member__name")
    rows = SignOffStep.objects.filter(submission__deliverable=deliverable_id).order_by("-submission__number", "position")
    own = ("pk", "position", "kind", "roles", "scores", "state", "ready_at", "due_on")
    return rows.values(*own, **COLUMNS, waiting_for=ArraySubquery(signers))


STEPS = Prepared(_steps, int)


def versions_of(steps: Sequence[Step], newest_state: str) -> list[Version]:
    """The versions that these steps belong to, newest first. `newest_state` is the deliverable's."""
    grouped: dict[int, list[Step]] = {}
    for step in steps:
        grouped.setdefault(step.version_id, []).append(step)
    newest = max((step.version for step in steps), default=0)
    return [
        Version(
            pk=pk,
            number=own[0].version,
            submitted_at=own[0].submitted_at,
            author_id=own[0].author_id,
            author=own[0].author,
            changes=own[0].changes,
            state=newest_state if own[0].version == newest else _old_state(own),
            steps=own,
        )
        for pk, own in grouped.items()
    ]


def trail_of(
    versions: Sequence[Version],
    kind: DeliverableKind,
    state: str,
    names: Mapping[str, Sequence[str]],
    viewer: int,
    writer: str,
    due_on: date,
) -> list[Entry]:
    """The trail, newest on top: above it what comes next, hollow; below, who did what.

    `names`: people by role; `writer`: the name of who writes it.
    """
    entries = _next(versions, kind, state, names, writer, due_on)
    for version in versions:
        for step in sorted(version.steps, key=lambda one: one.position, reverse=True):
            if step.outcome and not step.is_own_agreement:
                entries.append(
                    Entry(
                        what=step.outcome,
                        who=step.by,
                        is_you=step.by_id == viewer,
                        role=role_words([step.by_role]),
                        instead_of=step.instead_of or "",
                        version=version.number,
                        at=step.decided_at,
                        words=step.words or "",
                        is_second=takes_second(step, version.steps),
                    )
                )
        agreed = any(step.is_own_agreement for step in version.steps)
        entries.append(
            Entry(
                what="agreed_and_submitted" if agreed else "submitted",
                who=version.author,
                is_you=version.author_id == viewer,
                version=version.number,
                at=version.submitted_at,
                words=version.changes,
            )
        )
    return entries


def scores_of(kind: DeliverableKind, steps: Sequence[Step], level_names: Sequence[str]) -> Scores:
    """The kind's rubric with the scores last given."""
    scored = next((step for step in steps if step.levels), None)
    given = scored.levels if scored else {}
    criteria = [
        ScoredCriterion(
            read(one["name"]),
            one["weight"],
            list(zip_longest(level_names, (read(level) for level in one["levels"]), fillvalue="")),
            given.get(one["key"]),
        )
        for one in kind.rubric
    ]
    weights = [rubric.Criterion(one["key"], one["weight"]) for one in kind.rubric]
    if not scored or rubric.check_scores(weights, given):
        return Scores(criteria)
    return Scores(criteria, rubric.shown_mean(rubric.weighted_mean(weights, given)), scored.version)


def signer_answers(steps: Sequence[Step]) -> dict:
    """What signers filled in on one version."""
    return {key: value for step in steps for key, value in (step.answers or {}).items()}


def role_words(roles: Sequence[str]) -> str:
    """Roles in words: any one of them."""
    return any_of([str(Role(role).label) for role in roles])


def _old_state(steps: Sequence[Step]) -> str:
    outcomes = [step.outcome for step in steps]
    if Outcome.RETURNED in outcomes:
        return DeliverableState.RETURNED
    return DeliverableState.APPROVED if all(outcomes) else "replaced"


def _next(versions, kind, state, names, writer, due_on) -> list[Entry]:
    if state == DeliverableState.APPROVED:
        return []
    if versions and state in (DeliverableState.SUBMITTED, DeliverableState.IN_REVIEW):
        waiting = [step for step in versions[0].steps if step.state in (StepState.READY, StepState.WAITING)]
        return [_next_step(step.kind, step.roles, step.waiting_for or _expected(step, names), step) for step in reversed(waiting)]
    route = list(kind.route)
    if route and route[0]["kind"] == StepKind.AGREE and kind.author in route[0]["roles"] and len(route) > 1:
        route = route[1:]
    coming = [
        Entry(
            what=f"next_{step['kind']}",
            role=role_words(step["roles"]),
            who=_(", ").join(_holders(step["roles"], names)),
            days=step.get("days", 0),
        )
        for step in reversed(route)
    ]
    return [*coming, Entry(what="next_submit", who=writer, version=(versions[0].number if versions else 0) + 1, due_on=due_on)]


def _next_step(kind: str, roles: list[str], people: Sequence[str], step: Step) -> Entry:
    return Entry(
        what=f"next_{kind}",
        role=role_words(roles),
        who=_(", ").join(people),
        version=step.version,
        since=step.ready_at,
        due_on=step.due_on,
        is_missing=step.state == StepState.READY and not step.waiting_for,
    )


def takes_second(step: Step, steps: Sequence[Step]) -> bool:
    """Whether who decided on this step had decided on an earlier one of the same version, whose `steps` these are."""
    return any(other.position < step.position and other.outcome and other.by_id == step.by_id for other in steps)


def _expected(step: Step, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Whose turn comes later; of a step whose turn it is, those written down for it are all there are."""
    return [] if step.state == StepState.READY else _holders(step.roles, names, step.named)


def _holders(roles: Sequence[str], names: Mapping[str, Sequence[str]], named: str | None = None) -> list[str]:
    people = [name for role in roles for name in names.get(role, ())]
    return [*people, named] if named and named not in people else people
