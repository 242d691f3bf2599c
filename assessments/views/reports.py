"""The certification report: its page, and the ways out of the product."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_safe

from assessments.actions import export_report
from assessments.forms.report import ReportFilterForm
from assessments.models import ReportExport
from assessments.policies.certificates import may_read_reports
from assessments.queries import certifications
from assessments.queries.exports import recent_exports
from assessments.vocabulary import ExportFormat
from documents import spreadsheets
from documents.models import StoredFile
from documents.views.download import send
from organizations.policies import require

TYPES = {ExportFormat.CSV: spreadsheets.CSV_TYPE, ExportFormat.XLSX: spreadsheets.XLSX_TYPE}


@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was certified: totals with their chart, the first rows, and what left the product before."""
    require(may_read_reports(request.member))
    form = ReportFilterForm(request.GET)
    filters = form.wanted()
    totals = certifications.totals(filters)
    rows, page = certifications.preview(filters, totals.all.total, request.GET.get("page", 1), timezone.localdate())
    said = filters.as_address()
    context = {
        "form": form,
        "filtered": bool(said),
        "query": f"?{urlencode(said)}" if said else "",
        "totals": totals,
        "results": certifications.RESULTS,
        "rows": rows,
        "page": page,
        "exports": recent_exports(),
        "at_once": export_report.AT_ONCE,
    }
    return render(request, "assessments/reports.html", context, status=422 if form.errors else 200)


@require_GET
def csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as CSV."""
    return _out(request, slug, ExportFormat.CSV)


@require_GET
def xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as a workbook."""
    return _out(request, slug, ExportFormat.XLSX)


@require_GET
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as PDF: a worker prints it, one waits on its page."""
    return _out(request, slug, ExportFormat.PDF)


@require_safe
def export_file(request: HttpRequest, slug: str, export_id: int) -> HttpResponse:
    """What a worker wrote, as long as it is kept; for all who may read reports."""
    require(may_read_reports(request.member))
    export = get_object_or_404(ReportExport, pk=export_id)
    file = StoredFile.objects.filter(subject_kind=export.subject_kind, subject_id=export.pk).first()
    if file is None:
        raise Http404
    return send(file)


def _out(request: HttpRequest, slug: str, form: ExportFormat) -> HttpResponse:
    """The report in one form: at once where it is short, else by a worker."""
    require(may_read_reports(request.member))
    asked = ReportFilterForm(request.GET)
    filters, today = asked.wanted(), timezone.localdate()
    if asked.errors:
        # The page of the report says what is wrong with the address, next to each filter.
        return redirect(f"/o/{slug}/reports/?{request.GET.urlencode()}")
    rows = certifications.decisions(filters).count()
    if form == ExportFormat.PDF:
        try:
            document = export_report.print_report(filters, rows, by=request.member, today=today)
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
            return redirect(f"/o/{slug}/reports/?{urlencode(filters.as_address())}")
        return redirect("documents:document", slug, document.code)
    if rows > export_report.AT_ONCE:
        job = export_report.export_later(form, filters, rows, by=request.member, today=today)
        return redirect("documents:job", slug, job.pk)
    return _at_once(request, form, filters, today)


def _at_once(request: HttpRequest, form: ExportFormat, filters: certifications.Filters, today) -> HttpResponse:
    """A short report, whole, inside the request's own transaction: a streamed answer would be made after it has ended.

    Two thousand rows are some 200 KB; whatever goes wrong is an error page, never half a file.
    """
    found, _last = certifications.chunk(filters, None, export_report.AT_ONCE, today)
    export = export_report.write_down(form, filters, len(found), by=request.member, today=today)
    made = BytesIO()
    export_report.write_file(made, form, certifications.table(found))
    response = HttpResponse(made.getvalue(), content_type=TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, export_report.file_name(export))
    response["X-Content-Type-Options"] = "nosniff"
    return response
