"""The search: one field, opened by the key /."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from home.policies import search_scope
from home.queries.matching import typed
from home.queries.search import search
from home.queries.standing import standing


@require_safe
@vary_on_headers("HX-Request")
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What is found by the words, as far as this person may come across it; a fragment while one types."""
    today = timezone.localdate()
    request.standing = who = standing(request.member, today)
    scope = search_scope(request.member, who)
    found = search(request.member, typed(request.GET.get("q", "")), scope, today)
    template = "home/_found.html" if request.htmx else "home/search.html"
    return render(request, template, {"found": found, "scope": scope})
