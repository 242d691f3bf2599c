"""A session in figures, and carrying them into one's own draft."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from effectiveness.policies.sessions import may_read_scores, may_run
from effectiveness.queries.draft_target import draft_target
from effectiveness.queries.report import report
from effectiveness.queries.session_answers import EVALUATION, RECORD, answers
from effectiveness.views import reached
from effectiveness.views.carrying import Origin, carry_page


@require_safe
def page(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Attendance, reaction and learning, for all who read the session; each learner's own score for who ran it."""
    session = reached.readable(request, session_id)
    found = report(session, timezone.localdate(), with_scores=may_read_scores(request.member, session))
    return render(request, "effectiveness/report.html", {"session": session, "report": found, "may_run": may_run(request.member, session)})


@require_http_methods(["GET", "POST"])
def carry_on(request: HttpRequest, slug: str, session_id: int, deliverable: str) -> HttpResponse:
    """Into one's own draft of D8 or D9."""
    if deliverable not in (RECORD, EVALUATION):
        raise Http404
    session = reached.own(request, session_id)
    target = draft_target(request.member, deliverable)
    told = answers(deliverable, report(session, timezone.localdate(), with_scores=True)) if target else {}
    origin = Origin(
        name=session.title,
        page=reverse("effectiveness:report", args=[slug, session_id]),
        above=(_("Training toolkit"), reverse("effectiveness:toolkit", args=[slug])),
        nothing=_("Close the survey and save scores first."),
    )
    return carry_page(request, origin, deliverable, target, told)
