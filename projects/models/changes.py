from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from projects.models.gate import Gate
from projects.models.plan import Measure


class GateDateChange(TenantModel):
    """The day of a gate was moved, from when to when, and why; append-only."""

    gate = TenantForeignKey(Gate, on_delete=models.PROTECT, related_name="date_changes")
    before_on = models.DateField()
    after_on = models.DateField()
    reason = models.CharField(_("reason"), max_length=500)
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.gate_id} {self.after_on}"


class BaselineRequest(TenantModel):
    """Another baseline is asked for, after the project was agreed on at G1; append-only. It counts once the sponsor approves."""

    measure = TenantForeignKey(Measure, on_delete=models.PROTECT, related_name="baseline_requests")
    before = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=500)
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.after}"


class BaselineAnswer(TenantModel):
    """What the sponsor answered to another baseline; append-only."""

    request = TenantForeignKey(BaselineRequest, on_delete=models.PROTECT, related_name="answers")
    approved = models.BooleanField()
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    instead_of = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="baseline_answered_once",
                fields=["organization", "request"],
                violation_error_message=_("This has been answered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.approved}"
