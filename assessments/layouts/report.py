"""The certification report on paper: what templates/pdf/report.html shows."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.actions.export_report import MOST_PRINTED, file_name
from assessments.models import ReportExport
from assessments.queries.certifications import HEADINGS, RESULTS, Filters, chunk, totals
from assessments.vocabulary import Outcome
from documents.models import RenderedDocument
from programs.models import Cohort

TEMPLATE = "pdf/report.html"


def layout(document: RenderedDocument) -> tuple[str, dict[str, Any]]:
    """Template and context of an exported report."""
    export = ReportExport.objects.select_related("by").get(pk=document.subject_id)
    filters = Filters.from_address(export.filters)
    rows, _last = chunk(filters, None, MOST_PRINTED, export.as_of)
    day = pgettext("format of a day with year, see Django's date filter", "j M Y")
    cohort = Cohort.objects.filter(pk=filters.cohort).values_list("name", flat=True).first() if filters.cohort else ""
    return TEMPLATE, {
        "title": _("Certification report"),
        "name": file_name(export).removesuffix(".pdf"),
        "facts": [
            (_("Cohort"), cohort or _("All")),
            (_("Decided from"), date_format(filters.since, day) if filters.since else _("the beginning")),
            (_("Decided until"), date_format(filters.until or export.as_of, day)),
            (pgettext("on a certification", "Decision"), Outcome(filters.outcome).label if filters.outcome else _("All")),
            (_("Exported by"), export.by.name),
        ],
        "totals": totals(filters),
        "results": RESULTS,
        "headings": HEADINGS,
        "rows": rows,
    }
