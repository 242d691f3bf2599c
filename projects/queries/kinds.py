"""The kinds of practice project as one compares them."""

from dataclasses import dataclass

from organizations.localized import read
from programs.models import DeliverableKind, Pillar, ProjectKind
from programs.rules.written_text import Block, blocks
from programs.vocabulary import LearningMethod


@dataclass(frozen=True)
class Activity:
    """A key activity with the hours it takes."""

    text: str
    hours: int
    method: str


@dataclass(frozen=True)
class KindCard:
    """One kind: aim, what is measured, what one does, how the mentor helps, what is handed in."""

    kind: ProjectKind
    measures: list[str]
    activities: list[Activity]
    support: list[Block]
    deliverables: list[str]
    pillar_names: list[str]

    @property
    def hours(self) -> int:
        return sum(one.hours for one in self.activities)


def kinds_for(version_id: int) -> list[KindCard]:
    """The kinds of a version; three queries."""
    pillars = [str(one.name) for one in Pillar.objects.filter(version=version_id).order_by("position")]
    handed_in = list(DeliverableKind.objects.filter(version=version_id, task__isnull=True).order_by("position"))
    return [
        KindCard(
            kind=kind,
            measures=[read(one["text"]) for one in kind.measures],
            activities=activities_of(kind),
            support=blocks(str(kind.mentor_support)),
            deliverables=[f"{one.key} {one.name}" for one in handed_in if kind.key in one.projects],
            pillar_names=pillars,
        )
        for kind in ProjectKind.objects.filter(version=version_id).order_by("position")
    ]


def activities_of(kind: ProjectKind) -> list[Activity]:
    """The key activities of a kind."""
    return [Activity(read(one["text"]), one["hours"], str(LearningMethod(one["method"]).label)) for one in kind.activities]
