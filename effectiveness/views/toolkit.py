"""The training toolkit: where one's sessions and the other tools of a training manager begin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from effectiveness.queries.toolkit import sessions_of


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Sessions that one plans, observes or reads. Everybody may open it: any member may run a session."""
    return render(request, "effectiveness/toolkit.html", {"sessions": sessions_of(request.member, request.GET.get("page", 1))})
