"""/o/<slug>/answer/<token>/: a learner answers a survey or a test on a phone, without signing in."""

import secrets
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from effectiveness.actions import answer_survey, run_test
from effectiveness.forms.knowledge import TestForm
from effectiveness.forms.survey import AnswerForm, too_many
from effectiveness.queries.answering import Personal, Shared, find, has_answered
from effectiveness.rules.answering import receipt_of_device, survey_state
from effectiveness.vocabulary import SessionState, SurveyState
from organizations import clock
from organizations.rate_limits import admit
from organizations.rules.rates import Rate

# A whole room sits behind one address: more than the largest session holds, from one place, through one link.
ANSWERS = Rate("answer", 600, 60)
WRONG_LINKS = Rate("answer-link", 60, 60)
COOKIE, SALT, LASTS = "answered", "trellis.answer", 180 * 24 * 3600
TESTS = ("pre", "post")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """What is open behind this link, one thing at a time; 404 where the link leads nowhere."""
    found, address = find(token), request.META.get("REMOTE_ADDR", "")
    if found is None:
        return _show(request, "missing", status=404) if admit(WRONG_LINKS, address) else _show(request, "held", status=429)
    part = _part(request, found)
    if part not in ("survey", *TESTS):
        return _show(request, part, found)
    if request.method == "POST" and not admit(ANSWERS, address, token):
        return _hold_back(request, part, found)
    return _survey(request, found) if part == "survey" else _test(request, found, part)


def _part(request: HttpRequest, found: Shared | Personal) -> str:
    """What the page is: a test to take, the survey, or words on why there is nothing to do."""
    if found.session.state == SessionState.CANCELLED:
        return "closed"
    if isinstance(found, Personal) and found.phase:
        return found.phase
    survey = found.survey
    if survey is None:
        return "nothing"
    if survey_state(survey.closes_on, survey.closed_at, _today(request)) == SurveyState.CLOSED:
        return "closed"
    if survey.by_person != isinstance(found, Personal):
        return "other_way" if isinstance(found, Shared) else "shared"
    return "survey"


def _survey(request: HttpRequest, found: Shared | Personal) -> HttpResponse:
    known = request.get_signed_cookie(COOKIE, default="", salt=SALT) or request.POST.get("device", "")[:40]
    device = known or secrets.token_urlsafe(16)
    receipt = found.receipt if isinstance(found, Personal) else receipt_of_device(found.survey.token, device)
    if request.method != "POST":
        if (known or isinstance(found, Personal)) and has_answered(found.survey, receipt):
            return _show(request, "thanks", found)
        return _remember(request, _show(request, "survey", found, form=AnswerForm(initial={"device": device})), device)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_survey.give(found.survey, receipt, **form.answer(), today=_today(request))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _remember(request, redirect(request.path), device)
    return _show(request, "survey", found, form=form, status=422)


def _test(request: HttpRequest, found: Personal, phase: str) -> HttpResponse:
    sent = request.method == "POST" and request.POST.get("part") == phase
    form = TestForm(request.POST if sent else None, questions=found.test.questions)
    if sent and form.is_valid():
        try:
            run_test.take(found.test, found.attendee, phase, form.chosen())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(request.path)
    return _show(request, phase, found, form=form, status=422 if form.errors else 200)


def _hold_back(request: HttpRequest, part: str, found: Shared | Personal) -> HttpResponse:
    """Not now; what was entered stays in the form."""
    form = AnswerForm(request.POST) if part == "survey" else TestForm(request.POST, questions=found.test.questions)
    form.full_clean()
    form.add_error(None, ValidationError(too_many(), code="too_many"))
    return _show(request, part, found, form=form, status=429)


def _show(request: HttpRequest, part: str, found: Shared | Personal | None = None, *, form=None, status: int = 200) -> HttpResponse:
    context = {
        "part": part,
        "session": found.session if found else None,
        "survey": found.survey if found else None,
        "is_personal": isinstance(found, Personal),
        "is_test": part in TESTS,
        "form": form,
    }
    response = render(request, "effectiveness/answer.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"  # nobody else learns the link; the form's own check needs it
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    if status == 429:
        response["Retry-After"] = str(ANSWERS.seconds)
    return response


def _remember(request: HttpRequest, response: HttpResponse, device: str) -> HttpResponse:
    """Give the device a number, drawn by lot, by which its second answer is known to be one."""
    response.set_signed_cookie(
        COOKIE, device, salt=SALT, max_age=LASTS, path=request.path, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _today(request: HttpRequest) -> date:
    return clock.now().astimezone(ZoneInfo(request.organization.time_zone)).date()
