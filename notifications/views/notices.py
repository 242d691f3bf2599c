"""What one has been told, newest first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from notifications import policies
from notifications.actions import read_notices
from notifications.models import Notification
from notifications.queries.notices import notices


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Twenty notices of one's own."""
    return render(request, "notifications/notices.html", {"notices": notices(request.member, request.GET.get("page", 1))})


@require_POST
def open_notice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mark one as read and go to what it is about."""
    notice = get_object_or_404(Notification, pk=pk)
    if not policies.may_read_notice(request.member, notice):
        raise Http404
    read_notices.read(notice, by=request.member)
    return redirect(f"/o/{slug}/{notice.path}")


@require_POST
def read_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark all as read."""
    read = read_notices.read_all(by=request.member)
    if read:
        messages.success(request, ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", read) % {"n": read})
    return redirect("notifications:notices", slug)
