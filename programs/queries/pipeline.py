"""How many trainees are in which phase: counts, and nothing of anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Min, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from organizations.localized import read
from programs.models import Enrollment, PhaseProgress
from programs.vocabulary import EnrollmentState, PhaseState, ScheduleKind

RUNNING = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)
PHASE, STATE = "phase", "state"
ROW = ("what", "of", "facts")


@dataclass(frozen=True)
class Stage:
    """How many are in one phase now."""

    number: int
    name: str
    trainees: int


@dataclass(frozen=True)
class Pipeline:
    """Everybody by where they are. `waiting`: enrolled, their first day has not come, or between two phases."""

    stages: tuple[Stage, ...]
    waiting: int
    completed: int

    @property
    def most(self) -> int:
        """The longest bar."""
        return max([stage.trainees for stage in self.stages] + [self.waiting, self.completed, 1])

    @property
    def everybody(self) -> int:
        return sum(stage.trainees for stage in self.stages) + self.waiting + self.completed


def pipeline_of(rows: Iterable[tuple[str, int, Mapping[str, Any]]]) -> Pipeline:
    """The pipeline out of rows of `phases_counted` and `states_counted`; other rows are left alone."""
    rows = list(rows)
    phases = sorted(((of, facts) for what, of, facts in rows if what == PHASE), key=lambda row: row[0])
    stages = tuple(Stage(number, read(facts["name"]), facts["n"]) for number, facts in phases)
    states = Counter({facts["state"]: facts["n"] for what, _of, facts in rows if what == STATE})
    running = sum(states[state] for state in RUNNING)
    return Pipeline(stages, max(running - sum(stage.trainees for stage in stages), 0), states[EnrollmentState.COMPLETED])


def phases_counted(phases: QuerySet | None = None, **by: Combinable) -> QuerySet:
    """Rows: how many are in each phase, of the progress given or of the whole organization; `by`: a further column to count by."""
    found = (PhaseProgress.objects.all() if phases is None else phases).filter(state=PhaseState.OPEN, enrollment__state__in=RUNNING)
    named = found.exclude(phase__schedule=ScheduleKind.RECURRING).order_by()
    named = named.annotate(what=Value(PHASE, CharField()), of=F("phase__number"), **by).values("what", "of", *by)
    return named.annotate(facts=JSONObject(n=Count("pk"), name=Min("phase__name")))


def states_counted(enrollments: QuerySet | None = None, **by: Combinable) -> QuerySet:
    """Rows: how many are in each state, of the enrollments given or of the whole organization; `by` as above."""
    found = (Enrollment.objects.all() if enrollments is None else enrollments).order_by()
    named = found.annotate(what=Value(STATE, CharField()), of=Value(0, IntegerField()), **by)
    named = named.values("what", "of", "state", *by)
    return named.annotate(facts=JSONObject(n=Count("pk"), state=F("state")))
