"""The cohort board: trainees × tasks, worst first, why in words at the row's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONArray, JSONObject

from organizations.localized import read
from organizations.models import CalendarDay
from organizations.prepared import Prepared, among
from organizations.rules.working_calendar import WorkingCalendar
from programs.models import Cohort, Enrollment, TaskDefinition, TaskWork
from programs.queries.cohort_page import Filters, Standing
from programs.queries.risks import read_facts, risk_facts, risk_words
from programs.rules.risk import RiskKind, risks
from programs.rules.task_states import is_overdue
from programs.vocabulary import EnrollmentState, TaskState

PER_PAGE = 20
MOST_REASONS = 2
BEHIND, AT_RISK, ON_PLAN = "behind", "at_risk", "on_plan"
TASK, FACTS, WORKS, DAY = "task", "facts", "works", "day"
ROW = ("row_kind", "row_of", "row_facts")


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
    """One page of those whom the filters leave, of one phase or of all; one query, however many there are."""
    page = Paginator([one for one in found if filters.takes(one)], PER_PAGE).get_page(number)
    asked: dict[str, dict[int, Any]] = {TASK: {}, FACTS: {}, WORKS: {}, DAY: {}}
    for kind, of, facts in ASKED.rows(cohort.version_id, [one.pk for one in page.object_list], today):
        asked[kind][of] = facts
    tasks = sorted(asked[TASK].items(), key=lambda task: (task[1]["phase"], task[1]["position"]))
    choices = tuple(dict.fromkeys((facts["phase"], read(facts["phase_name"])) for _pk, facts in tasks))
    chosen = next((one for one, _name in choices if str(one) == phase), None)
    columns: list[Column] = []
    for pk, facts in tasks:
        of_phase = facts["phase"]
        if chosen in (None, of_phase):
            columns.append(Column(pk, facts["key"], read(facts["name"]), of_phase, not columns or columns[-1].phase != of_phase))
    heads = tuple(PhaseHead(one, name, sum(column.phase == one for column in columns)) for one, name in choices)
    days = {date.fromisoformat(facts["day"]): facts["is_working"] for facts in asked[DAY].values()}
    calendar = WorkingCalendar(cohort.calendar, days)
    page.object_list = [
        _row(one, columns, _newest(asked[WORKS].get(one.pk, [])), asked[FACTS].get(one.pk), today, calendar) for one in page.object_list
    ]
    return Board(tuple(head for head in heads if head.columns), tuple(columns), page, choices, chosen)


def _newest(works: Sequence[Sequence]) -> dict[int, tuple[int, str, date | None]]:
    """By task the work of one trainee that counts: the newest occurrence that is not locked, else the first."""
    found: dict[int, tuple[int, str, date | None]] = {}
    for task, pk, state, due_on in works:
        if task not in found or state != TaskState.LOCKED:
            found[task] = pk, state, date.fromisoformat(due_on) if due_on else None
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


def _asked(version: int, enrollments: list[int], today: date) -> QuerySet:
    """The columns, of each trainee shown the facts and all work, and the working days: rows of a kind, each with what it is of."""
    task = JSONObject(key=F("key"), name=F("name"), position=F("position"), phase=F("phase__number"), phase_name=F("phase__name"))
    work = JSONBAgg(JSONArray("task_id", "pk", "state", "due_on"), order_by="occurrence")
    day = JSONObject(day=F("day"), is_working=F("is_working"))
    works = TaskWork.objects.filter(among("enrollment_id", enrollments)).order_by().annotate(row_kind=Value(WORKS, CharField()))
    return _of(TASK, TaskDefinition.objects.filter(version=version), task).union(
        _of(FACTS, Enrollment.objects.filter(among("pk", enrollments)), risk_facts(today)),
        works.values("row_kind", row_of=F("enrollment_id")).annotate(row_facts=work).values_list(*ROW),
        _of(DAY, CalendarDay.objects.all(), day),
        all=True,
    )


def _of(kind: str, rows: QuerySet, facts: Combinable) -> QuerySet:
    return rows.order_by().annotate(row_kind=Value(kind, CharField()), row_of=F("pk"), row_facts=facts).values_list(*ROW)


ASKED = Prepared(_asked, int, list, date)
