"""Writing down who came to a session, on a phone in the room."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from effectiveness.actions import record_attendance
from effectiveness.forms.attendance import AttendanceForm
from effectiveness.views import reached


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """The whole list, sent at once."""
    session = reached.own(request, session_id)
    people = list(session.attendees.order_by("pk"))
    form = AttendanceForm(request.POST if request.method == "POST" else None, people=people, planned=session.minutes)
    if form.is_valid():
        try:
            record_attendance.write_down(session, form.seen(), by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Attendance is written down."))
            return redirect("effectiveness:session", slug, session_id)
    context = {"session": session, "form": form, "may_run": True}
    return render(request, "effectiveness/attendance.html", context, status=422 if form.errors else 200)
