from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessments.models.readable import CertificationReviewQuerySet, ReviewCycleQuerySet
from assessments.vocabulary import CycleLength, CycleState, Level, Outcome, ReviewState, Track
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models import Cohort, Enrollment


class ReviewCycle(TenantModel):
    """One round of PH5 for a cohort, every half-year or year over the whole enrollment."""

    subject_kind = SubjectKind.CYCLE
    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, related_name="review_cycles")
    number = models.PositiveSmallIntegerField(_("number"))
    length = models.CharField(_("looks back on"), max_length=10, choices=CycleLength, default=CycleLength.HALF_YEAR)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("answers until"))
    state = models.CharField(max_length=10, choices=CycleState, default=CycleState.OPEN)
    opened_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now, db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewCycleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="cycle_state_known", condition=Q(state__in=CycleState.values)),
            models.CheckConstraint(
                name="cycle_closes_after_opening",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The last day for answers must not be before the first."),
            ),
            models.UniqueConstraint(name="cycle_number_once", fields=["organization", "cohort", "number"]),
            models.UniqueConstraint(
                name="cycle_one_running",
                fields=["organization", "cohort"],
                condition=~Q(state="finished"),
                violation_error_message=_("This cohort already has a running review cycle."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} #{self.number}"


class CertificationReview(TenantModel):
    """One trainee's review in a cycle. `file` is all that the panel reads, frozen with its hash before the first vote."""

    subject_kind = SubjectKind.REVIEW
    cycle = TenantForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="reviews")
    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.GATHERING)
    level = models.CharField(_("level in question"), max_length=15, choices=Level, default=Level.JUNIOR)
    chair = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair"))
    file = models.JSONField(default=dict)
    file_hash = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = CertificationReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_state_known", condition=Q(state__in=ReviewState.values)),
            models.CheckConstraint(name="review_frozen_before_votes", condition=Q(state="gathering") | ~Q(file_hash="")),
            models.UniqueConstraint(name="review_once_per_cycle", fields=["organization", "cycle", "enrollment"]),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.enrollment_id}"


class Panelist(TenantModel):
    """A reviewer on the panel of one review. Mentor and line manager of the trainee give a statement, they have no vote."""

    review = TenantForeignKey(CertificationReview, on_delete=models.CASCADE, related_name="panel")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="panels")

    class Meta:
        constraints = [models.UniqueConstraint(name="panelist_once", fields=["organization", "review", "member"])]
        indexes = [models.Index(fields=["organization", "member"], name="panelist_by_member")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.member_id}"


class PanelVote(TenantModel):
    """One reviewer's independent vote, append-only; others see it when all have voted. `scores`: {"5.1": 1-4, …} with reasons."""

    review = TenantForeignKey(CertificationReview, on_delete=models.PROTECT, related_name="votes")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    outcome = models.CharField(max_length=12, choices=Outcome)
    track = models.CharField(max_length=10, choices=Track, blank=True)  # proposed for the successor pool
    file_hash = models.CharField(max_length=64)  # of exactly what was read
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="vote_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.UniqueConstraint(
                name="vote_once", fields=["organization", "review", "member"], violation_error_message=_("You have already voted.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.outcome}"
