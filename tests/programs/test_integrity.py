"""The checks of programmes find nothing in a story told through the actions, and name what was bent by hand."""

import pytest
from django.db import connection

from programs import integrity
from programs.actions.submit_work import submit
from programs.models import Deliverable, PhaseProgress, TaskWork
from tests.factories.programs import START, approve, deliverable_of, pass_check, work_of


def found() -> set[str]:
    with connection.cursor() as cursor:
        keys = set()
        for check in integrity.CHECKS:
            cursor.execute(check.statement, {"organization": None})
            if cursor.fetchall():
                keys.add(check.key)
        return keys


@pytest.fixture
def enrollment(cast, enrolled):
    enrollment = enrolled
    pass_check(cast, enrollment, "C3", "1.4.a")
    approve(submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START), cast.mentor)
    submit(deliverable_of(enrollment, "D5"), {"points": "要点"}, by=cast.trainee, today=START)
    return enrollment


def test_a_true_story_breaks_no_rule(enrollment):
    assert found() == set()


@pytest.mark.parametrize(
    ("bend", "key"),
    [
        (lambda e: TaskWork.objects.filter(pk=work_of(e, "2.1.a").pk).delete(), "program_8_every_task_is_there"),
        (lambda e: Deliverable.objects.filter(pk=deliverable_of(e, "D5").pk).update(state="approved"), "program_9_approved_means_signed"),
        (lambda e: TaskWork.objects.filter(pk=work_of(e, "2.1.d").pk).update(state="approved"), "program_9_task_follows_its_deliverables"),
        (lambda e: TaskWork.objects.filter(pk=work_of(e, "1.4.a").pk).update(state="open"), "program_10_open_means_unlocked"),
        (lambda e: Deliverable.objects.filter(pk=deliverable_of(e, "D1").pk).update(last_number=3), "program_11_versions_without_gaps"),
        (lambda e: PhaseProgress.objects.filter(phase__key="PH1").update(state="complete"), "program_14_phases_follow_their_tasks"),
    ],
)
def test_what_was_bent_is_named(enrollment, bend, key):
    bend(enrollment)
    assert key in found()
