"""Reminders: to the trainee and to whoever's turn it is, before, on and after the date, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from notifications.models import Notification
from organizations.tenancy import tenant
from programs.actions.remind import remind
from programs.actions.submit_work import submit
from programs.models import Enrollment, TaskWork
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort, work_of
from tests.programs.committed import committed_cast


@pytest.fixture
def enrollment(enrolled):
    Notification.objects.all().delete()
    return enrolled


def told(kind):
    return sorted(Notification.objects.filter(kind=kind).values_list("recipient__name", "words__key"))


def test_two_working_days_before_a_date_the_trainee_is_reminded(cast, enrollment):
    due = work_of(enrollment, "1.2.a").due_on
    assert due == date(2026, 9, 9)

    remind(date(2026, 9, 4))  # Friday: Monday and Tuesday lie between
    assert told("due_soon") == []
    remind(date(2026, 9, 7))
    assert told("due_soon") == [("林予安", "1.2.a")]
    assert Notification.objects.get(kind="due_soon").path == f"tasks/{work_of(enrollment, '1.2.a').pk}/"


def test_on_its_day_and_afterwards_once_a_week(cast, enrollment):
    due = work_of(enrollment, "1.2.a").due_on
    remind(due)
    assert told("due_today") == [("林予安", "1.2.a")]
    for days in range(1, 9):
        remind(due + timedelta(days=days))
    assert told("overdue").count(("林予安", "1.2.a")) == 2


def test_running_again_writes_nothing(cast, enrollment):
    day = work_of(enrollment, "1.1.a").due_on + timedelta(days=1)
    assert remind(day) > 0
    assert remind(day) == 0


def test_nobody_is_reminded_on_a_holiday(cast, enrollment):
    TaskWork.objects.filter(enrollment=enrollment, task__key="1.1.a").update(due_on=date(2026, 9, 30))
    assert remind(date(2026, 10, 1)) == 0


def test_a_signer_is_reminded_before_on_and_after_the_day_their_answer_is_due(cast, enrollment):
    submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)
    Notification.objects.all().delete()
    count = []
    for day in (2, 3, 4, 5, 6, 7):  # due on Friday the 4th; nobody is told on a day of rest
        remind(date(2026, 9, day))
        count.append(len(told("still_waiting")))
    assert count == [0, 1, 2, 2, 2, 3]
    assert set(told("still_waiting")) == {("周敏", "D1")}
    assert "1.1.a" not in [key for _name, key in told("overdue")]


def test_the_day_before_is_a_working_day(cast, enrollment):
    wednesday, friday, monday = date(2026, 9, 2), date(2026, 9, 4), date(2026, 9, 7)
    submission = submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=wednesday)
    assert submission.steps.get().due_on == monday
    Notification.objects.all().delete()
    remind(friday - timedelta(days=1))
    assert told("still_waiting") == []
    remind(friday)
    assert remind(friday) == 0
    assert told("still_waiting") == [("周敏", "D1")]


def test_a_paused_trainee_is_left_alone(cast, enrollment):
    Enrollment.objects.update(state="paused")
    assert remind(work_of(enrollment, "1.1.a").due_on) == 0


@pytest.mark.django_db(transaction=True)
def test_sweeps_that_run_at_once_tell_everybody_once():
    cast = committed_cast()
    with tenant(cast.organization.pk):
        enrollment = enroll_cast(cast, make_cohort(cast))
        due = work_of(enrollment, "1.1.a").due_on
        Notification.objects.all().delete()
    together = Barrier(4)

    def sweep(_number: int) -> int:
        try:
            with tenant(cast.organization.pk):
                together.wait(10)
                return remind(due)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        written = sum(pool.map(sweep, range(4)))
    with tenant(cast.organization.pk):
        assert written == Notification.objects.count() == len(set(Notification.objects.values_list("recipient", "kind", "subject_id")))
        assert remind(due) == 0 < written
