from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mentorship.models.pairing import Pairing
from mentorship.rules.meeting_rhythm import LONGEST_MINUTES, SHORTEST_MINUTES
from mentorship.vocabulary import MeetingState
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.vocabulary import Role

SIDES = [(Role.TRAINEE.value, Role.TRAINEE.label), (Role.MENTOR.value, Role.MENTOR.label)]


class Meeting(TenantModel):
    """One meeting of mentor and trainee. Agenda and notes are read by the two alone; others see dates and counts.

    `revision` counts every change: a save names the revision it read, and a calendar knows the newer file by it.
    """

    subject_kind = SubjectKind.MEETING
    pairing = TenantForeignKey(Pairing, on_delete=models.PROTECT, related_name="meetings")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    notes = models.TextField(_("shared notes"), max_length=10000, blank=True)
    reason = models.TextField(_("reason"), max_length=500, blank=True)  # why it was cancelled
    revision = models.PositiveIntegerField(default=1)
    code = models.CharField(max_length=32)  # what a calendar knows it by; says nothing of its number
    planned_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=clock.now, db_default=Now())
    closed_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)  # when it was said to be held, or cancelled

    class Meta:
        constraints = [
            models.CheckConstraint(name="meeting_state_known", condition=Q(state__in=MeetingState.values)),
            models.CheckConstraint(name="meeting_closed_says_when", condition=Q(state="planned", closed_at=None) | ~Q(state="planned")),
            models.CheckConstraint(
                name="meeting_minutes_in_range", condition=Q(minutes__gte=SHORTEST_MINUTES, minutes__lte=LONGEST_MINUTES)
            ),
            models.UniqueConstraint(
                name="meeting_once_at_a_time",
                fields=["organization", "pairing", "starts_at"],
                condition=Q(state="planned"),
                violation_error_message=_("A meeting is already planned for this time."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "pairing", "state", "starts_at"], name="meeting_by_pairing")]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.state}"


class ActionItem(TenantModel):
    """What one of the two does until when, as agreed in a meeting."""

    meeting = TenantForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("what"), max_length=300)
    owner = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    due_on = models.DateField(_("until"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="action_item_position_once", fields=["organization", "meeting", "position"])]

    def __str__(self) -> str:
        return self.text


class PrivateNoteQuerySet(models.QuerySet):
    """The only door to private notes."""

    def of(self, author: Member) -> "PrivateNoteQuerySet":
        """One's own notes. There is no reading anybody else's, whatever role one holds."""
        return self.filter(author=author)


class PrivateNote(TenantModel):
    """What one of the two writes for themselves about a meeting. Read by its author alone: no subject of audit, search or print."""

    meeting = TenantForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    author = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("private note"), max_length=10000)
    saved_at = models.DateTimeField(default=clock.now, db_default=Now())

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="private_note_once", fields=["organization", "meeting", "author"])]

    def __str__(self) -> str:
        return str(self.pk)


class MeetingFeedback(TenantModel):
    """What one of the two says about the other after a meeting, append-only.

    The trainee also rates the meeting 1-5; the mentor sees ratings only as a mean, from three different trainees on.
    `needs_a_change`: something must be different from now on (success factor SF5); whose word it is stays between them.
    """

    meeting = TenantForeignKey(Meeting, on_delete=models.PROTECT, related_name="feedback")
    author = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=SIDES)  # as whom they speak
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    words = models.TextField(_("words"), max_length=2000, blank=True)
    needs_a_change = models.BooleanField(_("something needs to change"), default=False)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="meeting_feedback_once",
                fields=["organization", "meeting", "role"],
                violation_error_message=_("You have already given feedback on this meeting."),
            ),
            models.CheckConstraint(
                name="meeting_rating_by_the_trainee",
                condition=Q(role="trainee", rating__gte=1, rating__lte=5) | Q(role="mentor", rating__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.role}"
