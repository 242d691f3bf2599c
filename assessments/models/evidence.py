from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessments.models.cycle import CertificationReview
from assessments.vocabulary import KpiUnit
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from programs.vocabulary import Role


class KpiValue(TenantModel):
    """One figure of 5.1 in one review: what went in, what came out, where it is from, and who confirmed it by name.

    `value` in `unit`; an ROI is a range up to `value_high`. Without a value, `note` says why there is none.
    """

    review = TenantForeignKey(CertificationReview, on_delete=models.CASCADE, related_name="kpis")
    key = models.CharField(max_length=5)
    inputs = models.JSONField(default=dict)  # {name: text of a decimal}, as rules/kpi_formulas.py asks for them
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=1, null=True, blank=True)
    value_high = models.DecimalField(_("upper value"), max_digits=9, decimal_places=1, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=KpiUnit, default=KpiUnit.PERCENT)
    n = models.PositiveIntegerField(_("out of how many"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    entered_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now, db_default=Now())
    confirmed_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="kpi_value_once", fields=["organization", "review", "key"]),
            models.CheckConstraint(name="kpi_value_has_a_source", condition=Q(value__isnull=True) | ~Q(source="")),
            models.CheckConstraint(name="kpi_without_value_says_why", condition=Q(value__isnull=False) | ~Q(note="")),
            models.CheckConstraint(
                name="kpi_confirmed_by_name", condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, value__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key} {self.value}"


class Statement(TenantModel):
    """What the mentor or the line manager tells the panel about a trainee. They have no vote."""

    review = TenantForeignKey(CertificationReview, on_delete=models.CASCADE, related_name="statements")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    text = models.TextField(_("statement"))
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="statement_once", fields=["organization", "review", "member", "role"]),
            models.CheckConstraint(name="statement_of_a_supporter", condition=Q(role__in=[Role.MENTOR, Role.LINE_MANAGER])),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.role}"
