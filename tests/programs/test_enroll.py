"""Enrolling: every date planned, all or nobody, by those who run the cohort."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from notifications.models import Notification
from organizations.models import AuditEvent, Member
from programs.actions.enroll import NewTrainee, enroll
from programs.models import Deliverable, Enrollment, PhaseProgress, SupportRole, TaskWork
from tests.factories.programs import START, draft_version, enroll_cast, make_cohort
from tests.queries import query_count


def test_all_dates_are_planned_in_working_days(cast):
    enrollment = enroll_cast(cast)

    dates = {work.task.key: (work.state, work.planned_start_on, work.due_on) for work in TaskWork.objects.select_related("task")}
    assert dates["1.1.a"] == ("open", date(2026, 9, 1), date(2026, 9, 20))  # a worked Sunday is the fifteenth day
    assert dates["1.4.c"][0] == "locked"
    assert dates["2.1.a"][:2] == ("locked", date(2026, 10, 19))  # after 30 working days over the National Day week
    assert dates["5.3.a"][:2] == ("locked", date(2027, 3, 1))
    phases = list(PhaseProgress.objects.order_by("phase__number").values_list("phase__key", "state"))
    assert phases == [("PH1", "open"), ("PH2", "locked"), ("PH3", "locked"), ("PH4", "locked"), ("PH5", "open")]
    assert Deliverable.objects.filter(work__enrollment=enrollment).count() == 4
    assert Notification.objects.filter(kind="enrolled").values_list("recipient", flat=True).get() == cast.trainee.pk
    assert AuditEvent.objects.filter(action="enrolled").values_list("subject_id", flat=True).get() == enrollment.pk


def test_a_cohort_that_has_not_started_keeps_everything_locked(cast):
    enroll_cast(cast, today=date(2026, 8, 1))
    assert set(TaskWork.objects.values_list("state", flat=True)) == {"locked"}
    assert set(PhaseProgress.objects.values_list("state", flat=True)) == {"locked"}


def test_the_line_manager_is_copied_and_from_then_on_the_relation_alone_decides(cast):
    cohort = make_cohort(cast)
    Member.objects.filter(pk=cast.peer.pk).update(line_manager=cast.line_manager)
    enroll(cohort, [NewTrainee(cast.peer.pk, {"mentor": [cast.other_mentor.pk]})], by=cast.director, today=START)
    Member.objects.filter(pk=cast.peer.pk).update(line_manager=cast.sponsor)
    assert sorted(SupportRole.objects.values_list("role", "member__name")) == [("line_manager", "赵晓峰"), ("mentor", "郑岚")]


@pytest.mark.parametrize("part", ["admin", "mentor", "trainee", "peer", "reviewer", "line_manager"])
def test_only_those_who_run_the_cohort_enroll(cast, part):
    with pytest.raises(PermissionDenied):
        enroll(make_cohort(cast), [NewTrainee(cast.peer.pk)], by=cast.people[part], today=START)
    assert Enrollment.objects.count() == 0


def refused(cohort, trainees, cast) -> str:
    with pytest.raises(ValidationError) as refusal:
        enroll(cohort, trainees, by=cast.director, today=START)
    return refusal.value.code


def test_mistakes_enroll_nobody(cast):
    cohort = make_cohort(cast)
    assert refused(cohort, [], cast) == "nobody"
    assert refused(cohort, [NewTrainee(cast.peer.pk), NewTrainee(cast.peer.pk)], cast) == "unknown_people"
    assert refused(cohort, [NewTrainee(cast.peer.pk), NewTrainee(cast.outsider.pk)], cast) == "unknown_people"
    assert refused(cohort, [NewTrainee(cast.peer.pk, {"mentor": [cast.peer.pk]})], cast) == "own_supporter"
    enroll_cast(cast, cohort)
    assert refused(cohort, [NewTrainee(cast.peer.pk), NewTrainee(cast.trainee.pk)], cast) == "already_enrolled"
    assert Enrollment.objects.count() == 1


def test_a_draft_takes_no_cohort(cast):
    assert refused(make_cohort(cast, version=draft_version("草稿")), [NewTrainee(cast.peer.pk)], cast) == "not_published"


def test_the_number_of_statements_does_not_grow_with_people(cast):
    people = [cast.trainee, cast.peer, cast.other_mentor, cast.sponsor]
    first = make_cohort(cast)
    with query_count() as one:
        enroll(first, [NewTrainee(people[0].pk)], by=cast.director, today=START)
    second = make_cohort(cast, name="第二班", version=first.version)
    with query_count() as three:
        enroll(second, [NewTrainee(person.pk) for person in people[1:]], by=cast.director, today=START)
    assert len(one) == len(three)
