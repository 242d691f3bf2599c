"""Training sessions in the demo: planned, held, answered and tested; and some that are still to come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from config.demo.days import pick
from config.demo.path import Path
from effectiveness.actions import answer_survey, open_survey, plan_session, record_attendance, run_test
from effectiveness.actions.record_attendance import Invited, Presence
from effectiveness.models import Survey, TrainingSession
from effectiveness.rules.answering import receipt_of_device
from effectiveness.rules.knowledge import read_questions
from effectiveness.vocabulary import Presence as Came
from effectiveness.vocabulary import ReactionItem, TestPhase
from programs.vocabulary import Role


def hold_sessions(paths: Mapping[str, Path]) -> None:
    """All sessions of the content. Each belongs to the path of the trainee who runs it. Source: content/*/sessions.toml."""
    told = next(iter(paths.values())).company.texts["sessions"]
    for facts in told["held"]:
        path = paths[facts["who"]]
        day = path.company.days.ago(facts["days_ago"])
        starts_at = path.company.days.moment(day, "14:00")
        _plan(path, facts, starts_at)
        path.at(starts_at + timedelta(minutes=facts["minutes"] + 15), lambda path=path, facts=facts: _hold(path, facts))
        path.at(path.company.days.shift(day, 1), lambda path=path, facts=facts: _evaluate(path, facts), time="10:45")
    for facts in told["coming"]:
        path = paths[facts["who"]]
        _plan(path, facts, path.company.days.moment(path.company.days.ago(-facts["days_ahead"]), "14:00"))


def _plan(path: Path, facts: Mapping[str, Any], starts_at: datetime) -> None:
    guests = path.company.texts["sessions"]["guests"][: facts["guests"]]

    def plan() -> None:
        session = plan_session.plan(
            by=path.trainee,
            title=facts["title"],
            aims=facts["aims"],
            starts_at=starts_at,
            minutes=facts["minutes"],
            place=facts["place"],
            seats=len(guests) + 3,
            observer=path.person(Role.TRAINING_MANAGER),
        )
        record_attendance.invite(session, [Invited(name, department) for name, department in guests], by=path.trainee)
        questions, _problems = read_questions(path.company.texts["sessions"]["questions"])
        run_test.write(session, questions=questions, pass_mark=80, by=path.trainee)

    day = path.company.days.calendar.last_working_day(min(starts_at.date() - timedelta(days=9), path.company.days.ago(1)))
    path.at(day, plan, time="11:05")


def _session(path: Path, facts: Mapping[str, Any]) -> TrainingSession:
    return TrainingSession.objects.get(owner=path.trainee, title=facts["title"])


def _hold(path: Path, facts: Mapping[str, Any]) -> None:
    """All but the last one came; the one before left early."""
    session = _session(path, facts)
    people = list(session.attendees.order_by("pk"))
    seen = {one.pk: Presence(Came.CAME, facts["minutes"]) for one in people}
    seen |= {people[-2].pk: Presence(Came.CAME, facts["minutes"] - 25), people[-1].pk: Presence(Came.EXCUSED)}
    record_attendance.write_down(session, seen, by=path.trainee)
    closes_on = path.company.days.shift(path.today, 5)
    survey = open_survey.open_survey(session, closes_on=closes_on, by_person=False, by=path.trainee, today=path.today)
    for number in range(facts["answers"]):
        _answer(path, survey, number)


def _answer(path: Path, survey: Survey, number: int) -> None:
    told = path.company.texts["sessions"]
    scores = {item.value: 5 - pick(f"{path.who}{item}{number}", 7) // 3 for item in ReactionItem}
    answer_survey.give(
        survey,
        receipt_of_device(survey.token, f"{path.who}{number}"),
        scores=scores,
        recommend=7 + pick(f"{path.who}recommend{number}", 4),
        keep=told["keep"][number % len(told["keep"])],
        change=told["change"][number % len(told["change"])],
        today=path.today,
    )


def _evaluate(path: Path, facts: Mapping[str, Any]) -> None:
    """Scores of the paper tests are typed in, before and after for each who was there; the survey is closed."""
    session = _session(path, facts)
    people = list(session.attendees.order_by("pk"))[:-1]
    scores = {
        (person.pk, phase): Decimal(score)
        for phase, given in ((TestPhase.PRE, facts["pre"]), (TestPhase.POST, facts["post"]))
        for person, score in zip(people, given, strict=False)
    }
    if scores:
        run_test.type_in(session, scores, by=path.trainee)
    if not facts.get("is_open"):
        open_survey.close_survey(session, by=path.trainee)
