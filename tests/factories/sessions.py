"""A session of the cast's trainee, observed by the peer; what learners send; their survey, links and test."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from effectiveness.actions import open_survey, plan_session, record_attendance, run_test
from effectiveness.actions.record_attendance import Invited
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
