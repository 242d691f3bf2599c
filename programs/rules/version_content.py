"""All that a template version says, as plain values by key: what is copied, compared, checked and hashed.

Texts are `{"zh-hans": …, "en": …}`. Inside JSON: a route step is {kind, roles, days, scores, note}, a rubric criterion
{key, weight, name, levels (four texts)}, a check item or a question {key, text}; a field of a form is as `fields.as_json`
writes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Text = Mapping[str, str]


@dataclass(frozen=True)
class PillarPart:
    """PL1-PL3."""

    key: str
    position: int
    name: Text
    covers: Text
    aim: Text


@dataclass(frozen=True)
class PhasePart:
    """PH1-PH5; length in working days."""

    key: str
    number: int
    name: Text
    goal: Text
    length_days: int
    schedule: str
    exit: str
    exit_text: Text


@dataclass(frozen=True)
class ModulePart:
    """One element of the programme; `phase` is a phase's key."""

    key: str
    phase: str
    position: int
    name: Text
    summary: Text
    responsible: list[str]
    workflow_steps: list[str]


@dataclass(frozen=True)
class TaskPart:
    """One task; `requires` are the keys of its prerequisites, days are working days."""

    key: str
    phase: str
    module: str
    position: int
    name: Text
    what: Text
    judged: Text
    method: str
    responsible: list[str]
    questions: list[dict]
    weight_1: int
    weight_2: int
    weight_3: int
    anchor: str
    anchor_task: str | None
    offset: int
    length: int
    hours: int
    required: bool
    counts_for_exit: bool
    recurrence: str
    fiscal: str
    requires: list[str] = field(default_factory=list)

    @property
    def weights(self) -> tuple[int, int, int]:
        """Weights on PL1, PL2, PL3."""
        return self.weight_1, self.weight_2, self.weight_3


@dataclass(frozen=True)
class DeliverablePart:
    """One kind of deliverable, on a task or on the kinds of project named."""

    key: str
    task: str | None
    projects: list[str]
    position: int
    name: Text
    purpose: Text
    hours: int
    author: str
    required: bool
    repeats: bool
    minimum: int
    private: bool
    layout: str
    offset: int | None
    length: int | None
    final_after_days: int | None
    fields: list[dict]
    rubric: list[dict]
    route: list[dict]
    both_steps: bool = False
    stages: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class CheckPart:
    """One check on a task."""

    key: str
    task: str
    position: int
    name: Text
    items: list[dict]
    by: list[str]
    bulk: bool


@dataclass(frozen=True)
class ProjectPart:
    """One kind of practice project."""

    key: str
    position: int
    name: Text
    goal: Text
    mentor_support: Text
    weights: list[int]
    measures: list[dict]
    activities: list[dict]
    milestones: list[dict]


@dataclass(frozen=True)
class GatePart:
    """One gate of a practice project."""

    key: str
    position: int
    name: Text
    offset: int
    criteria: list[dict]
    reviewers: list[str]


@dataclass(frozen=True)
class FactorPart:
    """One success factor."""

    key: str
    position: int
    name: Text
    aim: Text
    signals: list[dict]


Part = PillarPart | PhasePart | ModulePart | TaskPart | DeliverablePart | CheckPart | ProjectPart | GatePart | FactorPart


@dataclass(frozen=True)
class Content:
    """A whole version, its parts in order."""

    summary: Text
    aim: Text
    framework: Text
    workflow: list[dict]
    levels: list[dict]
    review_scheme: dict
    pillars: tuple[PillarPart, ...] = ()
    phases: tuple[PhasePart, ...] = ()
    modules: tuple[ModulePart, ...] = ()
    tasks: tuple[TaskPart, ...] = ()
    deliverables: tuple[DeliverablePart, ...] = ()
    checks: tuple[CheckPart, ...] = ()
    projects: tuple[ProjectPart, ...] = ()
    gates: tuple[GatePart, ...] = ()
    factors: tuple[FactorPart, ...] = ()

    def parts(self) -> Iterator[Part]:
        """Every part, in the order of a program."""
        for name in PARTS:
            yield from getattr(self, name)

    def find(self, kind: str, key: str) -> Part | None:
        """The part of a kind ("task") with this key."""
        return next((part for part in getattr(self, KINDS[kind]) if part.key == key), None)


PARTS = ("pillars", "phases", "modules", "tasks", "deliverables", "checks", "projects", "gates", "factors")
KINDS = {"pillar": "pillars", "phase": "phases", "module": "modules", "task": "tasks", "deliverable": "deliverables", "check": "checks",
         "project": "projects", "gate": "gates", "factor": "factors"}  # fmt: skip


def as_data(content: Content) -> dict:
    """The content as nested plain values, for a hash."""
    answer = {name: getattr(content, name) for name in ("summary", "aim", "framework", "workflow", "levels", "review_scheme")}
    return answer | {name: [vars(part) for part in getattr(content, name)] for name in PARTS}
