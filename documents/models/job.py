from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from documents.vocabulary import JobKind, JobState
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind


class Job(TenantModel):
    """Long work with progress `done` of `total`. Attempts are counted before work starts, so a job that kills its worker ends."""

    subject_kind = SubjectKind.JOB
    kind = models.CharField(max_length=20, choices=JobKind)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    arguments = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, db_default=Now())
    alive_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(name="job_done_within_total", condition=Q(done__lte=models.F("total"))),
        ]
        indexes = [models.Index(fields=["organization", "state", "asked_at"], name="job_by_state")]

    def __str__(self) -> str:
        return self.get_kind_display()
