"""Deciding on a submission: who may, once, on exactly what they read."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import Error

from notifications.models import Notification
from organizations.models import DelegatedAuthority
from programs.actions import sign_off
from programs.actions.change_relations import change_relation
from programs.actions.submit_work import submit
from programs.models import DeliverableKind, SignOff, SignOffStep, Submission, TemplateVersion
from programs.queries.route_gaps import cohort_gaps
from tests.factories.programs import START, deliverable_of, draft_version, enroll_cast, make_cohort, work_of

GOOD = {"clear": 3, "useful": 3}
ANSWERS = {"points": "三个切入点"}


@pytest.fixture
def enrollment(enrolled):
    return enrolled


def hand_in(cast, enrollment, key="D1", by=None):
    return submit(deliverable_of(enrollment, key), ANSWERS, by=by or cast.trainee, today=START)


def ready(submission):
    return SignOffStep.objects.get(submission=submission, state="ready")


def decide(submission, outcome, by, **more):
    more.setdefault("scores", GOOD if outcome == "approved" else {})
    return sign_off.decide(ready(submission), outcome, content_hash=submission.content_hash, by=by, today=START, **more)


def test_a_mentor_approves_and_the_task_is_approved(cast, enrollment):
    submission = hand_in(cast, enrollment)

    decision = decide(submission, "approved", cast.mentor)

    assert (decision.role, decision.outcome, decision.content_hash) == ("mentor", "approved", submission.content_hash)
    assert deliverable_of(enrollment, "D1").state == "approved"
    assert work_of(enrollment, "1.1.a").state == "approved"
    assert Notification.objects.filter(recipient=cast.trainee, kind="approved").count() == 1


def test_a_return_needs_a_reason_and_keeps_the_history(cast, enrollment):
    submission = hand_in(cast, enrollment)
    with pytest.raises(ValidationError) as refusal:
        decide(submission, "returned", cast.mentor)
    assert refusal.value.error_dict["note"][0].code == "reason_required"

    decide(submission, "returned", cast.mentor, note="目标写成看得见的动作")
    assert work_of(enrollment, "1.1.a").state == "returned"

    second = hand_in(cast, enrollment)
    assert second.number == 2
    assert list(Submission.objects.order_by("number").values_list("number", "data")) == [(1, ANSWERS), (2, ANSWERS)]
    assert submission.content_hash != second.content_hash
    assert SignOff.objects.get(step__submission=submission).note == "目标写成看得见的动作"


@pytest.mark.parametrize("part", ["trainee", "peer", "line_manager", "director", "admin", "manager", "hrbp"])
def test_only_the_one_whose_turn_it_is_decides(cast, enrollment, part):
    submission = hand_in(cast, enrollment)
    with pytest.raises(PermissionDenied):
        decide(submission, "approved", cast.people[part])
    assert SignOff.objects.count() == 0


def test_the_plan_is_agreed_by_its_author_and_approved_by_two_others(cast, enrollment):
    finish_first_steps(cast, enrollment)
    plan = hand_in(cast, enrollment, "D5")
    assert list(SignOff.objects.filter(step__submission=plan).values_list("by_id", "outcome")) == [(cast.trainee.pk, "agreed")]
    with pytest.raises(PermissionDenied):
        decide(plan, "approved", cast.line_manager)

    decide(plan, "approved", cast.mentor)
    assert deliverable_of(enrollment, "D5").state == "in_review"
    decide(plan, "approved", cast.line_manager)

    assert deliverable_of(enrollment, "D5").state == "approved"


def finish_first_steps(cast, enrollment):
    from programs.actions.record_check import record_check
    from programs.models import CheckDefinition

    check = CheckDefinition.objects.get(key="C3")
    record_check(work_of(enrollment, "1.4.a"), check, {"signed": True, "booked": True}, by=cast.mentor, today=START)


def test_where_mentor_and_line_manager_are_one_person_the_hrbp_takes_the_second_step(cast, enrollment):
    change_relation(enrollment, "line_manager", [cast.mentor], by=cast.manager, today=START)
    finish_first_steps(cast, enrollment)
    plan = hand_in(cast, enrollment, "D5")
    decide(plan, "approved", cast.mentor)

    with pytest.raises(PermissionDenied):
        decide(plan, "approved", cast.mentor)
    decision = decide(plan, "approved", cast.hrbp)

    assert decision.role == "hrbp"
    assert deliverable_of(enrollment, "D5").state == "approved"


def one_person(cast, enrollment):
    """Mentor and line manager are one person, and no HRBP is named."""
    change_relation(enrollment, "line_manager", [cast.mentor], by=cast.manager, today=START)
    change_relation(enrollment, "hrbp", [], by=cast.manager, today=START)
    finish_first_steps(cast, enrollment)


def test_without_an_hrbp_the_step_waits_for_a_second_person_and_says_so(cast, enrollment, client):
    one_person(cast, enrollment)
    plan = hand_in(cast, enrollment, "D5")
    decide(plan, "approved", cast.mentor)
    step = ready(plan)

    with pytest.raises(PermissionDenied):
        decide(plan, "approved", cast.mentor)
    assert list(step.signers.all()) == []
    told = Notification.objects.get(kind="nobody_signs")
    assert (told.recipient, told.path) == (cast.manager, f"cohorts/{enrollment.cohort_id}/{enrollment.pk}/relations/")
    pages = [
        (cast.trainee, f"tasks/{plan.deliverable.work_id}/?d={plan.deliverable_id}", "HR names a second person"),
        (cast.mentor, f"signoffs/{step.pk}/", "Nobody may take this step yet"),
        (cast.mentor, "my/trainees/", "nobody yet: HR names a second person"),
        (cast.manager, f"cohorts/{enrollment.cohort_id}/", "nobody yet: name a second person"),
        (cast.manager, f"cohorts/{enrollment.cohort_id}/{enrollment.pk}/", "nobody yet: name a second person"),
        (cast.manager, f"cohorts/{enrollment.cohort_id}/signers/", "signs another step already"),
    ]
    for member, path, words in pages:
        member.user.language = "en"
        member.user.save()
        assert words in cast.sign_in(client, member).get(cast.url(path)).content.decode(), path

    change_relation(enrollment, "hrbp", [cast.hrbp], by=cast.manager, today=START)
    assert decide(plan, "approved", cast.hrbp).role == "hrbp"
    assert deliverable_of(enrollment, "D5").state == "approved"


def test_where_the_route_says_so_that_person_acts_once_for_each_step(cast, client):
    version = draft_version()
    DeliverableKind.objects.filter(version=version, key="D5").update(both_steps=True)
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))
    one_person(cast, enrollment)
    assert cohort_gaps(enrollment.cohort) == []
    plan = hand_in(cast, enrollment, "D5")

    decide(plan, "approved", cast.mentor)
    decide(plan, "approved", cast.mentor)

    assert deliverable_of(enrollment, "D5").state == "approved"
    cast.mentor.user.language = "en"
    cast.mentor.user.save()
    for path in (f"tasks/{plan.deliverable.work_id}/?d={plan.deliverable_id}", f"signoffs/{plan.steps.last().pk}/"):
        page = cast.sign_in(client, cast.mentor).get(cast.url(path)).content.decode()
        assert page.count("both steps by one person, one act each") == 1, path


def test_the_first_decision_stands(cast, enrollment):
    submission = hand_in(cast, enrollment)
    step = ready(submission)
    decide(submission, "approved", cast.mentor)

    with pytest.raises(ValidationError) as refusal:
        sign_off.decide(step, "returned", content_hash=submission.content_hash, by=cast.mentor, today=START, note="想了想")

    assert refusal.value.code == "already_decided"
    assert [decision.outcome for decision in SignOff.objects.all()] == ["approved"]


def test_what_was_replaced_cannot_be_signed(cast, enrollment):
    first = hand_in(cast, enrollment)
    step = ready(first)
    decide(first, "returned", cast.mentor, note="再想想")
    hand_in(cast, enrollment)

    with pytest.raises(ValidationError) as refusal:
        sign_off.decide(step, "approved", content_hash=first.content_hash, by=cast.mentor, today=START, scores=GOOD)

    assert refusal.value.code == "replaced"


def test_a_signature_names_the_content_that_was_read(cast, enrollment):
    submission = hand_in(cast, enrollment)
    with pytest.raises(ValidationError) as refusal:
        sign_off.decide(ready(submission), "approved", content_hash="0" * 64, by=cast.mentor, today=START, scores=GOOD)
    assert refusal.value.code == "other_content"


def test_low_levels_need_a_word_to_be_approved_all_the_same(cast, enrollment):
    submission = hand_in(cast, enrollment)
    for scores in ({}, {"clear": 3}, {"clear": 5, "useful": 3}):
        with pytest.raises(ValidationError):
            decide(submission, "approved", cast.mentor, scores=scores)
    with pytest.raises(ValidationError):
        decide(submission, "approved", cast.mentor, scores={"clear": 1, "useful": 4})

    decide(submission, "approved", cast.mentor, scores={"clear": 1, "useful": 4}, note="口头已补充")

    assert deliverable_of(enrollment, "D1").state == "approved"


def test_a_stand_in_signs_for_an_absent_mentor_but_never_their_own_work(cast, enrollment):
    submission = hand_in(cast, enrollment)
    for delegate in (cast.other_mentor, cast.trainee):
        DelegatedAuthority.objects.create(member=cast.mentor, delegate=delegate, from_on=START, until_on=START)
    with pytest.raises(PermissionDenied):
        decide(submission, "approved", cast.trainee)

    decision = decide(submission, "approved", cast.other_mentor)

    assert (decision.by, decision.instead_of, decision.role) == (cast.other_mentor, cast.mentor, "mentor")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_stand_in_signs_only_while_the_other_is_away(cast, enrollment, days):
    submission = hand_in(cast, enrollment)
    day = START + timedelta(days=days)
    DelegatedAuthority.objects.create(member=cast.mentor, delegate=cast.other_mentor, from_on=day, until_on=day)
    with pytest.raises(PermissionDenied):
        decide(submission, "approved", cast.other_mentor)


def test_a_new_mentor_takes_over_what_waits(cast, enrollment):
    submission = hand_in(cast, enrollment)
    change_relation(enrollment, "mentor", [cast.other_mentor], by=cast.manager, today=date(2026, 9, 2))

    with pytest.raises(PermissionDenied):
        decide(submission, "approved", cast.mentor)
    decide(submission, "approved", cast.other_mentor)

    assert deliverable_of(enrollment, "D1").state == "approved"


def test_nothing_is_handed_in_over_a_version_that_still_waits(cast, enrollment):
    hand_in(cast, enrollment)
    with pytest.raises(ValidationError) as refusal:
        hand_in(cast, enrollment)
    assert refusal.value.code == "already_waiting"


@pytest.mark.parametrize("table", ["submission", "signoff", "checkresult", "waiver", "schedulechange"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET organization_id = organization_id", "DELETE FROM {}"])
def test_history_cannot_be_changed(cast, enrollment, table, statement):
    hand_in(cast, enrollment)
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(f"programs_{table}"))
