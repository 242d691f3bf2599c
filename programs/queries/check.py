"""One check of one trainee: its items, what they did, and every answer so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from organizations.localized import read
from programs.models import CheckDefinition, CheckResult, TaskWork
from programs.queries.relations import Relations, relations_of
from programs.rules.task_states import FINISHED
from programs.rules.written_text import Block, blocks
from programs.vocabulary import Role, TaskState


@dataclass(frozen=True)
class Answered:
    """One answer to the check; `missing` are the items that were no."""

    by: str
    role: str
    at: datetime
    passed: bool
    note: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class CheckPage:
    """The page of one check."""

    work: TaskWork
    definition: CheckDefinition
    relations: Relations
    trail: tuple[Answered, ...]  # newest first
    answers: Mapping[str, bool]  # of the newest

    @property
    def trainee(self):
        return self.work.enrollment.trainee

    @property
    def what(self) -> list[Block]:
        """What the trainee was asked to do."""
        return blocks(str(self.work.task.what))

    @property
    def judged(self) -> list[Block]:
        """How it is judged."""
        return blocks(str(self.work.task.judged))

    @property
    def is_passed(self) -> bool:
        return bool(self.trail and self.trail[0].passed)

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return self.work.state not in (TaskState.LOCKED, *FINISHED)


def check_page(work_id: int, check_id: int, today: date) -> CheckPage | None:
    """All of it, in seven queries; None where there is no such check on this task."""
    works = TaskWork.objects.select_related("task__module", "enrollment__cohort", "enrollment__trainee")
    work = works.filter(pk=work_id).first()
    definition = CheckDefinition.objects.filter(pk=check_id, task=work.task_id).first() if work else None
    if definition is None:
        return None
    results = list(CheckResult.objects.filter(work=work, definition=definition).select_related("by").order_by("-at", "-pk"))
    return CheckPage(
        work=work,
        definition=definition,
        relations=relations_of([work.enrollment], today)[work.enrollment_id],
        trail=tuple(_answered(result, definition) for result in results),
        answers=results[0].answers if results else {},
    )


def _answered(result: CheckResult, definition: CheckDefinition) -> Answered:
    missing = tuple(read(item["text"]) for item in definition.items if not result.answers.get(item["key"]))
    return Answered(result.by.name, str(Role(result.role).label), result.at, result.passed, result.note, missing)
