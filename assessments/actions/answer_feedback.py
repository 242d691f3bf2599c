"""Answer a request for 360 feedback: save and go on later, send once, or decline. None of it leaves a trace in the audit trail."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.feedback_tasks import settle_feedback_task
from assessments.models import FeedbackDraft, Rater, ReviewCycle
from assessments.queries.review import LOADED
from assessments.queries.scheme import statements_of
from assessments.rules.feedback_items import asked_of
from assessments.rules.rater_anonymity import valid
from assessments.vocabulary import CycleState, Question, RaterGroup, RaterState

LONGEST = 2000


@transaction.atomic
def save(rater: Rater, scores: Mapping[str, int], texts: Mapping[str, str]) -> FeedbackDraft:
    """Keep what has been answered so far; read by nobody but this rater.

    Raises:
        ValidationError: "closed", "declined", "answered" (once sent it stays), "not_asked", "unknown_answer", "too_long".
    """
    return _write(_open(rater), scores, texts, is_sent=False)


@transaction.atomic
def send(rater: Rater, scores: Mapping[str, int], texts: Mapping[str, str], today: date) -> None:
    """Send the answers: once, all statements answered or marked as not observed.

    Raises:
        ValidationError: as `save`; "incomplete", by statement.
    """
    rater = _open(rater)
    wanted = [row.item.key for row in asked_of(rater.group, statements_of(rater.review.enrollment.cohort.version_id))]
    missing = [key for key in wanted if key not in scores]
    if missing:
        text = _("Choose an answer, or “no chance to observe”.")
        raise ValidationError({key: ValidationError(text, code="incomplete") for key in missing})
    _write(rater, scores, texts, is_sent=True)
    rater.state = RaterState.ANSWERED
    rater.token_hash = ""
    rater.save(update_fields=["state", "token_hash"])
    if rater.group == RaterGroup.SELF:
        settle_feedback_task(rater.review, today)


@transaction.atomic
def decline(rater: Rater) -> None:
    """Say no; what was typed is thrown away. Nobody is asked why.

    Raises:
        ValidationError: as `save`; "own_feedback", one's own view cannot be declined.
    """
    rater = _open(rater)
    if rater.group == RaterGroup.SELF:
        raise ValidationError(_("Your own view belongs to the review."), code="own_feedback")
    FeedbackDraft.objects.filter(rater=rater).delete()
    rater.state, rater.token_hash = RaterState.DECLINED, ""
    rater.save(update_fields=["state", "token_hash"])


def _open(rater: Rater) -> Rater:
    """The request, locked: the close of a cycle waits for it, and whoever comes after the close is too late."""
    found = Rater.objects.select_for_update(of=["self"]).select_related(*(f"review__{name}" for name in LOADED if name != "chair"))
    rater = found.get(pk=rater.pk)
    # Read anew after the lock: while one waited for it, the cycle may have closed.
    if ReviewCycle.objects.values_list("state", flat=True).get(pk=rater.review.cycle_id) != CycleState.OPEN:
        raise ValidationError(_("The cycle is closed; answers are not taken any more."), code="closed")
    if rater.state == RaterState.ANSWERED:
        raise ValidationError(_("You have answered. An answer is given once and stays."), code="answered")
    if rater.state == RaterState.DECLINED:
        raise ValidationError(_("You have declined."), code="declined")
    if rater.state != RaterState.ASKED:
        raise ValidationError(_("You are not asked yet."), code="not_asked")
    return rater


def _write(rater: Rater, scores: Mapping[str, int], texts: Mapping[str, str], *, is_sent: bool) -> FeedbackDraft:
    wanted = {row.item.key for row in asked_of(rater.group, statements_of(rater.review.enrollment.cohort.version_id))}
    if set(scores) - wanted or not all(map(valid, scores.values())) or set(texts) - set(Question.values):
        raise ValidationError(_("This does not answer what is asked. Load the page again."), code="unknown_answer")
    for question, text in texts.items():
        if len(text) > LONGEST:
            said = ValidationError(_("At most %(limit)s characters."), code="too_long", params={"limit": LONGEST})
            raise ValidationError({question: said})
    values = {"scores": dict(scores), "texts": {name: text.strip() for name, text in texts.items() if text.strip()}, "is_sent": is_sent}
    return FeedbackDraft.objects.update_or_create(rater=rater, defaults=values)[0]
