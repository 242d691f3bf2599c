"""The KPI values of 5.1: read them, take one over or write it down, confirm one by name."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions import record_kpi
from assessments.forms.kpi import KpiForm
from assessments.models import KpiValue
from assessments.policies import reviews as policies
from assessments.queries.kpi_page import kpi_lines
from assessments.views.access import of_others, reached, require
from assessments.vocabulary import ReviewState


@require_safe
def kpis(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """All eight, with value, source and who confirmed them."""
    found, one = reached(request, review_id)
    require(policies.may_read_figures(one), of_others)
    is_open = found.state == ReviewState.GATHERING
    context = {
        "review": found,
        "lines": kpi_lines(found, timezone.localdate(), with_sources=is_open and policies.may_read_sources(one)),
        "may_enter": is_open and policies.may_enter_figures(one),
        "may_confirm": is_open and policies.may_confirm_figures(one),
        "is_open": is_open,
    }
    return render(request, "assessments/kpis.html", context)


@require_http_methods(["GET", "POST"])
def kpi(request: HttpRequest, slug: str, review_id: int, kpi_key: str) -> HttpResponse:
    """Take one value over, or write it down with its source."""
    found, one = reached(request, review_id)
    require(policies.may_enter_figures(one), of_others)
    is_open = found.state == ReviewState.GATHERING
    line = next((line for line in kpi_lines(found, timezone.localdate(), with_sources=is_open) if line.key == kpi_key), None)
    if line is None:
        raise Http404
    form = KpiForm(request.POST or None, key=kpi_key, initial=_initial(line))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            record_kpi.record_kpi(found, kpi_key, form.figures, source=chosen["source"], note=chosen["note"], by=request.member)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(kpi)s is written down.") % {"kpi": line.name})
            return redirect("assessments:kpis", slug, review_id)
    context = {"review": found, "line": line, "form": form, "is_open": is_open}
    return render(request, "assessments/kpi.html", context, status=422 if form.errors else 200)


@require_POST
def confirm(request: HttpRequest, slug: str, review_id: int, kpi_key: str) -> HttpResponse:
    """A business head confirms a value by name."""
    found, one = reached(request, review_id)
    require(policies.may_confirm_figures(one), of_others)
    row = get_object_or_404(KpiValue.objects.select_related("review"), review=found, key=kpi_key)
    try:
        record_kpi.confirm(row, seen=request.POST.get("seen", ""), by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Confirmed with your name."))
    return redirect("assessments:kpis", slug, review_id)


def _initial(line) -> dict:
    if line.row:
        return {**line.row.inputs, "source": line.row.source, "note": line.row.note}
    return {**line.found.figures, "source": line.found.source} if line.found else {}
