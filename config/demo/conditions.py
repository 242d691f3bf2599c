"""The conditions of a cohort in the demo: its sponsor, its budget, hours week by week, and what trainees answer without names."""

from datetime import date, timedelta
from decimal import Decimal

from config.demo.cohorts import Group
from config.demo.days import pick
from config.demo.path import Path
from programs.actions import decide_budget, note_hours
from programs.actions.accept_sponsorship import accept_sponsorship
from programs.actions.answer_pulse import answer_pulse
from programs.actions.record_check_in import record_check_in
from programs.models import BudgetRequest, Enrollment, WeekHours
from programs.rules.pulse import FEWEST, round_of
from programs.rules.week_hours import monday_of
from programs.vocabulary import CheckInKind, EnrollmentState, Role

WEEK = timedelta(weeks=1)
ROUNDS = 4
ANSWERS = (4, 5, 4, 3, 5, 2, 4)
AGREED = Decimal(4)  # what the plans of the demo say, see content/*/d5.toml


def keep_conditions(group: Group) -> None:
    """Of one cohort; what lies in the future is left out. Each path is told by whoever calls this."""
    paths = list(group.paths.values())
    _sponsor(group, paths[0])
    for path in paths:
        _hours(path)
        if len(paths) >= FEWEST:
            _pulse(path)


def _sponsor(group: Group, path: Path) -> None:
    """Told on the path of the cohort's first trainee, at its days."""
    cohort, told, days = group.cohort, path.company.texts["conditions"], path.company.days
    sponsor, manager, start = cohort.sponsor, cohort.manager, cohort.start_on
    held = lambda kind, words: record_check_in(cohort, kind, path.today, words, by=sponsor, today=path.today)  # noqa: E731
    path.at(start, lambda: accept_sponsorship(cohort, told["accepts"], by=sponsor), time="08:55")
    path.at(days.shift(start, 2), lambda: held(CheckInKind.KICK_OFF, told["kick_off"]), time="17:10")
    path.at(days.shift(start, 62), lambda: held(CheckInKind.QUARTER, told["quarter"]), time="16:40")
    path.at(days.shift(start, 4), lambda: decide_budget.ask(cohort, Decimal(told["amount"]), told["purpose"], by=manager), time="10:05")
    path.at(
        days.shift(start, 9),
        lambda: decide_budget.decide(BudgetRequest.objects.get(cohort=cohort), Decimal(told["approved"]), told["reason"], by=sponsor),
        time="15:20",
    )


def _hours(path: Path) -> None:
    """From the second week on, on Fridays; confirmed on the Tuesday after, save by one manager in six who is behind with it."""
    week, until = monday_of(path.enrollment.start_on) + WEEK, path.company.days.today
    while week <= until:
        friday = week + timedelta(days=4)
        path.at(friday, lambda week=week: _note(path, week), time="17:20", key=f"hours{week}")
        if pick(f"{path.who}late", 6):
            path.at(week + timedelta(days=8), lambda week=week: _confirm(path, week), time="09:35", key=f"confirmed{week}")
        week += WEEK


def _note(path: Path, week: date) -> None:
    """As long as the program runs."""
    if not Enrollment.objects.filter(pk=path.enrollment.pk, state=EnrollmentState.ACTIVE).exists():
        return
    hours = AGREED + Decimal(pick(f"{path.who}{week}", 6) - 3) / 2
    leads = path.enrollment.projects.filter(start_on__lte=path.today).exists()
    note_hours.note(path.enrollment, week, hours, hours / 2 if leads else Decimal(0), by=path.trainee, today=path.today)


def _confirm(path: Path, week: date) -> None:
    if noted := WeekHours.objects.filter(enrollment=path.enrollment, week_on=week).first():
        note_hours.confirm(noted, noted.hours, noted.practice_hours, by=path.person(Role.LINE_MANAGER))


def _pulse(path: Path) -> None:
    """One in eight does not answer."""
    for number in range(1, ROUNDS + 1):
        day = path.company.days.shift(round_of(path.enrollment.cohort.start_on, number).first_on, pick(f"{path.who}{number}", 7))
        answer = ANSWERS[pick(f"{path.who}answer{number}", len(ANSWERS))]
        if pick(f"{path.who}silent{number}", 8):
            say = lambda answer=answer: answer_pulse(path.enrollment, answer, by=path.trainee, today=path.today)  # noqa: E731
            path.at(day, say, key=f"pulse{number}")
