from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.localized import LocalizedCharField
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from projects.models.gate import Gate
from projects.models.project import PracticeProject
from projects.vocabulary import RiskState


class Milestone(TenantModel):
    """A step of the project's plan. `baseline_on` is the plan as it stood when G1 passed; only a forecast moves after that."""

    project = TenantForeignKey(PracticeProject, on_delete=models.CASCADE, related_name="milestones")
    gate = TenantForeignKey(Gate, on_delete=models.CASCADE, null=True, blank=True, related_name="milestones")
    key = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("milestone"), max_length=200)
    planned_on = models.DateField(_("planned"))
    baseline_on = models.DateField(_("baseline"), null=True, blank=True)
    forecast_on = models.DateField(_("forecast"), null=True, blank=True)
    actual_on = models.DateField(_("reached on"), null=True, blank=True)
    depends_on = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers", verbose_name=_("begins after")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="milestone_not_after_itself", condition=Q(depends_on__isnull=True) | ~Q(depends_on=F("id")))
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Measure(TenantModel):
    """What the project is to change: from a baseline to a target."""

    project = TenantForeignKey(PracticeProject, on_delete=models.CASCADE, related_name="measures")
    key = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("measure"), max_length=300)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)
    source = models.CharField(_("source of the figures"), max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class MeasureValue(TenantModel):
    """One figure of a measure with its day and source; append-only, the newest of a day counts."""

    measure = TenantForeignKey(Measure, on_delete=models.PROTECT, related_name="values")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    on = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=200)
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.value}"


class Risk(TenantModel):
    """What may go wrong: how likely and how bad, 1-5 each, and what is done about it."""

    project = TenantForeignKey(PracticeProject, on_delete=models.CASCADE, related_name="risks")
    name = models.CharField(_("risk"), max_length=200)
    probability = models.PositiveSmallIntegerField(_("probability"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    impact = models.PositiveSmallIntegerField(_("impact"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    response = models.TextField(_("what we do"), max_length=1000, blank=True)
    owner = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    state = models.CharField(_("state"), max_length=10, choices=RiskState, default=RiskState.OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(name="risk_levels_1_to_5", condition=Q(probability__range=(1, 5), impact__range=(1, 5))),
            models.CheckConstraint(name="risk_state_known", condition=Q(state__in=RiskState.values)),
        ]
        ordering = ["state", "pk"]

    def __str__(self) -> str:
        return self.name
