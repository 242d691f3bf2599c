from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessments.models.decision import Decision
from assessments.vocabulary import CertificateState, Level
from documents.rules.paper_validity import paper_validity
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models import Enrollment


class CertificateQuerySet(models.QuerySet):
    """Filters over certificates."""

    def with_standing(self) -> "CertificateQuerySet":
        """Each with `is_revoked` and `is_replaced`, which `Certificate.state` needs."""
        return self.annotate(
            is_revoked=Exists(CertificateRevocation.objects.filter(certificate=OuterRef("pk"))),
            is_replaced=Exists(Certificate.objects.filter(replaces=OuterRef("pk"))),
        )

    def standing(self) -> "CertificateQuerySet":
        """Neither revoked nor replaced; they may have expired."""
        return self.with_standing().filter(is_revoked=False, is_replaced=False)


class Certificate(TenantModel):
    """A certificate on a decision, as it was issued; append-only. Revoking and replacing are rows of their own, expiry is computed.

    One stands for each decision: after a revocation the next `issue` may follow.
    """

    subject_kind = SubjectKind.CERTIFICATE
    decision = TenantForeignKey(Decision, on_delete=models.PROTECT, related_name="certificates")
    issue = models.PositiveSmallIntegerField(default=1)
    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="certificates")
    holder = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("holder"))
    name = models.CharField(max_length=80)  # the holder's, as it stands on the paper
    level = models.CharField(_("level"), max_length=15, choices=Level)
    number = models.CharField(_("certificate number"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)  # the last day; empty: without end
    issued_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=clock.now, db_default=Now())
    replaces = TenantForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="certificate_level_known", condition=Q(level__in=Level.values)),
            models.UniqueConstraint(name="certificate_number_once", fields=["organization", "number"]),
            models.UniqueConstraint(
                name="certificate_once_per_decision",
                fields=["organization", "decision", "issue"],
                violation_error_message=_("A certificate has already been issued on this decision."),
            ),
            models.UniqueConstraint(
                name="certificate_replaced_once", fields=["organization", "replaces"], condition=Q(replaces__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "holder", "-issued_on"], name="certificate_by_holder"),
            models.Index(fields=["organization", "-issued_on", "-id"], name="certificate_by_day"),
            # The few that followed a revoked one: reports look for them.
            models.Index(fields=["organization", "decision"], condition=Q(issue__gt=1), name="certificate_issued_again"),
        ]

    def __str__(self) -> str:
        return self.number

    def state(self, today: date) -> CertificateState:
        """Whether it holds on this day. The row must come from `with_standing`."""
        return CertificateState(
            paper_validity(today, valid_until=self.expires_on, is_revoked=self.is_revoked, is_replaced=self.is_replaced)
        )


class CertificateRevocation(TenantModel):
    """A certificate holds no more, for this reason; append-only."""

    certificate = TenantForeignKey(Certificate, on_delete=models.PROTECT, related_name="revocations")
    reason = models.TextField(_("reason"))
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="certificate_revoked_once",
                fields=["organization", "certificate"],
                violation_error_message=_("This certificate has already been revoked."),
            )
        ]

    def __str__(self) -> str:
        return str(self.certificate_id)
