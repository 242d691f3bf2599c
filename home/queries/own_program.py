"""One's own programme in a few words: where one stands and the one next step."""

from dataclasses import dataclass
from datetime import date

from organizations.models import Member
from programs.queries.frame import said
from programs.queries.my_program_parts import MyProgram, Work
from programs.queries.my_program_words import standing_words
from programs.queries.my_tasks import current_enrollment, my_tasks
from programs.rules.task_states import WITH_TRAINEE
from programs.vocabulary import TaskState


@dataclass(frozen=True)
class OwnProgram:
    """The part of the desk that a trainee comes first for."""

    program: MyProgram
    words: str
    week: int
    weeks: int
    to_do: tuple[Work, ...]  # returned first, then by date

    @property
    def next(self) -> Work | None:
        """The next step."""
        return self.to_do[0] if self.to_do else None

    @property
    def aim(self) -> str:
        """From where to where one grows, in one line."""
        return said(self.program.enrollment.aim).name

    @property
    def late(self) -> int:
        return sum(work.is_overdue for work in self.to_do)


def own_program(member: Member, today: date) -> OwnProgram | None:
    """The programme this person is in; three queries, one where there is none."""
    enrollment = current_enrollment(member)
    if enrollment is None:
        return None
    program = my_tasks(enrollment, today)
    mine = (work for work in program.works if work.state in WITH_TRAINEE and (work.is_checkpoint or not program.is_completed))
    to_do = sorted(mine, key=lambda work: (work.state != TaskState.RETURNED, work.due_on, work.key))
    return OwnProgram(program, standing_words(program, today), *program.weeks(today), tuple(to_do))
