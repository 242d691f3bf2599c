"""Write something about a meeting for oneself alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.models import Meeting, PrivateNote
from mentorship.policies import may_read_talks
from organizations import clock
from organizations.models import Member


@transaction.atomic
def keep(meeting: Meeting, body: str, *, by: Member) -> None:
    """Keep one's own note; an empty one is no note. Nobody is told and no trail is left: it is nobody else's business.

    Raises:
        PermissionDenied: `by` is neither of the two.
    """
    if not may_read_talks(by, meeting.pairing):
        raise PermissionDenied(_("Only mentor and trainee do this."))
    if body.strip():
        PrivateNote.objects.update_or_create(meeting=meeting, author=by, defaults={"body": body.strip(), "saved_at": clock.now()})
    else:
        PrivateNote.objects.of(by).filter(meeting=meeting).delete()
