"""Take the certification report out of the product: each export is written down, a long one is left to a worker."""

from datetime import date, timedelta
from typing import BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.models import ReportExport
from assessments.policies.certificates import may_read_reports
from assessments.queries.certifications import Filters
from assessments.vocabulary import ExportFormat
from documents import spreadsheets
from documents.actions import run_job
from documents.actions.print_document import request_print
from documents.models import Job, RenderedDocument
from documents.vocabulary import DocumentKind, DocumentState, JobKind
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Cohort

AT_ONCE = 2000  # rows that a page writes while one waits
MOST_PRINTED = 1000  # rows: some forty pages, which the press lays out within its minute
SAME_FOR = timedelta(minutes=10)  # asked again while the first is under way, it is the same


@transaction.atomic
def write_down(form: ExportFormat, filters: Filters, rows: int, *, by: Member, today: date) -> ReportExport:
    """Note that the report leaves the product, for the audit trail and the list of exports.

    Raises:
        PermissionDenied: `by` is neither HR director nor admin.
    """
    if not may_read_reports(by):
        raise PermissionDenied(_("Only the HR director or an admin exports reports."))
    export = ReportExport.objects.create(format=form, filters=filters.as_address(), rows=rows, language=get_language(), as_of=today, by=by)
    after = {
        "format": form,
        "rows": rows,
        "cohort": Cohort.objects.filter(pk=filters.cohort).values_list("name", flat=True).first() if filters.cohort else None,
        "outcome": filters.outcome,
        "from_on": filters.since,
        "until_on": filters.until,
    }
    asked = {name: value for name, value in after.items() if value not in (None, "")}
    record(AuditAction.REPORT_EXPORTED, export, by=by, label=file_name(export), after=asked)
    return export


@transaction.atomic
def export_later(form: ExportFormat, filters: Filters, rows: int, *, by: Member, today: date) -> Job:
    """Let a worker write a long report into a file; asked again meanwhile, answers the same job."""
    for export in _same(form, filters, by):
        job = Job.objects.filter(kind=JobKind.EXPORT, arguments__export=export.pk).exclude(state__in=run_job.ENDED).first()
        if job:
            return job
    export = write_down(form, filters, rows, by=by, today=today)
    return run_job.create(JobKind.EXPORT, arguments={"export": export.pk}, total=rows, by=by)


@transaction.atomic
def print_report(filters: Filters, rows: int, *, by: Member, today: date) -> RenderedDocument:
    """Have the report printed as PDF; asked again meanwhile, answers the same paper.

    Raises:
        ValidationError: "too_long", more rows than one reads on paper.
    """
    if rows > MOST_PRINTED:
        message = _("On paper there is room for %(most)d rows; these are %(rows)d. Choose a cohort or a period, or take CSV or XLSX.")
        raise ValidationError(message, code="too_long", params={"most": MOST_PRINTED, "rows": rows})
    for export in _same(ExportFormat.PDF, filters, by):
        about = {"subject_kind": export.subject_kind, "subject_id": export.pk}
        document = RenderedDocument.objects.filter(kind=DocumentKind.REPORT, state=DocumentState.WAITING, **about).first()
        if document:
            return document
    export = write_down(ExportFormat.PDF, filters, rows, by=by, today=today)
    return request_print(DocumentKind.REPORT, about=export, version=1, content_hash=f"{export.pk:064}", language=get_language(), by=by)


def write_file(target: BinaryIO, form: str, rows) -> None:
    """Write head and rows of text in this form."""
    if form == ExportFormat.CSV:
        spreadsheets.write_csv(target, rows)
    else:
        spreadsheets.write_xlsx(target, rows, _("Certifications"))


def file_name(export: ReportExport) -> str:
    """What the file is called, in the language in force."""
    return f"{_('Certifications')} {export.as_of.isoformat()}.{export.format}"


def _same(form: ExportFormat, filters: Filters, by: Member):
    """Exports that this person asked for a moment ago in just this way."""
    asked = {"format": form, "filters": filters.as_address(), "by": by, "language": get_language()}
    return ReportExport.objects.filter(**asked, at__gte=timezone.now() - SAME_FOR).order_by("-pk")[:3]
