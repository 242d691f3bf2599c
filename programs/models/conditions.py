"""The conditions a programme runs under, as people enter them: money, hours, and whether one dares to speak up.

Source: content 8, success factors SF1, SF3 and SF4.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from programs.models.enrollment import Cohort, Enrollment
from programs.rules.pulse import HIGHEST, LOWEST
from programs.rules.week_hours import MOST_HOURS


class BudgetRequest(TenantModel):
    """Money that those who run a cohort ask its sponsor for, and how much of it was approved. A decision stands."""

    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, related_name="budget_requests")
    amount = models.DecimalField(_("amount asked for"), max_digits=14, decimal_places=2)
    purpose = models.TextField(_("what it is for"), max_length=1000)
    asked_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, db_default=Now())
    approved = models.DecimalField(_("amount approved"), max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    decided_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_request_above_zero", condition=Q(amount__gt=0), violation_error_message=_("Ask for more than 0.")
            ),
            models.CheckConstraint(
                name="budget_request_decided_whole",
                condition=Q(approved=None, decided_by=None, decided_at=None)
                | Q(approved__gte=0, decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=_("An approved amount is 0 or more."),
            ),
            models.UniqueConstraint(
                name="budget_request_one_waiting",
                fields=["organization", "cohort"],
                condition=Q(decided_at=None),
                violation_error_message=_("The sponsor has not decided on the last request yet."),
            ),
        ]
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.amount}"


class WeekHours(TenantModel):
    """Hours of one week that a trainee could give to the programme, and how many of them to the practice project.

    Their own word until the line manager confirms it; then it stands.
    """

    enrollment = TenantForeignKey(Enrollment, on_delete=models.CASCADE, related_name="week_hours")
    week_on = models.DateField(_("week"))  # its Monday
    hours = models.DecimalField(
        _("hours for the program"), max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)]
    )
    practice_hours = models.DecimalField(
        _("of these, hours for the practice project"), max_digits=4, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    noted_at = models.DateTimeField(default=clock.now, db_default=Now())
    confirmed_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="week_hours_in_range",
                condition=Q(hours__gte=0, hours__lte=MOST_HOURS, practice_hours__gte=0, practice_hours__lte=F("hours")),
                violation_error_message=_("Hours of a week are 0 to 60, those for the project among them."),
            ),
            models.CheckConstraint(
                name="week_hours_begin_on_monday",
                condition=Q(week_on__iso_week_day=1),
                violation_error_message=_("A week begins on Monday."),
            ),
            models.UniqueConstraint(
                name="week_hours_once",
                fields=["organization", "enrollment", "week_on"],
                violation_error_message=_("This week is noted already."),
            ),
        ]
        ordering = ["-week_on"]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.week_on}"


class PulseTurn(TenantModel):
    """Somebody has answered in a round; append-only. Neither time nor answer: nothing leads from here to a PulseCount."""

    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="pulse_turns")
    round = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pulse_turn_once",
                fields=["organization", "enrollment", "round"],
                violation_error_message=_("You have answered this time already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.round)


class PulseCount(TenantModel):
    """How often an answer was given in a round of a cohort. Answers are counted, never kept one by one."""

    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, related_name="pulse_counts")
    round = models.PositiveSmallIntegerField()
    answer = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="pulse_answer_on_scale", condition=Q(answer__range=(LOWEST, HIGHEST))),
            models.UniqueConstraint(name="pulse_count_once", fields=["organization", "cohort", "round", "answer"]),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.answer}"
