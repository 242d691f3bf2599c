"""One meeting, for the two who have it."""

from dataclasses import dataclass
from datetime import datetime

from mentorship.models import ActionItem, Meeting, MeetingFeedback, PrivateNote
from mentorship.vocabulary import MeetingState
from organizations.models import Member
from programs.vocabulary import Role


@dataclass(frozen=True)
class MeetingPage:
    """All that the page shows to this reader. What the trainee said about the mentor is in nobody's page."""

    meeting: Meeting
    items: list[ActionItem]
    before: list[ActionItem]
    private_note: PrivateNote | None
    given: MeetingFeedback | None
    from_mentor: MeetingFeedback | None
    now: datetime

    @property
    def has_begun(self) -> bool:
        return self.meeting.starts_at <= self.now

    @property
    def is_planned(self) -> bool:
        return self.meeting.state == MeetingState.PLANNED

    @property
    def is_held(self) -> bool:
        return self.meeting.state == MeetingState.HELD


def meeting_for(pk: int) -> Meeting | None:
    """A meeting with its pairing; who may read it the view asks."""
    meetings = Meeting.objects.select_related(
        "pairing__mentor", "pairing__enrollment__trainee", "pairing__enrollment__cohort__manager", "closed_by"
    )
    return meetings.filter(pk=pk).first()


def meeting_page(meeting: Meeting, reader: Member, now: datetime) -> MeetingPage:
    """The page of one meeting as one of the two reads it; four queries."""
    own = list(ActionItem.objects.filter(meeting=meeting).select_related("owner").order_by("position"))
    before = ActionItem.objects.filter(meeting__pairing=meeting.pairing_id, meeting__starts_at__lt=meeting.starts_at, done_at__isnull=True)
    feedback = {one.role: one for one in MeetingFeedback.objects.filter(meeting=meeting)}
    side = Role.MENTOR if reader.pk == meeting.pairing.mentor_id else Role.TRAINEE
    return MeetingPage(
        meeting=meeting,
        items=own,
        before=list(before.select_related("owner").order_by("due_on", "pk")),
        private_note=PrivateNote.objects.of(reader).filter(meeting=meeting).first(),
        given=feedback.get(side),
        from_mentor=feedback.get(Role.MENTOR) if side == Role.TRAINEE else None,
        now=now,
    )
