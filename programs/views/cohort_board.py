"""The cohort board: where everybody stands, at one look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.queries.cohort_board import cohort_board
from programs.queries.cohort_page import Filters, figures, standings
from programs.views.cohort import running_or_403


@require_safe
def page(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Trainees × tasks, worst first; for those who run the cohort."""
    cohort, today = running_or_403(request, cohort_id), timezone.localdate()
    found = standings(cohort, today)
    filters = Filters.read(request.GET.get("q", ""), request.GET.get("matter", ""))
    board = cohort_board(cohort, found, filters, request.GET.get("phase", ""), request.GET.get("page", "1"), today)
    context = {"cohort": cohort, "figures": figures(found), "filters": filters, "board": board, "everybody": len(found)}
    return render(request, "programs/cohort_board.html", context)
