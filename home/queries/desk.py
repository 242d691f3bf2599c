"""The desk a person lands on: a part for each thing they are here, and the one duty that comes first."""

from dataclasses import dataclass
from datetime import date, datetime

from home.queries.cohorts import Cohorts, cohorts_of
from home.queries.first_steps import FirstSteps, first_steps
from home.queries.overview import Overview, overview, pipeline
from home.queries.own_program import OwnProgram, own_program
from home.queries.people_to_do import PeopleToDo, people_to_do
from home.queries.standing import Standing
from home.queries.waits import Matter, matters_of
from organizations.models import Member
from programs.queries.my_trainees import Counts, Filters, Supported, counts_of, trainees_of
from programs.queries.pipeline import Pipeline
from programs.queries.sign_off_queue import Filters as QueueFilters
from programs.queries.sign_off_queue import Queue, Waiting, queue_of

MOST_WAITING = 5
MOST_TRAINEES = 8


@dataclass(frozen=True)
class Trainees:
    """Those one supports: how many, and the worst of them."""

    counts: Counts
    worst: list[Supported]

    @property
    def late(self) -> list[Supported]:
        """Those of the worst who are late."""
        return [row for row in self.worst if row.late]


@dataclass(frozen=True)
class Desk:
    """All that the page shows; a part is None where the person has nothing to do with it."""

    standing: Standing
    own: OwnProgram | None
    queue: Queue | None
    matters: tuple[Matter, ...]
    trainees: Trainees | None
    cohorts: Cohorts | None
    first_steps: FirstSteps | None
    people: PeopleToDo | None
    overview: Overview | None = None  # of everybody, for the HR director
    pipeline: Pipeline | None = None  # how many are where; counts alone for an admin

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The oldest of what waits for the person."""
        return self.queue.everything[:MOST_WAITING] if self.queue else ()

    @property
    def has_parts(self) -> bool:
        """Whether there is something else than the queue."""
        rows = self.cohorts and self.cohorts.rows
        return any((self.own, self.matters, self.trainees, rows, self.first_steps, self.people, self.pipeline))

    @property
    def shows_queue(self) -> bool:
        """A cleared queue stands on the desk only where nothing else does; the title says that nothing waits."""
        return bool(self.waiting) or (self.queue is not None and not self.has_parts)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return not (self.has_parts or self.shows_queue)

    @property
    def duty(self) -> str:
        """What comes first, as the title says it: trainee before all else, then whoever waits for one, then the set-up."""
        duties = {
            "task": self.own and self.own.next,
            "sign_off": self.waiting,
            "matter": self.matters,
            "first_steps": self.first_steps,
            "people": self.people and self.people.stuck,
            "late": self.trainees and self.trainees.late,
            "cohorts_late": self.cohorts and self.cohorts.late,
        }
        return next((name for name, is_due in duties.items() if is_due), "nothing")


def desk(member: Member, who: Standing, *, now: datetime, today: date) -> Desk:
    """The desk of this person; at most eleven queries, fewer for who is less."""
    of_all = overview(now, today) if who.is_hr_director else None
    counts = of_all.pipeline if of_all else pipeline() if who.is_admin else None
    cohorts = cohorts_of(member, today, of_all.counted if of_all else None) if who.sees_cohorts else None
    steps = first_steps(member) if who.is_hr_director and not (cohorts and cohorts.trainees) else None
    return Desk(
        standing=who,
        own=own_program(member, today) if who.is_trainee else None,
        queue=queue_of(member, QueueFilters(), now=now, today=today) if who.has_queue else None,
        matters=matters_of(member, now, today),
        trainees=_trainees(member, today) if who.reads_trainees else None,
        cohorts=cohorts,
        first_steps=None if steps is None or steps.is_done else steps,
        people=people_to_do(now) if who.is_admin else None,
        overview=of_all if of_all and of_all.pipeline.everybody else None,
        pipeline=counts if counts and counts.everybody else None,
    )


def _trainees(member: Member, today: date) -> Trainees | None:
    counts = counts_of(member)
    worst = list(trainees_of(member, counts, Filters(), today, per_page=MOST_TRAINEES)) if counts.running else []
    return Trainees(counts, worst) if worst else None
