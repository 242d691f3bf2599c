from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from programs.models.submission import Submission
from programs.models.task_work import TaskWork
from programs.vocabulary import Role


class CheckpointAnswer(TenantModel):
    """What a trainee handed in for one quarterly checkpoint; append-only, asked for more they hand in the next number."""

    work = TenantForeignKey(TaskWork, on_delete=models.PROTECT, related_name="checkpoint_answers")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()  # {key of the question: words}
    links = models.JSONField(default=list)  # evidence elsewhere: addresses
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="checkpoint_answer_number_once", fields=["organization", "work", "number"])]

    def __str__(self) -> str:
        return f"{self.work_id} v{self.number}"


class CheckpointEvidence(TenantModel):
    """A version of one's own work that stands for an answer; append-only."""

    answer = TenantForeignKey(CheckpointAnswer, on_delete=models.PROTECT, related_name="evidence")
    submission = TenantForeignKey(Submission, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="checkpoint_evidence_once", fields=["organization", "answer", "submission"])]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.submission_id}"


class CheckpointNote(TenantModel):
    """What a mentor or business head says to an answer: seen and noted, or what is still missing; append-only, one a role."""

    answer = TenantForeignKey(CheckpointAnswer, on_delete=models.PROTECT, related_name="notes")
    role = models.CharField(max_length=20, choices=Role)
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    instead_of = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged = models.BooleanField()
    body = models.TextField(_("note"))
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="checkpoint_note_once_per_role", fields=["organization", "answer", "role"])]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.role}"
