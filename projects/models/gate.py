from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models import GateDefinition, ToSettle
from programs.vocabulary import Role
from projects.models.project import PracticeProject
from projects.vocabulary import GateState, Verdict


class Gate(TenantModel):
    """G1-G4 of one project. `round` counts how often it came before its reviewers; 0 before the first time."""

    project = TenantForeignKey(PracticeProject, on_delete=models.CASCADE, related_name="gates")
    definition = TenantForeignKey(GateDefinition, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("due"))
    state = models.CharField(max_length=10, choices=GateState, default=GateState.WAITING)
    round = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict, blank=True)  # of the last round, once all have spoken
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="gate_state_known", condition=Q(state__in=GateState.values)),
            models.UniqueConstraint(name="gate_once", fields=["organization", "project", "definition"]),
        ]
        indexes = [
            models.Index(fields=["organization", "due_on"], name="gate_open_by_due", condition=Q(state__in=["open", "called", "rework"]))
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.state}"


class GateCall(TenantModel):
    """The trainee puts a gate before its reviewers, with evidence for each criterion; append-only."""

    gate = TenantForeignKey(Gate, on_delete=models.PROTECT, related_name="calls")
    round = models.PositiveSmallIntegerField()
    evidence = models.JSONField(default=dict)  # {criterion key: what shows it, and where it is}
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="gate_call_once", fields=["organization", "gate", "round"])]

    def __str__(self) -> str:
        return f"{self.gate_id} #{self.round}"


class GateReview(TenantModel):
    """What one reviewer says in one round of a gate, in one of the roles it asks for; append-only."""

    subject_kind = SubjectKind.GATE_REVIEW
    gate = TenantForeignKey(Gate, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=Role)
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    instead_of = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    judgments = models.JSONField(default=dict)  # {criterion key: {"judgment": met|partly|not, "note": …}}
    reasons = models.TextField(_("reasons"), max_length=3000)
    conditions = models.JSONField(default=list)  # [{"what": …, "owner": member id, "due_on": ISO day}]
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="gate_verdict_known", condition=Q(verdict__in=Verdict.values)),
            models.UniqueConstraint(
                name="gate_review_once",
                fields=["organization", "gate", "round", "role"],
                violation_error_message=_("This verdict has already been given."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate_id} {self.verdict}"


class GateCondition(ToSettle):
    """Something that a gate was passed with and that is still to be done: what, who, by when."""

    gate = TenantForeignKey(Gate, on_delete=models.PROTECT, related_name="conditions")
    owner = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="condition_settled_by_someone", condition=Q(settled_at=None) | Q(settled_by__isnull=False))
        ]
        indexes = [models.Index(fields=["organization", "due_on"], name="condition_open_by_due", condition=Q(settled_at=None))]
        ordering = ["due_on", "pk"]
