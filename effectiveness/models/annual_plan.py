from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from effectiveness.models.budget import FIRST_YEAR, LAST_YEAR, TrainingBudget, money, year_field
from effectiveness.models.worksheet import Row, Worksheet
from effectiveness.planning_vocabulary import CostCategory, Quarter
from organizations.tenancy import TenantForeignKey
from organizations.vocabulary import AuditAction, SubjectKind


class AnnualPlan(Worksheet):
    """A year of training, tied to what the business wants: the worksheet of D16."""

    subject_kind = SubjectKind.ANNUAL_PLAN
    audit_action = AuditAction.PLAN_CHANGED
    year = year_field(_("year"))
    budget = TenantForeignKey(
        TrainingBudget, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("budget it is held against")
    )

    class Meta(Worksheet.Meta):
        constraints = [models.CheckConstraint(name="plan_year_known", condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)))]


class KeyResult(Row):
    """A figure by which an objective of the business is measured. Rows of the same objective belong together."""

    named_by = "key_result"
    sheet = TenantForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="key_results")
    objective = models.CharField(_("objective"), max_length=200)
    key_result = models.CharField(_("key result"), max_length=200)
    start = models.DecimalField(_("start"), max_digits=14, decimal_places=2)
    now = models.DecimalField(_("now"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    owner = models.CharField(_("owner"), max_length=120)
    business_head = models.CharField(_("business head"), max_length=120)

    def __str__(self) -> str:
        return self.key_result


class PlanItem(Row):
    """One training of the plan, and the key result it works for; without one it is called out."""

    sheet = TenantForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(_("training"), max_length=200)
    key_result = TenantForeignKey(
        KeyResult, on_delete=models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("key result")
    )
    audience = models.CharField(_("for whom"), max_length=120)
    quarter = models.CharField(_("quarter"), max_length=3, choices=Quarter)
    owner = models.CharField(_("owner"), max_length=120)
    category = models.CharField(_("category of the budget"), max_length=20, choices=CostCategory)
    budget = money(_("budget"))
    measure = models.CharField(_("how it is measured"), max_length=200)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="plan_item_known",
                condition=Q(quarter__in=Quarter.values, category__in=CostCategory.values, budget__gte=0),
                violation_error_message=_("These figures are 0 or more."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlanOmission(Row):
    """Something that was asked for and is not done this year, and why."""

    sheet = TenantForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="not_doing")
    name = models.CharField(_("what"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)

    def __str__(self) -> str:
        return self.name
