from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from effectiveness.models.session import Attendee, TrainingSession
from effectiveness.vocabulary import TestPhase
from organizations import clock
from organizations.tenancy import TenantForeignKey, TenantModel


class KnowledgeTest(TenantModel):
    """The level-2 test of a session: single choices answered by personal link before and after, or scores typed in."""

    session = TenantForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="tests")
    questions = models.JSONField(default=list)  # of rules.knowledge.Question; empty where scores are typed in
    pass_mark = models.PositiveSmallIntegerField(_("pass mark"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)])
    phase = models.CharField(max_length=4, choices=TestPhase, blank=True)  # which one is open for answers; empty: none

    class Meta:
        constraints = [
            models.CheckConstraint(name="test_phase_known", condition=Q(phase__in=["", *TestPhase.values])),
            models.CheckConstraint(name="test_pass_mark_in_scale", condition=Q(pass_mark__gte=1, pass_mark__lte=100)),
            models.UniqueConstraint(name="test_once", fields=["organization", "session"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"


class TestResult(TenantModel):
    """One person's score in one phase. Through the link the first one stands; a typed one may be put right."""

    __test__ = False  # no test of ours, whatever its name begins with
    attendee = TenantForeignKey(Attendee, on_delete=models.CASCADE, related_name="results")
    phase = models.CharField(max_length=4, choices=TestPhase)
    score = models.DecimalField(max_digits=5, decimal_places=2)  # 0 to 100
    by_link = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="result_phase_known", condition=Q(phase__in=TestPhase.values)),
            models.CheckConstraint(name="result_score_in_scale", condition=Q(score__gte=0, score__lte=100)),
            models.UniqueConstraint(name="result_once", fields=["organization", "attendee", "phase"]),
        ]

    def __str__(self) -> str:
        return f"{self.attendee_id} {self.phase}"
