"""What trainees learned and released, for everybody in the organization."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.queries.lessons import LessonFilters, lessons


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Lessons to search, by kind of project and pillar."""
    filters = LessonFilters.read(request.GET.get("q", ""), request.GET.get("kind", ""), request.GET.get("pillar", ""))
    return render(request, "projects/lessons.html", {"shown": lessons(filters, request.GET.get("page", "1"))})
