"""The cohort board: trainees × tasks, worst first, why in words at the row's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from organizations.localized import read
from organizations.prepared import Prepared, among
from programs.models import Cohort, Enrollment, TaskDefinition, TaskWork
from programs.queries.calendars import calendar_of
from programs.queries.cohort_page import Filters, Standing
from programs.queries.risks import read_facts, risk_facts, risk_words
from programs.rules.risk import RiskKind, risks
from programs.rules.task_states import is_overdue
from programs.vocabulary import EnrollmentState, TaskState

PER_PAGE = 20
MOST_REASONS = 2
BEHIND, AT_RISK, ON_PLAN = "behind", "at_risk", "on_plan"


@dataclass(frozen=True)
class Column:
    """One task. `begins_phase`: the first of its phase that is shown."""

    pk: int
    key: str
    name: str
    phase: int
    begins_phase: bool


@dataclass(frozen=True)
class PhaseHead:
    """A phase over its columns."""

    number: int
    name: str
    columns: int


@dataclass(frozen=True)
class Cell:
    """How far one trainee is with one task; of one that recurs, with the newest occurrence that has opened."""

    work: int
    key: str
    state: str
    is_overdue: bool
    begins_phase: bool


@dataclass(frozen=True)
class BoardRow:
    """One trainee: cells in the order of the columns, and the reasons in words."""

    standing: Standing
    cells: tuple[Cell, ...]
    look: str  # behind, at_risk, on_plan; empty where nobody is chased
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """One page of it."""

    phases: tuple[PhaseHead, ...]  # those shown
    columns: tuple[Column, ...]
    rows: Page
    choices: tuple[tuple[int, str], ...]  # phases one can choose
    phase: int | None


def cohort_board(cohort: Cohort, found: Sequence[Standing], filters: Filters, phase: str, number: str | int, today: date) -> Board:
    """One page of those whom the filters leave, of one phase or of all; four queries, none of which knows how many there are."""
    tasks = COLUMNS.rows(cohort.version_id)
    choices = tuple(dict.fromkeys((row[3], read(row[4])) for row in tasks))
    chosen = next((one for one, _name in choices if str(one) == phase), None)
    columns: list[Column] = []
    for pk, key, name, of_phase, _phase_name in tasks:
        if chosen in (None, of_phase):
            columns.append(Column(pk, key, read(name), of_phase, not columns or columns[-1].phase != of_phase))
    heads = tuple(PhaseHead(one, name, sum(column.phase == one for column in columns)) for one, name in choices)
    page = Paginator([one for one in found if filters.takes(one)], PER_PAGE).get_page(number)
    shown = [one.pk for one in page.object_list]
    works = _newest(shown)
    facts, calendar = dict(FACTS.rows(shown, today)), calendar_of(cohort.calendar)
    page.object_list = [_row(one, columns, works.get(one.pk, {}), facts.get(one.pk), today, calendar) for one in page.object_list]
    return Board(tuple(head for head in heads if head.columns), tuple(columns), page, choices, chosen)


def _newest(enrollments: list[int]) -> dict[int, dict[int, tuple]]:
    """By enrollment and task the work that counts: the newest occurrence that is not locked, else the first."""
    found: dict[int, dict[int, tuple]] = {}
    for enrollment, task, *work in CELLS.rows(enrollments):
        of_trainee = found.setdefault(enrollment, {})
        if task not in of_trainee or work[1] != TaskState.LOCKED:
            of_trainee[task] = tuple(work)
    return found


def _row(one: Standing, columns: Sequence[Column], works: dict[int, tuple], facts, today: date, calendar) -> BoardRow:
    cells = []
    for column in columns:
        pk, state, due_on = works.get(column.pk, (0, TaskState.LOCKED, None))
        cells.append(Cell(pk, column.key, state, is_overdue(state, due_on, today), column.begins_phase))
    if one.state != EnrollmentState.ACTIVE or facts is None:
        return BoardRow(one, tuple(cells), "", ())
    reasons = risks(read_facts(facts), today, calendar)
    look = BEHIND if any(one.kind == RiskKind.LATE for one in reasons) else AT_RISK if reasons else ON_PLAN
    return BoardRow(one, tuple(cells), look, tuple(risk_words(one) for one in reasons[:MOST_REASONS]))


def _columns(version: int) -> QuerySet:
    found = TaskDefinition.objects.filter(version=version).order_by("phase__number", "position")
    return found.values_list("pk", "key", "name", "phase__number", "phase__name")


def _cells(enrollments: list[int]) -> QuerySet:
    found = TaskWork.objects.filter(among("enrollment_id", enrollments)).order_by("occurrence")
    return found.values_list("enrollment_id", "task_id", "pk", "state", "due_on")


def _facts(enrollments: list[int], today: date) -> QuerySet:
    return Enrollment.objects.filter(among("pk", enrollments)).values_list("pk", risk_facts(today))


COLUMNS, CELLS, FACTS = Prepared(_columns, int), Prepared(_cells, list), Prepared(_facts, list, date)
