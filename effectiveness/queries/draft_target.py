"""The draft of a deliverable that figures would be carried into: what stands there, and over what they would be written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from organizations.models import Member
from programs.forms.deliverable_typed import as_typed
from programs.models import Deliverable, Draft, Enrollment, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.queries.directory import NOBODY, everybody
from programs.queries.submissions import files_of
from programs.rules.field_values import is_empty, normalize
from programs.rules.fields import AUTHOR, FieldDefinition, fields_by, parse
from programs.rules.task_states import FINISHED
from programs.vocabulary import DeliverableState, FieldType, Role, TaskState

Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class DraftTarget:
    """A deliverable that its author can write. Without a draft its newest version is gone on with."""

    deliverable: Deliverable
    definitions: tuple[FieldDefinition, ...]
    draft: Draft | None
    typed: Typed  # what stands there now, as a draft keeps it

    @property
    def revision(self) -> int:
        """The draft's number; 0 where there is none yet."""
        return self.draft.revision if self.draft else 0

    def asked(self, answers: Collection[str]) -> list[FieldDefinition]:
        """Those of its fields that `answers` speaks of: a company may have shaped the form differently."""
        return [definition for definition in self.definitions if definition.key in answers]

    def filled(self, answers: Mapping[str, object]) -> dict[str, object]:
        """What of `answers` the form takes, in canonical form."""
        return normalize(self.definitions, answers).data

    def written_over(self, answers: Mapping[str, object]) -> list[FieldDefinition]:
        """Fields in which something else stands now, which would go."""
        new = as_draft(self.asked(answers), answers)
        return [one for one in self.asked(answers) if (now := _said(self.typed, one.key)) and now != _said(new, one.key)]

    def preview(self, answers: Mapping[str, object], currency: str) -> list[AnsweredField]:
        """What would be written, in words."""
        definitions = self.asked(answers)
        return answered(definitions, answers, look_up(definitions, answers, currency=currency))


def draft_target(author: Member, key: str, enrollment: Enrollment | None = None) -> DraftTarget | None:
    """The first deliverable of this key that its author can still write, in one programme or in any; None where there is none.

    At most five queries.
    """
    found = (
        Deliverable.objects.filter(work__enrollment__trainee=author, kind__key=key, kind__author=Role.TRAINEE, ended_at__isnull=True)
        .exclude(work__state__in=[TaskState.LOCKED, *FINISHED])
        .exclude(state=DeliverableState.APPROVED)
        .select_related("kind", "work")
        .order_by("work__occurrence", "number", "pk")
    )
    deliverable = (found.filter(work__enrollment=enrollment) if enrollment else found).first()
    if deliverable is None:
        return None
    definitions = tuple(fields_by(parse(deliverable.asked.fields), AUTHOR))
    draft = Draft.objects.filter(deliverable=deliverable, author=author).first()
    return DraftTarget(deliverable, definitions, draft, draft.data if draft else _typed_in_newest(deliverable, definitions))


def as_draft(definitions: Collection[FieldDefinition], answers: Mapping[str, object]) -> Typed:
    """Canonical answers as a draft keeps them. Figures name neither people nor files."""
    return dict(as_typed(list(definitions), answers, NOBODY, {}).lists())


def belongs(name: str, field: str) -> bool:
    """Whether a name of the form is of a field: the field itself, the count of its rows, or a cell."""
    if name in (field, f"{field}-rows"):
        return True
    return name.startswith(f"{field}-") and name.removeprefix(f"{field}-").partition("-")[0].isdigit()


def _typed_in_newest(deliverable: Deliverable, definitions: tuple[FieldDefinition, ...]) -> Typed:
    newest = Submission.objects.filter(deliverable=deliverable, number=deliverable.last_number).values_list("data", flat=True).first()
    if not newest:
        return {}
    types = {thing.type for one in definitions for thing in (one, *one.columns)}
    people = everybody() if types & {FieldType.PERSON, FieldType.PEOPLE} else NOBODY
    files = {file.code: file for file in files_of(deliverable)} if FieldType.FILE in types else {}
    return dict(as_typed(definitions, newest, people, files).lists())


def _said(typed: Typed, field: str) -> dict[str, list[str]]:
    """What is typed into a field, without what is empty."""
    return {name: values for name, values in typed.items() if belongs(name, field) and name != f"{field}-rows" and not is_empty(values)}
