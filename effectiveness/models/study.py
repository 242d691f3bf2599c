from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from effectiveness.models.budget import money
from effectiveness.models.worksheet import Row, Worksheet
from effectiveness.planning_vocabulary import Isolation, SeriesGroup, StudyCost
from organizations.tenancy import TenantForeignKey
from organizations.vocabulary import AuditAction, SubjectKind


def percent(name) -> models.DecimalField:
    """0 to 100, with two decimals."""
    return models.DecimalField(name, max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)])


class ResultsStudy(Worksheet):
    """What a training changed at work, and what that was worth: the worksheet of D14."""

    subject_kind = SubjectKind.ROI_STUDY
    audit_action = AuditAction.STUDY_CHANGED
    isolation = models.CharField(_("how training's part is isolated"), max_length=12, choices=Isolation, blank=True)
    isolation_note = models.TextField(_("how it was done"), max_length=2000, blank=True)

    class Meta(Worksheet.Meta):
        constraints = [models.CheckConstraint(name="isolation_known", condition=Q(isolation__in=["", *Isolation.values]))]


class Behavior(Row):
    """A behaviour that was looked for in `n` people, and in how many learner, superior or both saw it: level 3."""

    named_by = "behavior"
    sheet = TenantForeignKey(ResultsStudy, on_delete=models.CASCADE, related_name="behaviors")
    behavior = models.CharField(_("behavior"), max_length=300)
    n = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1)])
    by_learner = models.PositiveIntegerField(_("seen by the learner"))
    by_superior = models.PositiveIntegerField(_("seen by the superior"))
    both = models.PositiveIntegerField(_("seen by both"))

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="behavior_counts_fit",
                condition=Q(n__gte=1, by_learner__lte=F("n"), by_superior__lte=F("n"), both__lte=F("by_learner"))
                & Q(both__lte=F("by_superior")),
                violation_error_message=_("Nobody is seen more often than there are people, and both are part of each."),
            )
        ]

    def __str__(self) -> str:
        return self.behavior


class ResultPoint(Row):
    """A business figure of one period: level 4."""

    named_by = "measure"
    sheet = TenantForeignKey(ResultsStudy, on_delete=models.CASCADE, related_name="series")
    measure = models.CharField(_("measure"), max_length=200)
    period = models.CharField(_("period"), max_length=40)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    group = models.CharField(_("whose"), max_length=10, choices=SeriesGroup)

    class Meta(Row.Meta):
        constraints = [models.CheckConstraint(name="series_group_known", condition=Q(group__in=SeriesGroup.values))]

    def __str__(self) -> str:
        return f"{self.measure} {self.period}"


class StudyBenefit(Row):
    """An improvement in money: units a month, what one is worth, training's share, and how sure one is of that share."""

    named_by = "measure"
    sheet = TenantForeignKey(ResultsStudy, on_delete=models.CASCADE, related_name="benefits")
    measure = models.CharField(_("measure"), max_length=200)
    improvement = models.DecimalField(_("improvement a month"), max_digits=12, decimal_places=2)
    unit_value = money(_("worth of a unit"))
    share = percent(_("share due to training, %"))
    confidence = percent(_("confidence in that share, %"))

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="benefit_shares_are_percents",
                condition=Q(share__range=(0, 100), confidence__range=(0, 100), unit_value__gte=0),
                violation_error_message=_("Percentages lie between 0 and 100."),
            )
        ]

    def __str__(self) -> str:
        return self.measure


class StudyCostLine(Row):
    """One part of the full cost."""

    sheet = TenantForeignKey(ResultsStudy, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField(_("kind of cost"), max_length=12, choices=StudyCost)
    name = models.CharField(_("what it is"), max_length=200)
    amount = money(_("amount"))

    class Meta(Row.Meta):
        constraints = [models.CheckConstraint(name="study_cost_known", condition=Q(kind__in=StudyCost.values, amount__gte=0))]

    def __str__(self) -> str:
        return self.name
