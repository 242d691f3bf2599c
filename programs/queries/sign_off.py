"""One step with all that its signer reads: the document, the version before, the route, who decided what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef
from django.utils.translation import pgettext_lazy

from organizations.localized import read
from programs.models import DeliverableKind, SignOffStep, StepSigner, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.queries.relations import Relations, relations_of
from programs.queries.task_trail import role_words
from programs.rules.fields import AUTHOR, FieldDefinition, parse
from programs.vocabulary import StepState

# Names of the four levels where a template gives none of its own.
LEVELS = (
    pgettext_lazy("level of a rubric", "Not yet"),
    pgettext_lazy("level of a rubric", "Nearly"),
    pgettext_lazy("level of a rubric", "Met"),
    pgettext_lazy("level of a rubric", "Beyond"),
)


@dataclass(frozen=True)
class Criterion:
    """A criterion in the reader's language: its weight, and what each of the four levels looks like."""

    key: str
    name: str
    weight: int
    levels: tuple[str, ...]


@dataclass(frozen=True)
class TrailStep:
    """One step of the route of one version, and what came of it."""

    pk: int
    number: int
    position: int
    kind: str
    roles: str
    state: str
    due_on: date | None
    outcome: str
    by: str
    instead_of: str
    at: datetime | None
    note: str
    scores: Mapping[str, int]
    is_missing: bool = False  # its turn, and nobody may take it
    is_second: bool = False  # by someone who took an earlier step of the same version


@dataclass(frozen=True)
class StepPage:
    """The page of one step."""

    step: SignOffStep
    submission: Submission
    kind: DeliverableKind
    route: tuple[SignOffStep, ...]  # all steps of this submission
    relations: Relations
    taken: tuple[int, ...]
    definitions: tuple[FieldDefinition, ...]
    answers: tuple[AnsweredField, ...]
    criteria: tuple[Criterion, ...]
    level_names: tuple[str, ...]
    trail: tuple[TrailStep, ...]
    scores_before: Mapping[str, int] = field(default_factory=dict)
    asks: str = ""  # what the route says that this signer confirms

    @property
    def work(self):
        return self.submission.deliverable.work

    @property
    def trainee(self):
        return self.work.enrollment.trainee

    @property
    def is_newest(self) -> bool:
        """Whether no version has come after this one."""
        return self.submission.number == self.submission.deliverable.last_number

    @property
    def newest_step(self) -> int | None:
        """The step of the newest version whose turn it is."""
        newest = self.submission.deliverable.last_number
        return next((step.pk for step in self.trail if step.number == newest and step.state == StepState.READY), None)

    @property
    def is_missing(self) -> bool:
        """Whether it is this step's turn and nobody may take it, until HR names someone."""
        return any(step.is_missing for step in self.trail if step.pk == self.step.pk)

    @property
    def title(self) -> str:
        """The name of what was handed in; of one of several, whom it is about too."""
        label = self.submission.deliverable.label
        return f"{self.kind.name} · {label}" if label else str(self.kind.name)


def step_page(step_id: int, today: date) -> StepPage | None:
    """All of it, in six queries and at most two more for the people and files named in the answers; None where it is missing."""
    joined = ("submission__deliverable__kind__version", "submission__deliverable__work__task", "submission__author",
              "submission__deliverable__work__enrollment__cohort", "submission__deliverable__work__enrollment__trainee")  # fmt: skip
    step = SignOffStep.objects.select_related(*joined).filter(pk=step_id).first()
    if step is None:
        return None
    submission = step.submission
    kind, enrollment = submission.deliverable.asked, submission.deliverable.work.enrollment
    steps = list(_steps_of(submission.deliverable_id))
    route = tuple(each for each in steps if each.submission_id == submission.pk)
    definitions = parse(kind.fields)
    given = {}
    for each in route:
        given |= each.answers or {}
    answers = answered(definitions, submission.data, look_up(definitions, submission.data, given), given)
    return StepPage(
        step=step,
        submission=submission,
        kind=kind,
        route=route,
        relations=relations_of([enrollment], today)[enrollment.pk],
        taken=tuple(each.decided_by for each in route if each.decided_by),
        definitions=definitions,
        # What a signer was asked and has not said yet is no gap in the document.
        answers=tuple(answer for answer in answers if not (answer.by and answer.is_blank)),
        criteria=tuple(_criterion(each) for each in kind.rubric),
        level_names=level_names(kind.version.levels),
        # Newest on top, and above it what is still to come.
        trail=tuple(_trail_step(each, steps) for each in sorted(steps, key=lambda each: (-each.number, -each.position))),
        scores_before=_scores_before(steps, submission.number),
        asks=_asks(kind.route, step.position),
    )


def level_names(levels: Sequence[Mapping]) -> tuple[str, ...]:
    """What the four levels are called in this template."""
    named = tuple(read(level["name"]) for level in sorted(levels, key=lambda level: level["number"]))
    return named if len(named) == len(LEVELS) else tuple(str(name) for name in LEVELS)


def asked_of(page: StepPage) -> tuple[FieldDefinition, ...]:
    """The fields of the form that the taker of this step fills in."""
    return tuple(definition for definition in page.definitions if definition.by != AUTHOR and definition.by in page.step.roles)


def _steps_of(deliverable_id: int):
    """All steps of all versions, newest version first, each with its decision."""
    return (
        SignOffStep.objects.filter(submission__deliverable=deliverable_id)
        .annotate(
            number=F("submission__number"),
            decided_by=F("decisions__by_id"),
            by_name=F("decisions__by__name"),
            stood_in_for=F("decisions__instead_of__name"),
            outcome=F("decisions__outcome"),
            at=F("decisions__at"),
            note=F("decisions__note"),
            scores_given=F("decisions__scores"),
            answers=F("decisions__answers"),
            has_signers=Exists(StepSigner.objects.filter(step=OuterRef("pk"))),
        )
        .order_by("-number", "position")
    )


def _criterion(each: Mapping) -> Criterion:
    return Criterion(each["key"], read(each["name"]), each["weight"], tuple(read(level) for level in each["levels"]))


def _trail_step(step, steps: Sequence) -> TrailStep:
    return TrailStep(
        pk=step.pk,
        number=step.number,
        position=step.position,
        kind=step.kind,
        roles=role_words(step.roles),
        state=step.state,
        due_on=step.due_on,
        outcome=step.outcome or "",
        by=step.by_name or "",
        instead_of=step.stood_in_for or "",
        at=step.at,
        note=step.note or "",
        scores=step.scores_given or {},
        is_missing=step.state == StepState.READY and not step.has_signers,
        is_second=bool(step.decided_by)
        and any(
            other.submission_id == step.submission_id and other.position < step.position and other.decided_by == step.decided_by
            for other in steps
        ),
    )


def _scores_before(steps: Sequence, number: int) -> Mapping[str, int]:
    """The scores that the version before this one was given."""
    return next((step.scores_given for step in steps if step.number < number and step.state == StepState.DONE and step.scores_given), {})


def _asks(route: Sequence[Mapping], position: int) -> str:
    return read(route[position - 1].get("note")) if position <= len(route) else ""
