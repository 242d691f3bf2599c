"""What the pages of mentoring begin with: which pairing, and whether this person may be here."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from mentorship.actions.follow_relations import keep_in_step
from mentorship.models import Meeting, Pairing
from mentorship.policies import may_read_talks
from mentorship.queries.meeting_page import meeting_for
from mentorship.queries.pairing_page import pairing_for
from programs.models import Enrollment


def pairing_or_404(request: HttpRequest, pk: int) -> Pairing:
    """A pairing that this person may look at, in step with who is named as mentor."""
    pairing = pairing_for(request.member, pk)
    if pairing is not None and keep_in_step(Enrollment.objects.filter(pk=pairing.enrollment_id)):
        pairing = pairing_for(request.member, pk)
    if pairing is None:
        raise Http404
    return pairing


def own_pairing(request: HttpRequest, pk: int) -> Pairing:
    """A pairing of one's own; who only looks after it is told whose it is."""
    pairing = pairing_or_404(request, pk)
    if not may_read_talks(request.member, pairing):
        refuse(pairing)
    return pairing


def own_meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting of one's own."""
    meeting = meeting_for(pk)
    if meeting is None:
        raise Http404
    if not may_read_talks(request.member, meeting.pairing):
        if not Pairing.objects.visible_to(request.member).filter(pk=meeting.pairing_id).exists():
            raise Http404
        refuse(meeting.pairing)
    return meeting


def refuse(pairing: Pairing) -> None:
    """Say whose it is.

    Raises:
        PermissionDenied: always.
    """
    words = {"trainee": pairing.enrollment.trainee.name, "mentor": pairing.mentor.name}
    raise PermissionDenied(_("What %(trainee)s and %(mentor)s talk about is theirs alone. Ask one of them.") % words)
