"""How far a long job is, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from documents.models import Job
from documents.vocabulary import JobProblem, JobState


@dataclass(frozen=True)
class JobProgress:
    """One job: what, how far, and how it ended."""

    pk: int
    title: str
    state: str
    done: int
    total: int
    problem: str
    started: datetime
    ended: datetime | None
    path: str  # where to go when it is done: the job's `result["path"]`, below the organization
    notes: tuple[str, ...]  # the job's `result["notes"]`: what did not work

    @property
    def percent(self) -> int:
        return 100 if self.state == JobState.DONE else self.done * 100 // self.total if self.total else 0

    @property
    def is_under_way(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)


def job_progress(job: Job) -> JobProgress:
    """The progress of a job; no query."""
    problem = JobProblem(job.problem).label if job.problem in JobProblem.values else job.problem
    return JobProgress(
        pk=job.pk,
        title=str(job.get_kind_display()),
        state=job.state,
        done=job.done,
        total=job.total,
        problem=str(problem),
        started=job.asked_at,
        ended=job.ended_at,
        path=str(job.result.get("path", "")),
        notes=tuple(str(note) for note in job.result.get("notes", [])),
    )
