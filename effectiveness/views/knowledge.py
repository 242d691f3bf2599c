"""The level-2 test of a session: its questions, its two phases, scores typed in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from effectiveness.actions import run_test
from effectiveness.forms.knowledge import ScoresForm, WriteTestForm
from effectiveness.models import KnowledgeTest, TestResult
from effectiveness.rules.knowledge import write_questions
from effectiveness.views import reached
from effectiveness.vocabulary import TestPhase


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Write the questions and open each phase."""
    session = reached.own(request, session_id)
    test = KnowledgeTest.objects.filter(session=session).first()
    first = {"questions": write_questions(test.questions), "pass_mark": test.pass_mark} if test else None
    form = WriteTestForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            run_test.write(session, **form.cleaned_data, by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The test is saved."))
            return redirect("effectiveness:test", slug, session_id)
    given = list(TestResult.objects.filter(attendee__session=session).values_list("phase", flat=True))
    context = {
        "session": session,
        "test": test,
        "phases": [(phase.value, phase.label, given.count(phase.value)) for phase in TestPhase],
        "people": session.attendees.count(),
        "links": session.attendees.exclude(link_hash="").count(),
        "form": form,
        "may_run": True,
    }
    return render(request, "effectiveness/test.html", context, status=422 if form.errors else 200)


@require_POST
def phase(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Open the test before or after the session for answers, or neither."""
    session = reached.own(request, session_id)
    wanted = request.POST.get("phase", "")
    try:
        run_test.open_phase(session, wanted if wanted in TestPhase.values else "", by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("effectiveness:test", slug, session_id)


@require_http_methods(["GET", "POST"])
def scores(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Type in scores of a test on paper."""
    session = reached.own(request, session_id)
    people = list(session.attendees.order_by("pk"))
    results = list(TestResult.objects.filter(attendee__session=session))
    form = ScoresForm(request.POST if request.method == "POST" else None, people=people, results=results)
    if form.is_valid():
        try:
            run_test.type_in(session, form.scores(), by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The scores are saved."))
            return redirect("effectiveness:report", slug, session_id)
    context = {"session": session, "form": form, "may_run": True}
    return render(request, "effectiveness/scores.html", context, status=422 if form.errors else 200)
