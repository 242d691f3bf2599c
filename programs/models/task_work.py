from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models.design import CheckDefinition, DeliverableKind, TaskDefinition
from programs.models.enrollment import Enrollment, SupportRole
from programs.models.readable import ReadableByQuerySet
from programs.vocabulary import DeliverableState, LearningMethod, Role, TaskState


class TaskWorkQuerySet(ReadableByQuerySet):
    """Filters over work on tasks."""

    path_to_enrollment = "enrollment__"

    def led_as_projects(self) -> "TaskWorkQuerySet":
        """Tasks that are a practice project to choose and lead; one with deliverables of its own (D17's pilot) is none."""
        return self.filter(task__method=LearningMethod.PROJECT, task__deliverable_kinds__isnull=True)


class DeliverableQuerySet(ReadableByQuerySet):
    """Filters over deliverables; private ones are read by the trainee and those who sign them."""

    path_to_enrollment = "work__enrollment__"

    def visible_to(self, member: Member) -> "DeliverableQuerySet":
        """Deliverables this person reads; a private one (D19) only as its trainee or their mentor."""
        mentors = SupportRole.objects.filter(
            enrollment=OuterRef("work__enrollment_id"), member=member, role=Role.MENTOR, ended_at__isnull=True
        )
        return super().visible_to(member).filter(Q(kind__private=False) | Q(work__enrollment__trainee=member) | Exists(mentors))


class TaskWork(TenantModel):
    """One trainee's work on one task; PH4's and PH5's tasks come again as further occurrences."""

    subject_kind = SubjectKind.TASK_WORK
    enrollment = TenantForeignKey(Enrollment, on_delete=models.CASCADE, related_name="work")
    task = TenantForeignKey(TaskDefinition, on_delete=models.PROTECT, related_name="work")
    occurrence = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=TaskState, default=TaskState.LOCKED)
    planned_start_on = models.DateField(_("planned start"))
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # approved or waived
    note = models.TextField(_("what I did and what I take from it"), blank=True)  # of an activity, which has no deliverable

    objects = TaskWorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_work_state_known", condition=Q(state__in=TaskState.values)),
            models.CheckConstraint(name="task_work_due_after_start", condition=Q(due_on__gte=models.F("planned_start_on"))),
            models.UniqueConstraint(name="task_work_once", fields=["organization", "enrollment", "task", "occurrence"]),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due_on"],
                name="task_work_open_by_due",
                condition=Q(state__in=["open", "in_progress", "submitted", "in_review", "returned"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


class Deliverable(TenantModel):
    """One thing to hand in for a task: one per kind, several where the kind repeats (`label` says which: the interviewee)."""

    subject_kind = SubjectKind.DELIVERABLE
    work = TenantForeignKey(TaskWork, on_delete=models.CASCADE, related_name="deliverables")
    kind = TenantForeignKey(DeliverableKind, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(_("label"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)  # of a practice project's; any other is due with its task
    ended_at = models.DateTimeField(null=True, blank=True)  # its practice project was stopped: still read, no longer asked for
    state = models.CharField(max_length=12, choices=DeliverableState, default=DeliverableState.OPEN)
    last_number = models.PositiveSmallIntegerField(default=0)  # of its newest submission
    changed_at = models.DateTimeField(default=clock.now, db_default=Now())

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="deliverable_state_known", condition=Q(state__in=DeliverableState.values)),
            models.UniqueConstraint(name="deliverable_number_once", fields=["organization", "work", "kind", "number"]),
        ]

    def __str__(self) -> str:
        return self.label or str(self.kind_id)

    @cached_property
    def asked(self) -> DeliverableKind:
        """Its kind as it is asked here: where the kind has stages, that of this number alone."""
        return self.kind.at(self.number)


class Draft(TenantModel):
    """What its author has typed and not handed in. A save names the revision it read; only the author may read it."""

    deliverable = TenantForeignKey(Deliverable, on_delete=models.CASCADE, related_name="drafts")
    author = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)  # raw fields as posted: {name: [values]}
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="draft_once", fields=["organization", "deliverable", "author"])]

    def __str__(self) -> str:
        return f"{self.deliverable_id} {self.revision}"


class CheckResult(TenantModel):
    """One answer to a check by one of those who may give it; append-only, the newest of each role counts."""

    work = TenantForeignKey(TaskWork, on_delete=models.PROTECT, related_name="check_results")
    definition = TenantForeignKey(CheckDefinition, on_delete=models.PROTECT, related_name="+")
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    passed = models.BooleanField()
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    def __str__(self) -> str:
        return f"{self.definition_id} {self.passed}"


class Waiver(TenantModel):
    """Why an HR director let a trainee off a task; append-only."""

    work = TenantForeignKey(TaskWork, on_delete=models.PROTECT, related_name="waivers")
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(default=clock.now, db_default=Now())

    def __str__(self) -> str:
        return self.reason


class ScheduleChange(TenantModel):
    """Why a date moved, from when to when, and who agreed; append-only."""

    work = TenantForeignKey(TaskWork, on_delete=models.PROTECT, related_name="schedule_changes")
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    reason = models.TextField(_("reason"))
    by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    def __str__(self) -> str:
        return self.reason
