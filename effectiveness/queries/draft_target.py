"""The draft of a deliverable that a worksheet would be carried into: what stands there, and what would be written over."""

from collections.abc import Mapping
from dataclasses import dataclass

from programs.models import Deliverable, Draft, Enrollment, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.queries.directory import everybody
from programs.queries.submissions import files_of
from programs.rules.field_values import is_empty, normalize
from programs.rules.fields import AUTHOR, FieldDefinition, fields_by, parse
from programs.rules.task_states import FINISHED
from programs.vocabulary import DeliverableState, Role, TaskState


@dataclass(frozen=True)
class DraftTarget:
    """A deliverable of the trainee's that can be written, and its draft. Without a draft its newest version is gone on with."""

    deliverable: Deliverable
    definitions: tuple[FieldDefinition, ...]
    draft: Draft | None
    before: Mapping[str, object]  # canonical answers of the newest version

    @property
    def revision(self) -> int:
        """The draft's number; 0 where there is none yet."""
        return self.draft.revision if self.draft else 0

    def asked(self, answers: Mapping[str, object]) -> list[FieldDefinition]:
        """Those of its fields that `answers` speaks of: a company may have shaped the form differently."""
        return [definition for definition in self.definitions if definition.key in answers]

    def filled(self, answers: Mapping[str, object]) -> dict[str, object]:
        """What of `answers` the form takes, in canonical form."""
        return normalize(self.definitions, answers).data

    def written_over(self, answers: Mapping[str, object]) -> list[FieldDefinition]:
        """Fields in which something stands now that would go."""
        if self.draft is None:
            return [one for one in self.asked(answers) if not is_empty(self.before.get(one.key))]
        typed = [name for name, values in self.draft.data.items() if not is_empty(values)]
        return [one for one in self.asked(answers) if any(belongs(name, one.key) and name != f"{one.key}-rows" for name in typed)]

    def preview(self, answers: Mapping[str, object], currency: str) -> list[AnsweredField]:
        """What would be written, in words."""
        definitions = self.asked(answers)
        return answered(definitions, answers, look_up(definitions, answers, currency=currency))


def draft_target(enrollment: Enrollment, key: str) -> DraftTarget | None:
    """The first deliverable of this key that its trainee can still write in this programme; None where there is none."""
    found = (
        Deliverable.objects.filter(work__enrollment=enrollment, kind__key=key, kind__author=Role.TRAINEE, ended_at__isnull=True)
        .exclude(work__state__in=[TaskState.LOCKED, *FINISHED])
        .exclude(state=DeliverableState.APPROVED)
        .select_related("kind", "work")
        .order_by("work__occurrence", "number", "pk")
    )
    deliverable = found.first()
    if deliverable is None:
        return None
    definitions = tuple(fields_by(parse(deliverable.asked.fields), AUTHOR))
    draft = Draft.objects.filter(deliverable=deliverable, author=enrollment.trainee_id).first()
    newest = Submission.objects.filter(deliverable=deliverable, number=deliverable.last_number).values_list("data", flat=True).first()
    return DraftTarget(deliverable, definitions, draft, newest or {})


def people_and_files(target: DraftTarget):
    """Whom and which files the newest version names: needed to go on from it where there is no draft."""
    return everybody(), {file.code: file for file in files_of(target.deliverable)}


def belongs(name: str, field: str) -> bool:
    """Whether a name of the form is of a field: the field itself, the count of its rows, or a cell."""
    if name in (field, f"{field}-rows"):
        return True
    return name.startswith(f"{field}-") and name.removeprefix(f"{field}-").partition("-")[0].isdigit()
