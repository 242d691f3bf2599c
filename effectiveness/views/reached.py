"""What the pages of one session share: which session, and whether the reader runs it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from effectiveness.models import TrainingSession
from effectiveness.policies.sessions import may_run


def readable(request: HttpRequest, session_id: int) -> TrainingSession:
    """A session this person reads, with owner and observer; 404 for any other."""
    return get_object_or_404(TrainingSession.objects.visible_to(request.member).select_related("owner", "observer"), pk=session_id)


def own(request: HttpRequest, session_id: int) -> TrainingSession:
    """A session this person runs.

    Raises:
        PermissionDenied: they read it and someone else runs it; the words name who.
    """
    session = readable(request, session_id)
    if not may_run(request.member, session):
        raise PermissionDenied(_("%(name)s planned this session and runs it.") % {"name": session.owner.name})
    return session
