"""Opening the survey of a session: until when, its link and QR code, personal links."""

import segno
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from effectiveness.actions import open_survey
from effectiveness.forms.survey import OpenSurveyForm
from effectiveness.models import Survey, TrainingSession
from effectiveness.rules.answering import survey_state
from effectiveness.views import reached
from effectiveness.vocabulary import SurveyState


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Open it, give it another last day, or open it again."""
    session = reached.own(request, session_id)
    today = timezone.localdate()
    survey = Survey.objects.filter(session=session).first()
    first = {"closes_on": survey.closes_on, "by_person": "1" if survey.by_person else ""} if survey else {"closes_on": today}
    form = OpenSurveyForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            open_survey.open_survey(session, **form.facts(), by=request.member, today=today)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The survey takes answers now."))
            return redirect("effectiveness:survey", slug, session_id)
    is_open = survey is not None and survey_state(survey.closes_on, survey.closed_at, today) == SurveyState.OPEN
    address = _address(slug, survey.token) if survey else ""
    context = {
        "session": session,
        "survey": survey,
        "is_open": is_open,
        "address": address,
        "qr": _qr(address) if is_open and not survey.by_person else "",
        "answers": survey.answers.count() if survey else 0,
        "links": session.attendees.exclude(link_hash="").count(),
        "people": session.attendees.count(),
        "form": form,
        "may_run": True,
    }
    return render(request, "effectiveness/survey.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Take no more answers."""
    session = reached.own(request, session_id)
    try:
        open_survey.close_survey(session, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("effectiveness:report", slug, session_id)


@require_POST
def links(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """New personal links, shown this once."""
    session = reached.own(request, session_id)
    try:
        issued = open_survey.make_links(session, anew="anew" in request.POST, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("effectiveness:survey", slug, session_id)
    return render(request, "effectiveness/links.html", _links(slug, session, issued))


def _links(slug: str, session: TrainingSession, issued) -> dict:
    rows = [(attendee, _address(slug, token)) for attendee, token in issued]
    return {"session": session, "rows": [(attendee, address, _qr(address)) for attendee, address in rows], "may_run": True}


def _address(slug: str, token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('effectiveness:answer', args=[slug, token])}"


def _qr(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S308  drawn by segno, holds no text
