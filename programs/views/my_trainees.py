"""The trainees a person supports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.queries.my_trainees import Filters, counts_of, trainees_of


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody whose mentor, line manager, HRBP or training manager one is, worst first."""
    filters = Filters.read(request.GET.get("role", ""), request.GET.get("when", ""))
    counts = counts_of(request.member)
    trainees = trainees_of(request.member, counts, filters, timezone.localdate(), request.GET.get("page", 1))
    context = {
        "filters": filters,
        "counts": counts,
        "relations": counts.by_role(filters),
        "trainees": trainees,
        "worst": trainees[0] if trainees and trainees.number == 1 and not filters.is_ended else None,
    }
    return render(request, "programs/my_trainees.html", context)
