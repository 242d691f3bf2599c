"""One session: plan it, read it, change it, call it off, invite people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from effectiveness.actions import plan_session, record_attendance
from effectiveness.forms.session import InviteForm, SessionForm
from effectiveness.models import Attendee, TrainingSession
from effectiveness.policies.sessions import may_run
from effectiveness.queries.toolkit import work_of, works_for_sessions
from effectiveness.views import reached
from programs.queries.directory import NOBODY, everybody


@require_safe
def page(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """When and where, its aims, who is invited and who came."""
    return _show(request, reached.readable(request, session_id), InviteForm(directory=NOBODY))


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A new session of one's own."""
    form = SessionForm(request.POST if request.method == "POST" else None, works=works_for_sessions(request.member))
    if form.is_valid():
        try:
            session = plan_session.plan(by=request.member, **form.facts())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The session is planned. Now put people on the list."))
            return redirect("effectiveness:session", slug, session.pk)
    return render(request, "effectiveness/session_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Other words, another time or place."""
    session = reached.own(request, session_id)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=session, works=works_for_sessions(request.member))
    title = session.title  # a form that is refused has written over it
    if form.is_valid():
        try:
            plan_session.change(session, by=request.member, **form.facts())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The session is changed."))
            return redirect("effectiveness:session", slug, session_id)
    context = {"form": form, "session": session, "title": title}
    return render(request, "effectiveness/session_form.html", context, status=422 if form.errors else 200)


@require_POST
def cancel(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Call it off."""
    session = reached.own(request, session_id)
    try:
        plan_session.cancel(session, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The session is called off. Its links take no answers any more."))
    return redirect("effectiveness:session", slug, session_id)


@require_POST
def invite(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Put people on the list."""
    session = reached.own(request, session_id)
    form = InviteForm(request.POST, directory=everybody())
    if form.is_valid():
        try:
            new = record_attendance.invite(session, form.cleaned_data["people"], by=request.member)
        except ValidationError as refusal:
            form.add_error("people", refusal)
        else:
            said = ngettext("%(n)s person is on the list now.", "%(n)s people are on the list now.", len(new)) % {"n": len(new)}
            messages.success(request, said if new else _("All of them were on the list already."))
            return redirect("effectiveness:session", slug, session_id)
    return _show(request, session, form)


@require_POST
def uninvite(request: HttpRequest, slug: str, session_id: int, attendee_id: int) -> HttpResponse:
    """Take someone off the list."""
    session = reached.own(request, session_id)
    attendee = get_object_or_404(Attendee.objects.select_related("session"), pk=attendee_id, session=session)
    try:
        record_attendance.uninvite(attendee, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("effectiveness:session", slug, session_id)


def _show(request: HttpRequest, session: TrainingSession, form: InviteForm) -> HttpResponse:
    people = list(session.attendees.order_by("pk"))
    context = {
        "session": session,
        "work": work_of(session),
        "people": [(one, one.share_of(session.minutes), one.stayed(session.minutes)) for one in people],
        "there": sum(one.was_there for one in people),
        "free": max(session.seats - len(people), 0),
        "may_run": may_run(request.member, session),
        "form": form,
    }
    return render(request, "effectiveness/session.html", context, status=422 if form.errors else 200)
