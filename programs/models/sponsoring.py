from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.models.enrollment import Cohort
from programs.vocabulary import CheckInKind


class SponsorAcceptance(TenantModel):
    """A sponsor has accepted a cohort under their own name; append-only."""

    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, related_name="sponsor_acceptances")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("what I will do for it"), blank=True)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="sponsor_acceptance_once", fields=["organization", "cohort", "member"])]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.member_id}"


class SponsorCheckIn(TenantModel):
    """A sponsor met the cohort or those who run it: when, on which occasion, what was said; append-only."""

    subject_kind = SubjectKind.CHECK_IN
    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, related_name="check_ins")
    kind = models.CharField(_("occasion"), max_length=10, choices=CheckInKind)
    held_on = models.DateField(_("day"))
    words = models.TextField(_("what was said and decided"))
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="check_in_kind_known", condition=Q(kind__in=CheckInKind.values)),
            models.UniqueConstraint(
                name="check_in_once",
                fields=["organization", "cohort", "kind", "held_on"],
                violation_error_message=_("This check-in is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"
