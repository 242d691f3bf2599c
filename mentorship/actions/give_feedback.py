"""Say after a meeting how it was, to each other."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentorship import paths
from mentorship.actions.running_pairing import label, locked, names
from mentorship.models import Meeting, MeetingFeedback
from mentorship.policies import may_read_talks, side_of
from mentorship.vocabulary import MeetingState, Notice
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.vocabulary import Role


@transaction.atomic
def give(meeting: Meeting, *, rating: int | None, words: str, needs_a_change: bool, by: Member) -> MeetingFeedback:
    """The trainee rates the meeting 1-5 and may add words; the mentor writes words. It stays as it is given.

    Where something must change the cohort manager is told, not by whom. The trail holds that feedback was given, not what.

    Raises:
        PermissionDenied: `by` is neither of the two.
        ValidationError: "not_held"; "already_given"; "rating_required" of the trainee, "words_required" of the mentor.
    """
    pairing = locked(meeting.pairing)
    if not may_read_talks(by, pairing):
        raise PermissionDenied(_("Only mentor and trainee do this."))
    meeting = Meeting.objects.get(pk=meeting.pk)
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("Feedback comes after the meeting: first say that it took place."), code="not_held")
    role = side_of(by, pairing)
    if role == Role.TRAINEE and rating not in range(1, 6):
        raise ValidationError({"rating": ValidationError(_("Choose one of the five."), code="rating_required")})
    if role == Role.MENTOR and not words.strip():
        raise ValidationError({"words": ValidationError(_("Write something first."), code="words_required")})
    facts = {"rating": rating if role == Role.TRAINEE else None, "words": words.strip(), "needs_a_change": needs_a_change}
    try:
        with transaction.atomic():
            given = MeetingFeedback.objects.create(meeting=meeting, author=by, role=role, **facts)
    except IntegrityError:
        raise ValidationError(_("You have already given feedback on this meeting."), code="already_given") from None
    record(AuditAction.FEEDBACK_GIVEN, meeting, by=by, label=label(pairing))
    manager = pairing.enrollment.cohort.manager
    if needs_a_change and manager:
        path = paths.pairing(pairing.pk)
        notify(manager, Notice.CHANGE_WANTED, about=pairing, path=path, words=names(pairing), key=f"feedback:{given.pk}")
    return given
