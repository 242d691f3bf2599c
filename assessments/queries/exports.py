"""Reports that have left the product, newest first."""

from dataclasses import dataclass

from assessments.models import ReportExport
from assessments.vocabulary import ExportFormat
from documents.models import Job, RenderedDocument, StoredFile
from documents.queries.job_progress import job_progress
from documents.vocabulary import DocumentKind, DocumentState, JobKind, JobState

MOST = 10


@dataclass(frozen=True)
class ExportRow:
    """One export. `state`: file (to download), direct (was downloaded at once), under_way, failed, stopped or gone (kept no longer)."""

    export: ReportExport
    state: str
    job: Job | None = None

    @property
    def problem(self) -> str:
        """Why a worker did not finish it."""
        return job_progress(self.job).problem if self.job else ""


def recent_exports() -> list[ExportRow]:
    """The newest exports and what became of them; four queries."""
    exports = list(ReportExport.objects.select_related("by").order_by("-at", "-pk")[:MOST])
    keys = [export.pk for export in exports]
    kind = ReportExport.subject_kind
    kept = set(StoredFile.objects.filter(subject_kind=kind, subject_id__in=keys).values_list("subject_id", flat=True))
    jobs = {job.arguments["export"]: job for job in Job.objects.filter(kind=JobKind.EXPORT, arguments__export__in=keys)}
    papers = dict(
        RenderedDocument.objects.filter(kind=DocumentKind.REPORT, subject_kind=kind, subject_id__in=keys).values_list("subject_id", "state")
    )
    return [ExportRow(export, _state(export, kept, jobs.get(export.pk), papers), jobs.get(export.pk)) for export in exports]


def _state(export: ReportExport, kept: set[int], job: Job | None, papers: dict[int, str]) -> str:
    if export.pk in kept:
        return "file"
    if job is None and export.format != ExportFormat.PDF:
        return "direct"
    state = job.state if job else papers.get(export.pk, "")
    ended = {JobState.DONE: "gone", DocumentState.VALID: "gone", JobState.FAILED: "failed", JobState.CANCELLED: "stopped"}
    return ended.get(state, "under_way")
