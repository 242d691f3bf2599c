from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models import Enrollment, ProjectKind, SupportRole, TaskWork
from programs.models.readable import enrollment_filter
from programs.queries.stood_in_for import stood_in_for
from programs.vocabulary import Role
from projects.vocabulary import ProjectState


class PracticeProjectQuerySet(models.QuerySet):
    """Filters over practice projects."""

    def visible_to(self, member: Member) -> "PracticeProjectQuerySet":
        """Projects of trainees whose programme this person reads, and those that they sponsor or are asked to."""
        return self.filter(self._own(member))

    def open_to(self, member: Member, today: date) -> "PracticeProjectQuerySet":
        """The same, and those at whose gates they act today for someone who is away."""
        absent = stood_in_for(member.pk, today)
        reviewed = SupportRole.objects.filter(
            enrollment=OuterRef("enrollment_id"), member__in=absent, role__in=[Role.MENTOR, Role.HRBP], ended_at__isnull=True
        )
        return self.filter(self._own(member) | Q(sponsor__in=absent, accepted_at__isnull=False) | Q(Exists(reviewed)))

    def _own(self, member: Member) -> Q:
        readable = Enrollment.objects.filter(enrollment_filter(member), pk=OuterRef("enrollment_id"))
        return Q(Exists(readable)) | Q(sponsor=member)

    def running(self) -> "PracticeProjectQuerySet":
        """Projects that are neither closed nor stopped."""
        return self.filter(state__in=[ProjectState.PLANNING, ProjectState.RUNNING])


class PracticeProject(TenantModel):
    """The project that a trainee leads in PH3. Its kind says what is measured, planned and handed in."""

    subject_kind = SubjectKind.PROJECT
    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="projects")
    work = TenantForeignKey(TaskWork, on_delete=models.PROTECT, related_name="projects")
    kind = TenantForeignKey(ProjectKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind"))
    name = models.CharField(_("name of the project"), max_length=120)
    problem = models.TextField(_("problem it solves"), max_length=2000, blank=True)
    people_in_scope = models.PositiveIntegerField(
        _("people in scope"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )
    whole_unit = models.CharField(_("business unit wholly in scope"), max_length=120, blank=True)
    sponsor = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sponsor"))
    accepted_at = models.DateTimeField(null=True, blank=True)  # by this sponsor; the answers themselves are SponsorAnswer
    state = models.CharField(_("state"), max_length=10, choices=ProjectState, default=ProjectState.PLANNING)
    start_on = models.DateField()  # the day from which offsets of gates and milestones count
    last_session_on = models.DateField(_("last session"), null=True, blank=True)
    figures_owner = TenantForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who delivers the final figures")
    )
    created_at = models.DateTimeField(default=clock.now, db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PracticeProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="project_state_known", condition=Q(state__in=ProjectState.values)),
            models.UniqueConstraint(
                name="project_one_running",
                fields=["organization", "work"],
                condition=~Q(state="stopped"),
                violation_error_message=_("A project has already been chosen for this task."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_led_by(self, member: Member) -> bool:
        """Whether this person is the trainee whose project it is."""
        return self.enrollment.trainee_id == member.pk

    @property
    def is_over(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.state in (ProjectState.CLOSED, ProjectState.STOPPED)


class SponsorAnswer(TenantModel):
    """What someone answered who was asked to sponsor a project: by name, and with a reason where it is no; append-only."""

    project = TenantForeignKey(PracticeProject, on_delete=models.PROTECT, related_name="sponsor_answers")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    note = models.TextField(_("note"), max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    def __str__(self) -> str:
        return f"{self.member_id} {self.accepted}"
