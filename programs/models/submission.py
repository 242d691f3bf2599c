from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models.task_work import Deliverable
from programs.vocabulary import Outcome, Role, StepKind, StepState


class Submission(TenantModel):
    """One version of one deliverable, as it was handed in. Append-only: no column ever changes, rework is the next number."""

    subject_kind = SubjectKind.SUBMISSION
    deliverable = TenantForeignKey(Deliverable, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    data = models.JSONField()  # canonical form of programs/rules/fields.py
    note = models.TextField(_("what changed in this version"), blank=True)
    content_hash = models.CharField(max_length=64)
    author = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="submission_number_once", fields=["organization", "deliverable", "number"])]

    def __str__(self) -> str:
        return f"{self.deliverable_id} v{self.number}"


class SignOffStep(TenantModel):
    """One step of the route of one submission. Who may take it is asked of SupportRole when they do."""

    subject_kind = SubjectKind.STEP
    submission = TenantForeignKey(Submission, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind)
    roles = models.JSONField(default=list)  # any one of these Role values
    person = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # named by the form (interviewee)
    scores = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=StepState, default=StepState.WAITING)
    ready_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="step_state_known", condition=Q(state__in=StepState.values)),
            models.UniqueConstraint(name="step_position_once", fields=["organization", "submission", "position"]),
        ]
        indexes = [models.Index(fields=["organization", "ready_at"], name="step_ready", condition=Q(state="ready"))]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.position}"


class StepSigner(TenantModel):
    """Who may take a step whose turn it is, written down for queues and reminders; asked anew when they sign.

    An HR director named later is not among them: queues find such steps by the step's roles as well.
    """

    step = TenantForeignKey(SignOffStep, on_delete=models.CASCADE, related_name="signers")
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="step_signer_once", fields=["organization", "step", "member"])]

    def __str__(self) -> str:
        return f"{self.step_id} {self.member_id}"


class SignOff(TenantModel):
    """A decision on one step; append-only, one per step. It names the hash of exactly what was signed."""

    step = TenantForeignKey(SignOffStep, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    instead_of = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    scores = models.JSONField(default=dict)  # {criterion key: 1-4}
    answers = models.JSONField(default=dict)  # fields of the form asked of this signer
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sign_off_once_per_step", fields=["organization", "step"]),
            models.CheckConstraint(name="sign_off_outcome_known", condition=Q(outcome__in=Outcome.values)),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.outcome}"


class Comment(TenantModel):
    """Something said about a deliverable, seen by all who may see it; append-only."""

    deliverable = TenantForeignKey(Deliverable, on_delete=models.PROTECT, related_name="comments")
    author = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("comment"), max_length=4000)
    at = models.DateTimeField(default=clock.now, db_default=Now())
    form_id = models.UUIDField(null=True, editable=False)  # of the form it was written in: sent again, it is the same comment

    class Meta:
        constraints = [models.UniqueConstraint(name="comment_once_per_form", fields=["organization", "author", "form_id"])]
        indexes = [models.Index(fields=["organization", "deliverable", "at"], name="comment_by_deliverable")]

    def __str__(self) -> str:
        return self.body[:40]
