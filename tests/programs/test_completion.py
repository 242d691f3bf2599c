"""Completion (结业): after PH1 to PH3 and one certification decision; the quarters go on, and nothing else."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from notifications.models import Notification
from organizations.models import AuditEvent
from programs.actions.advance import advance
from programs.actions.advance_all import begin
from programs.actions.complete_enrollment import complete_enrollment
from programs.actions.remind import remind
from programs.models import Enrollment, PhaseProgress, TaskDefinition, TaskWork, TemplateVersion
from programs.queries.calendars import calendar_of
from tests.factories.programs import START, draft_version, enroll_cast, make_cohort, work_of

QUESTIONS = [{"key": "forecast", "text": {"zh-hans": "预判？", "en": "What do you forecast?"}}]


@pytest.fixture
def enrollment(cast):
    """A trainee who stands at the end of PH3, whose project alone is open."""
    with time_machine.travel(START, tick=False):
        version = draft_version()
        TaskDefinition.objects.filter(version=version, key="4.1.a").update(questions=QUESTIONS, responsible=["mentor"])
        TemplateVersion.objects.filter(pk=version.pk).update(state="published")
        version.refresh_from_db()
        found = enroll_cast(cast, make_cohort(cast, version=version))
        TaskWork.objects.filter(enrollment=found, task__phase__key__in=["PH1", "PH2"]).update(state="approved")
        PhaseProgress.objects.filter(enrollment=found, phase__key__in=["PH1", "PH2"]).update(state="complete")
        PhaseProgress.objects.filter(enrollment=found, phase__key="PH3").update(state="open")
        yield found


def close_project(enrollment, today=START):
    TaskWork.objects.filter(enrollment=enrollment, task__key="3.a").update(state="approved")
    advance(enrollment, today)


def now(enrollment) -> Enrollment:
    return Enrollment.objects.get(pk=enrollment.pk)


def test_the_decision_completes_it_once_and_tells_the_trainee(cast, enrollment):
    close_project(enrollment)
    first = complete_enrollment(enrollment, by=cast.director, today=START)
    again = complete_enrollment(enrollment, by=cast.director, today=START)

    assert (first.done, again.done, again.missing) == (True, False, ())
    assert (now(enrollment).state, now(enrollment).ended_at is not None) == ("completed", True)
    assert AuditEvent.objects.filter(action="enrollment_completed").count() == 1
    assert Notification.objects.filter(kind="program_completed", recipient=cast.trainee).count() == 1


def test_a_decision_before_the_project_is_closed_says_what_is_missing_and_is_remembered(cast, enrollment):
    early = complete_enrollment(enrollment, by=cast.director, today=START)
    before = now(enrollment).state
    close_project(enrollment)

    assert (early.done, early.missing, before, now(enrollment).state) == (False, ("PH3",), "active", "completed")


def test_without_a_decision_a_programme_goes_on(cast, enrollment):
    close_project(enrollment)
    assert now(enrollment).state == "active"


def test_after_completion_the_checkpoints_go_on_and_are_reminded_of(cast, enrollment):
    close_project(enrollment)
    complete_enrollment(enrollment, by=cast.director, today=START)
    first = work_of(enrollment, "4.1.a")
    second_day = calendar_of("cn").add_working_days(first.planned_start_on, 63)
    begun = begin(second_day)
    advance(now(enrollment), second_day)
    second = work_of(enrollment, "4.1.a", 2)
    TaskWork.objects.filter(pk__in=[second.pk, work_of(enrollment, "5.3.a").pk]).update(due_on=second_day, state="open")
    with time_machine.travel(datetime.combine(second_day, time(2), UTC), tick=False):
        remind(second_day)

    assert (enrollment.pk in begun, second.state) == (True, "open")
    told = Notification.objects.filter(kind="due_today").values_list("subject_id", flat=True)
    assert list(told) == [second.pk]


def test_a_completed_trainee_reads_when_and_what_comes_and_others_see_it(cast, client, enrollment):
    close_project(enrollment)
    complete_enrollment(enrollment, by=cast.director, today=START)
    advance(now(enrollment), work_of(enrollment, "4.1.a").planned_start_on)
    own = cast.sign_in(client, cast.trainee).get(cast.url("my/program/"))
    mentor = cast.sign_in(client, cast.mentor)
    listed = mentor.get(cast.url("my/trainees/?when=ended"))
    page = mentor.get(cast.url(f"cohorts/{enrollment.cohort_id}/{enrollment.pk}/"))

    assert "你在9/1结业" in own.text
    assert "下一次季度回顾：4.1.a" in own.text
    assert [one.code for one in own.context["program"].to_do] == ["4.1.a"]
    assert "已结业" in listed.text
    assert "9月1日 周二结业" in page.text
