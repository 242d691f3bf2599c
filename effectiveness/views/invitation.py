"""When and where a session is, for who is invited to it; they read nothing else of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from effectiveness.models import Attendee


@require_safe
def page(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """One's own invitation."""
    found = Attendee.objects.select_related("session__owner")
    attendee = get_object_or_404(found, session=session_id, member=request.member)
    return render(request, "effectiveness/invitation.html", {"attendee": attendee, "session": attendee.session})
