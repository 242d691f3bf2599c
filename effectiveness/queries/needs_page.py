"""A needs analysis with its results: tasks with an answer each, gaps, needs in order; and what of it goes into D6."""

from dataclasses import dataclass
from decimal import Decimal

from effectiveness.models import Gap, Need, NeedsAnalysis, TaskRating
from effectiveness.rules.needs_priority import in_order, is_for_training, priority
from programs.rules.field_calculations import task_selection
from programs.vocabulary import TaskSelection


@dataclass(frozen=True)
class TaskLine:
    """A task and what its three ratings say."""

    row: TaskRating
    answer: TaskSelection | None

    @property
    def tone(self) -> str:
        return {TaskSelection.TRAIN_AND_RETRAIN: "warn", TaskSelection.TRAIN: "ok", TaskSelection.JOB_AID: "wait"}.get(self.answer, "")


@dataclass(frozen=True)
class NeedLine:
    """A need with its priority; None where it names no gap."""

    row: Need
    priority: Decimal | None

    @property
    def cost_of_error(self) -> int:
        return self.row.cost_of_error

    @property
    def is_for_training(self) -> bool:
        return is_for_training(self.row.cause)

    @property
    def missing(self) -> int | None:
        """Levels between what is required and what is there."""
        gap = self.row.gap
        return max(gap.required - gap.present, 0) if gap else None


@dataclass(frozen=True)
class NeedsPage:
    """What the page shows."""

    tasks: list[TaskLine]
    gaps: list[Gap]
    needs: list[NeedLine]


def needs_page(sheet: NeedsAnalysis) -> NeedsPage:
    """Three queries."""
    tasks = [TaskLine(row, task_selection(row.difficulty, row.importance, row.frequency)) for row in sheet.tasks.all()]
    needs = [NeedLine(row, _priority(row, sheet)) for row in sheet.needs.select_related("gap")]
    return NeedsPage(tasks, list(sheet.gaps.all()), in_order(needs))


def answers(sheet: NeedsAnalysis) -> dict[str, object]:
    """What D6 asks for and the analysis knows. Needs go in the order of their priority; one without a gap cannot be ranked and stays."""
    page = needs_page(sheet)
    return {
        "role": sheet.title,
        "headcount": sheet.headcount,
        "task_analysis": [_columns(line.row, "task", "difficulty", "importance", "frequency") for line in page.tasks],
        "person_analysis": [{"n": row.people, **_columns(row, "group", "competency", "required", "present")} for row in page.gaps],
        "needs": [
            {
                "people": line.row.gap.people,
                "gap": line.missing,
                **_columns(line.row, "need", "evidence", "objective", "importance", "answer"),
            }
            for line in page.needs
            if line.row.gap
        ],
    }


def _columns(row, *names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def _priority(need: Need, sheet: NeedsAnalysis) -> Decimal | None:
    gap = need.gap
    if gap is None:
        return None
    return priority(
        importance=need.importance,
        required=gap.required,
        present=gap.present,
        people=gap.people,
        headcount=sheet.headcount,
        weight_percent=need.weight,
    )
