from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from effectiveness.rules import attendance
from effectiveness.vocabulary import THERE, Presence, SessionState
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import OrganizationRole, SubjectKind
from programs.models import Enrollment
from programs.models.readable import enrollment_filter

MOST_PEOPLE = 500
LONGEST_MINUTES = 8 * 60


class TrainingSessionQuerySet(models.QuerySet):
    """Filters over sessions."""

    def visible_to(self, member: Member) -> "TrainingSessionQuerySet":
        """Sessions this person reads: their own, those they observe, those of trainees whose work they read, all as HR director."""
        if member.has_role(OrganizationRole.HR_DIRECTOR):
            return self
        return self.filter(Q(owner=member) | Q(observer=member) | enrollment_filter(member, "enrollment__"))


class TrainingSession(TenantModel):
    """One training event that a person plans and runs: a trainee's D8, a session of a practice project, or any other."""

    subject_kind = SubjectKind.SESSION
    owner = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="training_sessions")
    # The owner's programme when they planned it: those who read that programme read the session.
    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, null=True, blank=True, related_name="training_sessions")
    # What it belongs to: a task, a deliverable, or a practice project of an app above this one.
    about_kind = models.CharField(max_length=20, choices=SubjectKind, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(_("topic"), max_length=120)
    aims = models.TextField(_("aims"), max_length=2000)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(5), MaxValueValidator(LONGEST_MINUTES)]
    )
    place = models.CharField(pgettext_lazy("where a session is held", "place"), max_length=160, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=10, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)])
    observer = TenantForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="observed_sessions", verbose_name=_("observer")
    )
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    created_at = models.DateTimeField(default=clock.now, db_default=Now())

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="session_state_known", condition=Q(state__in=SessionState.values)),
            models.CheckConstraint(
                name="session_about_whole",
                condition=Q(about_kind="", about_id__isnull=True) | (~Q(about_kind="") & Q(about_id__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["organization", "owner", "-starts_at"], name="session_by_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def said_state(self) -> SessionState:
        """Where it stands, with its word."""
        return SessionState(self.state)


class Attendee(TenantModel):
    """Someone invited to a session: a member, or a name and department of a person outside the system."""

    session = TenantForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendees")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions_attended")
    name = models.CharField(max_length=80)
    department = models.CharField(max_length=120, blank=True)
    came = models.CharField(max_length=10, choices=Presence, blank=True)  # empty: not written down yet
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    link_hash = models.CharField(max_length=64, blank=True)  # of the personal link; the link itself is kept nowhere

    class Meta:
        constraints = [
            models.CheckConstraint(name="attendee_came_known", condition=Q(came__in=["", *Presence.values])),
            models.CheckConstraint(name="attendee_minutes_of_who_came", condition=Q(minutes__isnull=True) | Q(came__in=sorted(THERE))),
            models.UniqueConstraint(
                name="attendee_member_once", fields=["organization", "session", "member"], condition=Q(member__isnull=False)
            ),
            models.UniqueConstraint(name="attendee_link_once", fields=["organization", "link_hash"], condition=~Q(link_hash="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def was_there(self) -> bool:
        """Whether they came, in the room or online."""
        return self.came in THERE

    def share_of(self, planned: int) -> int | None:
        """Percent of the planned minutes they were there."""
        return attendance.share(self.minutes, planned)

    def stayed(self, planned: int) -> bool:
        """Whether they were there long enough to count as having attended."""
        return self.was_there and attendance.stayed(self.minutes, planned)
