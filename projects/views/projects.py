"""The practice projects one sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.queries.project_list import ProjectFilters, project_list
from projects.vocabulary import ProjectState


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """My own, those that I review, and for the HR director all; to filter by kind and state."""
    filters = ProjectFilters.read(request.GET.get("state", ""), request.GET.get("kind", ""))
    shown = project_list(request.member, timezone.localdate(), filters, request.GET.get("page", "1"))
    return render(request, "projects/projects.html", {"shown": shown, "states": ProjectState})
