"""Give one answer to a survey, without a person."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from effectiveness.models import Survey, SurveyAnswer
from effectiveness.rules.answering import survey_state
from effectiveness.vocabulary import SurveyState


def give(survey: Survey, receipt: str, *, scores: Mapping[str, int], recommend: int | None, keep: str, change: str, today: date) -> None:
    """Keep an answer: one INSERT and nothing else, so that a whole room may answer at once.

    The same answer sent twice, by a double tap or because the network failed, is kept once; the first stands.

    Raises:
        ValidationError: "closed".
    """
    if survey_state(survey.closes_on, survey.closed_at, today) == SurveyState.CLOSED:
        raise ValidationError(_("This survey is closed. Thank you for wanting to answer."), code="closed")
    answer = SurveyAnswer(survey=survey, receipt=receipt, scores=dict(scores), recommend=recommend, keep=keep, change=change)
    SurveyAnswer.objects.bulk_create([answer], ignore_conflicts=True)
