"""One quarterly checkpoint with what was answered and noted, beside the same of the quarters before."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from organizations.localized import read
from programs.models import CheckpointAnswer, CheckpointEvidence, CheckpointNote, TaskWork
from programs.queries.checkpoint_state import holders_of
from programs.queries.evidence import Evidence
from programs.rules.checkpoint import required_roles
from programs.vocabulary import Role

MOST_EARLIER = 4  # quarters beside this one: a year


@dataclass(frozen=True)
class Note:
    """What someone said to an answer."""

    by: str
    role: str
    acknowledged: bool
    body: str
    at: datetime
    instead_of: str | None = None

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Round:
    """One answer as it was handed in, with what was said to it."""

    pk: int
    number: int
    at: datetime
    answers: dict[str, str]
    said: tuple[tuple[str, str], ...]  # question and answer
    links: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Quarter:
    """A quarter before this one: its last answer."""

    occurrence: int
    due_on: date
    last: Round


@dataclass(frozen=True)
class CheckpointPart:
    """What the page of a checkpoint shows besides its task. `owed`: the roles that still have to note on the newest answer."""

    questions: tuple[tuple[str, str], ...]
    rounds: tuple[Round, ...]  # of this quarter, newest first
    earlier: tuple[Quarter, ...]  # newest first
    owed: tuple[str, ...]

    @property
    def newest(self) -> Round | None:
        return self.rounds[0] if self.rounds else None

    @property
    def last_quarter(self) -> Quarter | None:
        return self.earlier[0] if self.earlier else None

    @property
    def last_answers(self) -> dict[str, str]:
        """What was answered in the quarter before, by question."""
        return self.last_quarter.last.answers if self.last_quarter else {}

    @property
    def waits_for(self) -> list[str]:
        """Roles that still owe a note, in words."""
        return [str(Role(role).label) for role in self.owed]

    @property
    def beside(self) -> list[tuple[str, list[tuple[Quarter, str]]]]:
        """Each question with what was answered in the quarters before, the newest first."""
        return [(text, [(one, one.last.answers.get(key, "")) for one in self.earlier]) for key, text in self.questions]


def checkpoint_part(work: TaskWork) -> CheckpointPart:
    """This quarter and up to a year before it; two queries. The work's task must be loaded."""
    questions = tuple((one["key"], read(one.get("text") or one)) for one in work.task.questions)
    rows = list(_answers(work))
    rounds = tuple(_round(row, questions) for row in rows if row.occurrence == work.occurrence)
    earlier: dict[int, Quarter] = {}
    for row in rows:
        if row.occurrence != work.occurrence and row.occurrence not in earlier and len(earlier) < MOST_EARLIER:
            earlier[row.occurrence] = Quarter(row.occurrence, row.due_on, _round(row, questions))
    required = required_roles(work.task.responsible, holders_of(work)) if rounds else ()
    given = {note.role for note in rounds[0].notes} if rounds else set()
    return CheckpointPart(questions, rounds, tuple(earlier.values()), tuple(role for role in required if role not in given))


def _answers(work: TaskWork):
    """All answers to this task up to this quarter, newest first."""
    notes = CheckpointNote.objects.filter(answer=OuterRef("pk")).order_by("at", "pk")
    note = JSONObject(
        by=F("by__name"),
        role=F("role"),
        acknowledged=F("acknowledged"),
        body=F("body"),
        at=F("at"),
        instead_of=F("instead_of__name"),
    )
    shown = CheckpointEvidence.objects.filter(answer=OuterRef("pk")).order_by("pk")
    kind = "submission__deliverable__kind__"
    evidence = JSONObject(
        pk=F("submission_id"),
        key=F(f"{kind}key"),
        name=F(f"{kind}name"),
        number=F("submission__number"),
        label=F("submission__deliverable__label"),
    )
    return (
        CheckpointAnswer.objects.filter(work__enrollment=work.enrollment_id, work__task=work.task_id, work__occurrence__lte=work.occurrence)
        .annotate(
            occurrence=F("work__occurrence"),
            due_on=F("work__due_on"),
            note_facts=ArraySubquery(notes.values(facts=note)),
            evidence_facts=ArraySubquery(shown.values(facts=evidence)),
        )
        .order_by("-work__occurrence", "-number")
    )


def _round(row: CheckpointAnswer, questions: tuple[tuple[str, str], ...]) -> Round:
    return Round(
        pk=row.pk,
        number=row.number,
        at=row.at,
        answers=row.answers,
        said=tuple((text, row.answers.get(key, "")) for key, text in questions),
        links=tuple(row.links),
        evidence=tuple(Evidence(**one | {"name": read(one["name"])}) for one in row.evidence_facts),
        notes=tuple(Note(**one | {"at": datetime.fromisoformat(one["at"])}) for one in row.note_facts),
    )
