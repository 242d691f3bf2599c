"""The page of a business head: interview notes and figures to confirm, and what they confirmed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import clock
from programs.queries.business import business


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for this person's word, and what they have said."""
    return render(request, "programs/business.html", {"page": business(request.member.pk, clock.now(), timezone.localdate())})
