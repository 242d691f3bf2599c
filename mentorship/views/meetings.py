"""My mentoring: my mentor, my trainees, the cohorts I run."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentorship.actions.follow_relations import keep_in_step, of_person
from mentorship.policies import may_approve_mentors
from mentorship.queries.my_mentoring import my_mentoring
from organizations import clock


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Next meetings, requests to answer, whose rhythm has broken."""
    keep_in_step(of_person(request.member))
    today = timezone.localdate()
    shown = my_mentoring(request.member, clock.now(), today)
    context = {"shown": shown, "today": today, "may_approve": may_approve_mentors(request.member)}
    return render(request, "mentorship/meetings.html", context)
