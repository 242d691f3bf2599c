from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessments.models.cycle import CertificationReview
from assessments.vocabulary import Level, Outcome, Track
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models import Enrollment


class Decision(TenantModel):
    """What a review ended in, with reasons; append-only. After an appeal a second decision stands beside the first: the newest counts."""

    subject_kind = SubjectKind.DECISION
    review = TenantForeignKey(CertificationReview, on_delete=models.PROTECT, related_name="decisions")
    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome)
    level = models.CharField(max_length=15, choices=Level, blank=True)  # certified or kept
    track = models.CharField(max_length=10, choices=Track, blank=True)  # entered into the successor pool, with consent
    scores = models.JSONField(default=dict)  # {"5.1": 1-4, "5.2": …, "5.3": …} as the panel set them
    reasons = models.TextField(_("reasons"))
    plan = models.JSONField(default=list)  # not yet: at most three points [{what, due_on}]
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    after_appeal = models.BooleanField(default=False)
    file_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="decision_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(name="decision_names_its_level", condition=~Q(outcome__in=["certified", "kept"]) | ~Q(level="")),
            models.CheckConstraint(name="decision_not_yet_has_a_plan", condition=~Q(outcome="not_yet") | ~Q(plan=[])),
            models.UniqueConstraint(
                name="decision_once",
                fields=["organization", "review", "after_appeal"],
                violation_error_message=_("This review has already been decided."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-at", "-id"], name="decision_by_time"),
            models.Index(fields=["organization", "enrollment", "-at"], name="decision_by_enrollment"),
            # The few that took the place of a first one: whoever counts decisions looks for them.
            models.Index(fields=["organization", "review"], condition=Q(after_appeal=True), name="decision_after_appeal"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.outcome}"


class Acknowledgement(TenantModel):
    """The trainee has read the decision, and says whether they want to be in the successor pool; append-only."""

    decision = TenantForeignKey(Decision, on_delete=models.PROTECT, related_name="acknowledgements")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    consents = models.BooleanField(null=True)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="acknowledged_once", fields=["organization", "decision"])]

    def __str__(self) -> str:
        return str(self.decision_id)


class Appeal(TenantModel):
    """The trainee's one appeal against a decision; append-only."""

    subject_kind = SubjectKind.APPEAL
    decision = TenantForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField(_("reasons"))
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="appeal_once", fields=["organization", "decision"], violation_error_message=_("You have already appealed.")
            )
        ]

    def __str__(self) -> str:
        return str(self.decision_id)


class AppealAnswer(TenantModel):
    """How an appeal ended, with reasons; append-only. `decision` is the new one where it was granted."""

    appeal = TenantForeignKey(Appeal, on_delete=models.PROTECT, related_name="answers")
    granted = models.BooleanField()
    reasons = models.TextField(_("reasons"))
    decision = TenantForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="appeal_answered_once", fields=["organization", "appeal"])]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.granted}"


class AppealPanelist(TenantModel):
    """A reviewer asked about an appeal, none of those who voted before, and what they say; said once."""

    appeal = TenantForeignKey(Appeal, on_delete=models.CASCADE, related_name="panel")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="appeal_panelist_once", fields=["organization", "appeal", "member"]),
            models.CheckConstraint(
                name="appeal_panelist_gives_reasons", condition=Q(granted__isnull=True) | (~Q(reasons="") & Q(at__isnull=False))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.member_id}"
