from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import CalendarKind, SubjectKind
from programs.models.design import Phase
from programs.models.readable import ReadableByQuerySet
from programs.models.template import TemplateVersion
from programs.vocabulary import CohortState, EnrollmentState, PhaseState, Role


class Cohort(TenantModel):
    """People who start one published version together. The cohort manager (班主任) runs it from day to day."""

    subject_kind = SubjectKind.COHORT
    version = TenantForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("template"))
    name = models.CharField(_("name"), max_length=120)
    start_on = models.DateField(_("starts on"))
    calendar = models.CharField(_("working calendar"), max_length=10, choices=CalendarKind)
    manager = TenantForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="managed_cohorts", verbose_name=_("cohort manager")
    )
    sponsor = TenantForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="sponsored_cohorts", verbose_name=_("sponsor")
    )
    state = models.CharField(max_length=10, choices=CohortState, default=CohortState.PLANNED)
    opened_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="cohort_state_known", condition=Q(state__in=CohortState.values)),
            models.UniqueConstraint(
                name="cohort_name_once", fields=["organization", "name"], violation_error_message=_("Another cohort has this name.")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CohortDeputy(TenantModel):
    """Stands in for the cohort manager, with the same rights over this cohort."""

    cohort = TenantForeignKey(Cohort, on_delete=models.CASCADE, related_name="deputies")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="deputy_of")

    class Meta:
        constraints = [models.UniqueConstraint(name="cohort_deputy_once", fields=["organization", "cohort", "member"])]

    def __str__(self) -> str:
        return str(self.member_id)


class EnrollmentQuerySet(ReadableByQuerySet):
    """Filters over enrollments."""


class Enrollment(TenantModel):
    """One trainee's way through one cohort's programme."""

    subject_kind = SubjectKind.ENROLLMENT
    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrollments")
    trainee = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="enrollments")
    state = models.CharField(max_length=10, choices=EnrollmentState, default=EnrollmentState.ACTIVE)
    start_on = models.DateField()
    enrolled_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    enrolled_at = models.DateTimeField(default=clock.now, db_default=Now())
    decided_at = models.DateTimeField(null=True, blank=True)  # of the first certification decision, written by assessments
    ended_at = models.DateTimeField(null=True, blank=True)  # completed or withdrawn

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="enrollment_state_known", condition=Q(state__in=EnrollmentState.values)),
            models.UniqueConstraint(
                name="enrollment_once_per_cohort",
                fields=["organization", "cohort", "trainee"],
                violation_error_message=_("This person is already in the cohort."),
            ),
            models.UniqueConstraint(
                name="enrollment_one_running",
                fields=["organization", "trainee"],
                condition=Q(state__in=["active", "paused"]),
                violation_error_message=_("This person is already in a running program."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.trainee)


class SupportRole(TenantModel):
    """Who is what to a trainee: the only answer to "who signs as mentor?". A relation that ended keeps its row."""

    enrollment = TenantForeignKey(Enrollment, on_delete=models.CASCADE, related_name="support_roles")
    role = models.CharField(max_length=20, choices=Role)
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="supports")
    since = models.DateTimeField(default=clock.now, db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="support_role_once", fields=["organization", "enrollment", "role", "member"], condition=Q(ended_at__isnull=True)
            )
        ]
        indexes = [models.Index(fields=["organization", "member", "role"], name="support_role_of", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.role} {self.member_id}"


class PhaseProgress(TenantModel):
    """One phase of one enrollment: planned and actual days, and whether it is open."""

    subject_kind = SubjectKind.PHASE
    enrollment = TenantForeignKey(Enrollment, on_delete=models.CASCADE, related_name="phases")
    phase = TenantForeignKey(Phase, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PhaseState, default=PhaseState.LOCKED)
    planned_start_on = models.DateField()
    planned_end_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="phase_progress_state_known", condition=Q(state__in=PhaseState.values)),
            models.UniqueConstraint(name="phase_progress_once", fields=["organization", "enrollment", "phase"]),
        ]

    def __str__(self) -> str:
        return f"{self.phase_id} {self.state}"
