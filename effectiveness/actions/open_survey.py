"""Open the survey of a session, close it, and hand out personal links."""

import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from effectiveness.actions.plan_session import locked
from effectiveness.models import Attendee, Survey, SurveyAnswer, TestResult, TrainingSession
from effectiveness.rules.answering import link_mark, survey_state
from effectiveness.rules.level_one import shown
from effectiveness.vocabulary import SurveyState
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction

SHARED, PERSONAL = "s", "p"  # what a token begins with says where it is looked up


@transaction.atomic
def open_survey(session: TrainingSession, *, closes_on: date, by_person: bool, by: Member, today: date) -> Survey:
    """Take answers up to and with a day. Open already, or closed: another last day, and open again.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
        ValidationError: "past_date"; "has_answers", the way of answering cannot change any more; "results_shown", all answers
            of the closed survey have been shown, and what one more changes would be that answer.
    """
    session = locked(session, by=by)
    if closes_on < today:
        raise ValidationError({"closes_on": ValidationError(_("This day has passed. Choose today or a later day."), code="past_date")})
    survey = Survey.objects.select_for_update().filter(session=session).first()
    if survey is None:
        token = SHARED + secrets.token_urlsafe(12)
        survey = Survey.objects.create(session=session, token=token, closes_on=closes_on, by_person=by_person, opened_at=clock.now())
    else:
        answers = SurveyAnswer.objects.filter(survey=survey).count()
        is_closed = survey_state(survey.closes_on, survey.closed_at, today) == SurveyState.CLOSED
        if is_closed and shown(answers, is_open=False):
            raise ValidationError(_("All answers are in the results now. One more could be read off them, so the survey stays closed."),
                                  code="results_shown")  # fmt: skip
        if survey.by_person != by_person and answers:
            refusal = _("Answers have come in. By another way people could answer twice, so the way stays.")
            raise ValidationError({"by_person": ValidationError(refusal, code="has_answers")})
        survey.closes_on, survey.by_person, survey.closed_at = closes_on, by_person, None
        survey.save(update_fields=["closes_on", "by_person", "closed_at"])
    record(AuditAction.SURVEY_OPENED, survey, by=by, label=session.title)
    return survey


@transaction.atomic
def close_survey(session: TrainingSession, *, by: Member) -> None:
    """Take no more answers; only now all of them are in the results. Closed already: nothing happens.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
    """
    session = locked(session, by=by)
    survey = Survey.objects.select_for_update().filter(session=session, closed_at__isnull=True).first()
    if survey is not None:
        survey.closed_at = clock.now()
        survey.save(update_fields=["closed_at"])
        record(AuditAction.SURVEY_CLOSED, survey, by=by, label=session.title)


@transaction.atomic
def make_links(session: TrainingSession, *, anew: bool, by: Member) -> list[tuple[Attendee, str]]:
    """Personal links for those on the list who have none, or for all (`anew`); their tokens are known here and never again.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
        ValidationError: "nobody", all have one or nobody is invited; "has_answers", new links for all would let people
            answer twice.
    """
    session = locked(session, by=by)
    people = session.attendees.order_by("pk") if anew else session.attendees.filter(link_hash="").order_by("pk")
    if anew and (
        SurveyAnswer.objects.filter(survey__session=session, survey__by_person=True).exists()
        or TestResult.objects.filter(attendee__session=session, by_link=True).exists()
    ):
        raise ValidationError(_("Answers have come in. With new links people could answer twice, so the links stay."), code="has_answers")
    issued = [(attendee, PERSONAL + secrets.token_urlsafe(16)) for attendee in people]
    if not issued:
        raise ValidationError(_("Nobody on the list is without a link."), code="nobody")
    for attendee, token in issued:
        attendee.link_hash = link_mark(token)
    Attendee.objects.bulk_update([attendee for attendee, _token in issued], ["link_hash"])
    record(AuditAction.SESSION_CHANGED, session, by=by, label=session.title)
    return issued
