"""A session of the cast's trainee, observed by the peer; what learners send; their survey, links and test."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from effectiveness.actions import answer_survey, open_survey, plan_session, record_attendance, run_test
from effectiveness.actions.record_attendance import Invited, Presence
from effectiveness.models import TrainingSession
from effectiveness.vocabulary import ReactionItem

QUESTIONS = [
    {"text": "补货先看哪一栏？", "choices": ["在途", "毛利"], "right": 0},
    {"text": "多久看一次？", "choices": ["每周", "每天"], "right": 1},
    {"text": "缺货找谁？", "choices": ["店长", "仓库"], "right": 1},
]


def make_session(cast) -> TrainingSession:
    """A session of the enrolled trainee, begun an hour ago, of two hours, with ten people on the list."""
    planned = plan_session.plan(
        by=cast.trainee, title="补货三问", aims="找出缺货风险", starts_at=timezone.now() - timedelta(hours=1), minutes=120,
        place="虹桥店", observer=cast.peer, seats=12,
    )  # fmt: skip
    people = [Invited(f"店员{number}", "虹桥店") for number in range(9)] + [Invited(cast.reviewer.name, "总部", cast.reviewer.pk)]
    record_attendance.invite(planned, people, by=cast.trainee)
    return planned


def answers(score: int = 4, **more) -> dict[str, str]:
    """What a phone sends for a survey."""
    return dict.fromkeys(ReactionItem.values, str(score)) | {"recommend": "9", "keep": "", "change": ""} | more


def opened(session, cast, *, by_person: bool = False):
    """The survey of the session, open today."""
    today = timezone.localdate()
    return open_survey.open_survey(session, closes_on=today, by_person=by_person, by=cast.trainee, today=today)


def links_of(session, cast) -> list[SimpleNamespace]:
    """Fresh personal links of everybody, as (attendee, token)."""
    return [SimpleNamespace(attendee=one, token=token) for one, token in open_survey.make_links(session, anew=False, by=cast.trainee)]


def with_test(session, cast, phase: str = "pre"):
    """A test of three questions, open in a phase."""
    run_test.write(session, questions=QUESTIONS, pass_mark=60, by=cast.trainee)
    return run_test.open_phase(session, phase, by=cast.trainee)


def phone(language: str = "en") -> Client:
    """A browser of somebody without an account."""
    return Client(headers={"accept-language": language})


NAMES = [f"店员{number}" for number in range(6)]
PAIRS = ((40, 80), (60, 90), (40, 80), (60, 70), (50, 80))


def hold(cast, people: list[str], *, minutes: list[int], scores: tuple = (), answers: tuple = (), close: bool = True) -> TrainingSession:
    """A session of 60 minutes, with what each was there, scored and answered."""
    session = plan_session.plan(
        by=cast.trainee,
        title="补货三问",
        aims="看懂报表",
        starts_at=timezone.now() - timedelta(hours=2),
        minutes=60,
        seats=20,
        observer=cast.peer,
    )
    record_attendance.invite(session, [Invited(name, "虹桥店") for name in people], by=cast.trainee)
    rows = list(session.attendees.order_by("pk"))
    seen = {one.pk: Presence("came", there) if there else Presence("absent") for one, there in zip(rows, minutes, strict=True)}
    record_attendance.write_down(session, seen, by=cast.trainee)
    if scores:
        run_test.write(session, questions=[], pass_mark=80, by=cast.trainee)
        for one, (pre, post) in zip(rows, scores, strict=False):
            run_test.type_in(session, {(one.pk, "pre"): Decimal(pre), (one.pk, "post"): Decimal(post)}, by=cast.trainee)
    if answers:
        today = timezone.localdate()
        survey = open_survey.open_survey(session, closes_on=today, by_person=False, by=cast.trainee, today=today)
        for number, score in enumerate(answers):
            scores_of = dict.fromkeys(ReactionItem.values, score)
            answer_survey.give(survey, f"receipt-{number}", scores=scores_of, recommend=9, keep="", change="", today=today)
        if close:
            open_survey.close_survey(session, by=cast.trainee)
    return session
