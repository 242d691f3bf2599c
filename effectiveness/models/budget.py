from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from effectiveness.models.worksheet import Row, Worksheet
from effectiveness.planning_vocabulary import CostCategory, Fixedness, Quarter
from organizations.tenancy import TenantForeignKey
from organizations.vocabulary import AuditAction, SubjectKind

FIRST_YEAR, LAST_YEAR = 2000, 2100
NOT_NEGATIVE = [MinValueValidator(0)]


def money(name, **more) -> models.DecimalField:
    """An amount in the organization's currency."""
    return models.DecimalField(name, max_digits=14, decimal_places=2, validators=NOT_NEGATIVE, **more)


def amount_of_things(name, **more) -> models.DecimalField:
    """How many: hours, pieces, days."""
    return models.DecimalField(name, max_digits=10, decimal_places=2, validators=NOT_NEGATIVE, **more)


def year_field(name) -> models.PositiveSmallIntegerField:
    """A calendar year."""
    return models.PositiveSmallIntegerField(name, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)])


class TrainingBudget(Worksheet):
    """A year's money for training: the worksheet of D10, which is how it is approved. Amounts are in the organization's currency."""

    subject_kind = SubjectKind.BUDGET
    audit_action = AuditAction.BUDGET_CHANGED
    year = year_field(_("year"))
    headcount = models.PositiveIntegerField(_("people to be trained"), default=0, validators=[MaxValueValidator(1_000_000)])
    learning_hours = amount_of_things(_("hours of training in all"), default=0)
    payroll = money(_("payroll of the year"), default=0)

    class Meta(Worksheet.Meta):
        constraints = [
            models.CheckConstraint(
                name="budget_figures_not_negative",
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR), learning_hours__gte=0, payroll__gte=0),
                violation_error_message=_("These figures are 0 or more."),
            )
        ]


class BudgetLine(Row):
    """One thing that costs money: so many at such a price."""

    sheet = TenantForeignKey(TrainingBudget, on_delete=models.CASCADE, related_name="lines")
    category = models.CharField(_("category"), max_length=20, choices=CostCategory)
    name = models.CharField(_("what it is"), max_length=200)
    quantity = amount_of_things(_("quantity"))
    unit_price = money(_("unit price"))
    fixedness = models.CharField(_("fixed or variable"), max_length=10, choices=Fixedness)
    quarter = models.CharField(_("quarter"), max_length=3, choices=Quarter)
    objective = models.CharField(_("business objective"), max_length=200)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="budget_line_known",
                condition=Q(
                    category__in=CostCategory.values,
                    fixedness__in=Fixedness.values,
                    quarter__in=Quarter.values,
                    quantity__gte=0,
                    unit_price__gte=0,
                ),
                violation_error_message=_("These figures are 0 or more."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> Decimal:
        """Quantity times unit price."""
        return self.quantity * self.unit_price


class LastYearLine(Row):
    """What was planned and what was spent in the year before."""

    named_by = "category"
    sheet = TenantForeignKey(TrainingBudget, on_delete=models.CASCADE, related_name="last_year")
    category = models.CharField(_("category"), max_length=20, choices=CostCategory)
    budget = money(_("budget"))
    actual = money(_("actual"))

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="last_year_line_known",
                condition=Q(category__in=CostCategory.values, budget__gte=0, actual__gte=0),
                violation_error_message=_("These figures are 0 or more."),
            )
        ]

    def __str__(self) -> str:
        return self.get_category_display()

    @property
    def variance(self) -> Decimal:
        """More than planned where positive."""
        return self.actual - self.budget


class InternalHours(Row):
    """Working time of the company's own people that goes into training, at its full cost."""

    named_by = "role"
    sheet = TenantForeignKey(TrainingBudget, on_delete=models.CASCADE, related_name="internal_hours")
    role = models.CharField(_("role"), max_length=120)
    hours = amount_of_things(_("hours"))
    rate = money(_("cost of an hour"))

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="internal_hours_not_negative",
                condition=Q(hours__gte=0, rate__gte=0),
                violation_error_message=_("These figures are 0 or more."),
            )
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def cost(self) -> Decimal:
        """Hours times their cost."""
        return self.hours * self.rate
