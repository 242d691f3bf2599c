from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from effectiveness.models.worksheet import Row, Worksheet
from effectiveness.planning_vocabulary import Cause, NeedAnswer
from organizations.tenancy import TenantForeignKey
from organizations.vocabulary import AuditAction, SubjectKind

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]
LEVELS = [MinValueValidator(1), MaxValueValidator(4)]
LARGEST_STAFF = 1_000_000


class NeedsAnalysis(Worksheet):
    """Whether one role is to be trained, for what, and what comes first: the worksheet of D6. Its title is the role."""

    subject_kind = SubjectKind.NEEDS_ANALYSIS
    audit_action = AuditAction.NEEDS_CHANGED
    headcount = models.PositiveIntegerField(_("people in the role"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_STAFF)])

    class Meta(Worksheet.Meta):
        constraints = [models.CheckConstraint(name="needs_analysis_of_somebody", condition=Q(headcount__gte=1))]


class TaskRating(Row):
    """A task of the role and how difficult, important and frequent it is, 1 to 5 each."""

    named_by = "task"
    sheet = TenantForeignKey(NeedsAnalysis, on_delete=models.CASCADE, related_name="tasks")
    task = models.CharField(_("task"), max_length=300)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), validators=ONE_TO_FIVE)
    importance = models.PositiveSmallIntegerField(_("importance"), validators=ONE_TO_FIVE)
    frequency = models.PositiveSmallIntegerField(_("frequency"), validators=ONE_TO_FIVE)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="task_rating_1_to_5",
                condition=Q(difficulty__range=(1, 5), importance__range=(1, 5), frequency__range=(1, 5)),
                violation_error_message=_("Rate from 1 to 5."),
            )
        ]

    def __str__(self) -> str:
        return self.task


class Gap(Row):
    """What a group of `people` is to be able to do, and what it can do now: levels 1 to 4, as D6 has them."""

    named_by = "competency"
    sheet = TenantForeignKey(NeedsAnalysis, on_delete=models.CASCADE, related_name="gaps")
    group = models.CharField(_("group"), max_length=120)
    people = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_STAFF)])
    competency = models.CharField(_("what they are to be able to do"), max_length=200)
    required = models.PositiveSmallIntegerField(_("level required"), validators=LEVELS)
    present = models.PositiveSmallIntegerField(_("level now"), validators=LEVELS)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="gap_levels_1_to_4",
                condition=Q(required__range=(1, 4), present__range=(1, 4), people__gte=1),
                violation_error_message=_("Levels go from 1 to 4."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.competency}"


class Need(Row):
    """Something that is needed, the evidence for it, the gap it closes, and how it is met."""

    named_by = "need"
    sheet = TenantForeignKey(NeedsAnalysis, on_delete=models.CASCADE, related_name="needs")
    need = models.CharField(_("need"), max_length=200)
    evidence = models.TextField(_("evidence"), max_length=2000)
    gap = TenantForeignKey(Gap, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs", verbose_name=_("gap"))
    objective = models.CharField(_("business objective"), max_length=200)
    weight = models.PositiveSmallIntegerField(_("weight of the objective, %"), validators=[MinValueValidator(1), MaxValueValidator(100)])
    importance = models.PositiveSmallIntegerField(_("importance"), validators=ONE_TO_FIVE)
    cost_of_error = models.PositiveSmallIntegerField(_("cost of a mistake"), validators=ONE_TO_FIVE)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    answer = models.CharField(_("answer"), max_length=6, choices=NeedAnswer)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="need_rated",
                condition=Q(importance__range=(1, 5), cost_of_error__range=(1, 5), weight__range=(1, 100)),
                violation_error_message=_("Rate from 1 to 5."),
            ),
            models.CheckConstraint(
                name="need_not_trained_away",
                condition=Q(cause="capability", answer__in=NeedAnswer.values) | Q(cause__in=["opportunity", "motivation"], answer="none"),
                violation_error_message=_("Training does not change circumstances or motives. Answer: not by training."),
            ),
        ]

    def __str__(self) -> str:
        return self.need
