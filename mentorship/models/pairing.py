from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mentorship.rules.meeting_rhythm import LONGEST_DAYS, LONGEST_MINUTES, SHORTEST_DAYS, SHORTEST_MINUTES
from mentorship.rules.pairing_states import LIVE, RUNNING
from mentorship.vocabulary import PairingState
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import OrganizationRole, SubjectKind
from programs.models import CohortDeputy, Enrollment, SupportRole
from programs.vocabulary import Role

OVER = [PairingState.ENDED, PairingState.DECLINED]


class PairingQuerySet(models.QuerySet):
    """Filters over pairings."""

    def live(self) -> "PairingQuerySet":
        """Those that take a mentor's place: proposals that wait, active and paused ones."""
        return self.filter(state__in=LIVE)

    def visible_to(self, member: Member) -> "PairingQuerySet":
        """Pairings this person may look at: their own, as trainee or mentor, also past ones; those of trainees whose line
        manager they are, and of cohorts they run. What the two talk about is theirs alone: see `policies.may_read_talks`.
        """
        if member.has_role(OrganizationRole.HR_DIRECTOR):
            return self
        managed = SupportRole.objects.filter(
            enrollment=OuterRef("enrollment_id"), member=member, role=Role.LINE_MANAGER, ended_at__isnull=True
        )
        deputy = CohortDeputy.objects.filter(cohort=OuterRef("enrollment__cohort_id"), member=member)
        own = Q(mentor=member) | Q(enrollment__trainee=member) | Q(enrollment__cohort__manager=member)
        return self.filter(own | Exists(managed) | Exists(deputy))


class Pairing(TenantModel):
    """One mentor and one trainee. While it is active `SupportRole` names this mentor.

    `named`: HR named the mentor directly, at enrolling or later; that is a proposal accepted for both (see
    actions/follow_relations.py), so there is no answer of theirs.
    """

    subject_kind = SubjectKind.PAIRING
    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="pairings")
    mentor = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="pairings")
    state = models.CharField(max_length=10, choices=PairingState, default=PairingState.PROPOSED)
    named = models.BooleanField(default=False)
    words = models.TextField(_("why these two"), max_length=500, blank=True)
    proposed_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now, db_default=Now())
    mentor_accepted_at = models.DateTimeField(null=True, blank=True)
    trainee_accepted_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=500, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="pairing_state_known", condition=Q(state__in=PairingState.values)),
            models.CheckConstraint(name="pairing_running_has_begun", condition=~Q(state__in=sorted(RUNNING)) | Q(started_at__isnull=False)),
            models.CheckConstraint(
                name="pairing_over_says_when", condition=Q(state__in=OVER, ended_at__isnull=False) | ~Q(state__in=OVER) & Q(ended_at=None)
            ),
            models.UniqueConstraint(
                name="pairing_one_live_per_trainee",
                fields=["organization", "enrollment"],
                condition=Q(state__in=sorted(LIVE)),
                violation_error_message=_("This trainee already has a mentor, or a proposal that waits for an answer."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "mentor"], name="pairing_live_of", condition=Q(state__in=sorted(LIVE)))]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.mentor_id} {self.state}"

    @property
    def is_running(self) -> bool:
        """Active or paused."""
        return self.state in RUNNING

    @property
    def is_live(self) -> bool:
        """Not ended and not declined."""
        return self.state in LIVE

    def is_party(self, member: Member) -> bool:
        """Whether the person is one of the two. `enrollment` should be loaded."""
        return member.pk in (self.mentor_id, self.enrollment.trainee_id)


class Agreement(TenantModel):
    """One version of the mentoring agreement, append-only: other words are another version, which nobody has signed yet.

    `clauses`: [{key, text: {language: words}}] as they stood then; `focus`: one to three points in the words of the two.
    """

    subject_kind = SubjectKind.AGREEMENT
    pairing = TenantForeignKey(Pairing, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    clauses = models.JSONField()
    focus = models.JSONField(default=list)
    every_days = models.PositiveSmallIntegerField(_("days from meeting to meeting"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    additions = models.TextField(_("what else you agree on"), max_length=2000, blank=True)
    content_hash = models.CharField(max_length=64)
    written_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="agreement_number_once", fields=["organization", "pairing", "number"]),
            models.CheckConstraint(
                name="agreement_rhythm_in_range",
                condition=Q(every_days__gte=SHORTEST_DAYS, every_days__lte=LONGEST_DAYS)
                & Q(minutes__gte=SHORTEST_MINUTES, minutes__lte=LONGEST_MINUTES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id} v{self.number}"


class AgreementSignature(TenantModel):
    """One of the two signs one version, append-only; it names the hash of exactly what was read."""

    agreement = TenantForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=[(Role.TRAINEE.value, Role.TRAINEE.label), (Role.MENTOR.value, Role.MENTOR.label)])
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="agreement_signed_once",
                fields=["organization", "agreement", "role"],
                violation_error_message=_("You have already signed this version."),
            ),
            models.CheckConstraint(name="agreement_signer_known", condition=Q(role__in=["trainee", "mentor"])),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.role}"
