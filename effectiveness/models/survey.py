from django.db import models
from django.db.models import Q

from effectiveness.models.session import TrainingSession
from organizations import clock
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind


class Survey(TenantModel):
    """The level-1 survey of a session. Its shared link has to be shown again and again, so its token is kept as it is."""

    subject_kind = SubjectKind.SURVEY
    session = TenantForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="surveys")
    token = models.CharField(max_length=32)
    by_person = models.BooleanField(default=False)  # answered by personal links; the shared one then takes no answer
    opened_at = models.DateTimeField(default=clock.now)
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="survey_once", fields=["organization", "session"]),
            models.UniqueConstraint(name="survey_token_once", fields=["organization", "token"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"


class SurveyAnswer(TenantModel):
    """One answer, and nothing of who gave it: no person, no address, no time. Append-only.

    `receipt` is the mark of a link or a device (rules/answering), so that the same answer sent twice is one row.
    """

    survey = TenantForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    scores = models.JSONField(default=dict)  # {key of the item: 1 to 5}, without what was left out
    recommend = models.PositiveSmallIntegerField(null=True, blank=True)  # 0 to 10
    keep = models.TextField(blank=True)
    change = models.TextField(blank=True)
    receipt = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="answer_recommend_in_scale", condition=Q(recommend__isnull=True) | Q(recommend__lte=10)),
            models.UniqueConstraint(name="answer_once", fields=["organization", "survey", "receipt"]),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"
