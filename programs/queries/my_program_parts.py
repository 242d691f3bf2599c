"""What the screens of one's own programme consist of: tasks, phases, the balance of the pillars, what is to do."""

from dataclasses import dataclass, field
from datetime import date, datetime

from programs.models import Enrollment, PhaseProgress
from programs.rules.pillar_weights import PillarProgress
from programs.rules.task_states import FINISHED, WITH_TRAINEE
from programs.vocabulary import EnrollmentState, PhaseState, ScheduleKind, TaskState


@dataclass(frozen=True)
class Work:
    """One task of the trainee with what it ends in. `deliverables`: {key, name, state, number, label} each."""

    pk: int
    key: str
    name: str
    module_id: int
    phase_id: int
    method: str
    hours: int
    state: str
    start_on: date
    due_on: date
    occurrence: int
    is_recurring: bool
    is_checkpoint: bool
    required: bool
    counts_for_exit: bool
    weights: tuple[int, int, int]
    deliverables: list[dict]
    checks: list[str]
    is_overdue: bool

    @property
    def code(self) -> str:
        """What people call it: D7, C1, or its own number."""
        keys = list(dict.fromkeys(one["key"] for one in self.deliverables)) or self.checks
        return keys[0] if keys else self.key

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def handed_in(self) -> int:
        """How many of several deliverables are handed in."""
        return sum(one["state"] not in ("open", "returned") for one in self.deliverables)

    @property
    def pillar(self) -> int:
        """The pillar that it is mostly about, 1 to 3."""
        return self.weights.index(max(self.weights)) + 1


@dataclass(frozen=True)
class Phase:
    """One phase of the way, with how many of the tasks that end it are done."""

    progress: PhaseProgress
    done: int
    total: int

    @property
    def number(self) -> int:
        return self.progress.phase.number

    @property
    def name(self) -> str:
        return str(self.progress.phase.name)

    @property
    def is_recurring(self) -> bool:
        return self.progress.phase.schedule == ScheduleKind.RECURRING

    @property
    def is_continuous(self) -> bool:
        return self.progress.phase.schedule == ScheduleKind.CONTINUOUS


@dataclass(frozen=True)
class ToDo:
    """One thing to do now. `why`: returned, overdue, sign, point, asked (by another app), in_progress or open; `path` leads there."""

    why: str
    code: str
    name: str
    due_on: date | None
    state: str
    path: str
    work: Work | None = None
    by: str = ""
    words: str = ""
    is_overdue: bool = False


@dataclass(frozen=True)
class Feedback:
    """What someone said about one's work."""

    by: str
    role: str
    at: datetime
    work_id: int
    code: str
    about: str
    words: str


@dataclass(frozen=True)
class Goal:
    """One goal of the development plan."""

    text: str
    due_on: date | None


@dataclass(frozen=True)
class PlanCard:
    """The development plan in brief."""

    number: int
    state: str
    goals: list[Goal]


@dataclass(frozen=True)
class PillarStand:
    """One pillar as percentages of all that is asked, for the balance."""

    number: int
    key: str
    name: str
    progress: PillarProgress

    @property
    def earned(self) -> int:
        return round(self.progress.earned_percent)

    @property
    def planned(self) -> int:
        return round(self.progress.planned_percent)

    @property
    def total(self) -> int:
        return 100

    @property
    def behind(self) -> int:
        return max(self.planned - self.earned, 0)


@dataclass(frozen=True)
class MyProgram:
    """All that the trainee's home shows."""

    enrollment: Enrollment
    phases: list[Phase]
    works: list[Work]
    pillars: list[PillarStand]
    to_do: list[ToDo] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    plan: PlanCard | None = None

    @property
    def now(self) -> Phase | None:
        """The phase one is in: the first open one that is not only a cycle beside the way."""
        opened = [phase for phase in self.phases if phase.progress.state == PhaseState.OPEN and not phase.is_recurring]
        return opened[0] if opened else None

    @property
    def after_now(self) -> Phase | None:
        """The phase that comes next."""
        later = [phase for phase in self.phases if self.now and phase.number > self.now.number and not phase.is_recurring]
        return later[0] if later else None

    @property
    def is_completed(self) -> bool:
        """结业: only the quarterly checkpoints go on."""
        return self.enrollment.state == EnrollmentState.COMPLETED

    @property
    def next_checkpoint(self) -> Work | None:
        """The checkpoint that comes next: what lies with the trainee, the soonest first; of those locked, the next by day."""
        coming = [work for work in self.works if work.is_checkpoint and (work.state in WITH_TRAINEE or work.state == TaskState.LOCKED)]
        return min(coming, key=lambda work: (work.state == TaskState.LOCKED, work.due_on, work.key), default=None)

    def weeks(self, today: date) -> tuple[int, int]:
        """Which week of how many this is."""
        ends = [phase.progress.planned_end_on for phase in self.phases if not phase.is_recurring]
        start = self.enrollment.start_on
        total = ((max(ends) - start).days // 7 + 1) if ends else 1
        return min(max((today - start).days // 7 + 1, 1), total), total
