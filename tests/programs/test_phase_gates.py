"""Phases end and open, tasks unlock, quarters come round: on the built-in programme, with real deliverables."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from organizations.models import Organization
from programs import jobs
from programs.actions import sign_off
from programs.actions.advance import advance
from programs.actions.complete_activity import complete
from programs.actions.enroll import NewTrainee, enroll
from programs.actions.record_check import record_check
from programs.actions.submit_work import submit
from programs.actions.waive_task import waive
from programs.models import (
    CheckDefinition,
    Cohort,
    Deliverable,
    DeliverableKind,
    Enrollment,
    PhaseProgress,
    SignOffStep,
    TaskWork,
)
from tests.factories.answers import make_answers
from tests.factories.programs import START, enroll_cast, make_cohort, work_of


def enroll_in(cast, version, start_on=START, today=START):
    cohort = make_cohort(cast, start_on=start_on, version=version)
    people = ("mentor", "line_manager", "hrbp", "business_head", "training_manager")
    [pk] = enroll(cohort, [NewTrainee(cast.trainee.pk, {role: [cast.people[role].pk] for role in people})], by=cast.manager, today=today)
    return Enrollment.objects.select_related("cohort").get(pk=pk)


@pytest.fixture
def enrollment(cast, published):
    return enroll_in(cast, published)


def phases(enrollment):
    return dict(PhaseProgress.objects.filter(enrollment=enrollment).values_list("phase__key", "state"))


def signed(cast, submission, today):
    """Whoever's turn it is takes every step."""
    kind = submission.deliverable.kind
    while step := SignOffStep.objects.filter(submission=submission, state="ready").first():
        signer = step.signers.select_related("member").order_by("member_id").first().member
        outcome = "agreed" if step.kind == "agree" else "approved"
        scores = {criterion["key"]: 3 for criterion in kind.rubric} if step.scores else {}
        sign_off.decide(step, outcome, content_hash=submission.content_hash, by=signer, today=today, scores=scores)


def hand_in(cast, deliverable, today=START):
    deliverable = Deliverable.objects.select_related("kind", "work").get(pk=deliverable.pk)
    author = cast.trainee if deliverable.kind.author == "trainee" else cast.people[deliverable.kind.author]
    file = {"id": 1, "name": "课件.pptx", "hash": "0" * 64}
    answers = make_answers(deliverable.asked.fields, people=[cast.other_mentor.pk, cast.business_head.pk], file=file, today=today)
    return submit(deliverable, answers, by=author, today=today)


def finish(cast, enrollment, key, today=START):
    """Do all that a task asks: every check passed, every deliverable signed, or the activity marked as done."""
    work = work_of(enrollment, key)
    checks = list(CheckDefinition.objects.filter(task=work.task))
    for check in checks:
        record_check(work, check, {item["key"]: True for item in check.items}, by=cast.people[check.by[0]], today=today)
    deliverables = list(Deliverable.objects.filter(work=work).order_by("number"))
    for deliverable in deliverables:
        signed(cast, hand_in(cast, deliverable, today), today)
    if not checks and not deliverables:
        complete(work_of(enrollment, key), "做完了，学到一件事。", by=cast.trainee, today=today)
    assert work_of(enrollment, key).state == "approved"


def in_turn(enrollment, keys):
    """The keys in an order in which each task is open when its turn comes."""
    left = list(keys)
    while left:
        ready = next(key for key in left if work_of(enrollment, key).state != "locked")
        left.remove(ready)
        yield ready


def open_keys(enrollment, phase):
    rows = TaskWork.objects.filter(enrollment=enrollment, task__phase__key=phase).exclude(state="locked")
    return set(rows.values_list("task__key", flat=True))


def keys_of(enrollment, phase, **facts):
    return list(TaskWork.objects.filter(enrollment=enrollment, task__phase__key=phase, **facts).values_list("task__key", flat=True))


def pass_phase(cast, enrollment, keys):
    """Let a phase be over without its work: an HR director waives what holds it."""
    for key in keys:
        work = work_of(enrollment, key)
        if work.state not in ("approved", "waived"):
            waive(work, "由前任岗位完成", by=cast.director, today=START)


# ── PH1 ──


def test_ph1_opens_ph2_only_with_every_required_task_and_the_plan_agreed_by_three(cast, enrollment):
    keys = keys_of(enrollment, "PH1", task__required=True)
    plan = "1.4.c"
    assert plan in keys
    assert phases(enrollment) == {"PH1": "open", "PH2": "locked", "PH3": "locked", "PH4": "locked", "PH5": "open"}
    for key in in_turn(enrollment, [key for key in keys if key != plan]):
        finish(cast, enrollment, key)
        assert phases(enrollment)["PH2"] == "locked"

    submission = hand_in(cast, Deliverable.objects.get(work__enrollment=enrollment, kind__key="D5"))
    signers = []
    while step := SignOffStep.objects.filter(submission=submission, state="ready").first():
        assert phases(enrollment)["PH2"] == "locked"
        signer = step.signers.get().member
        signers.append(signer)
        scores = {criterion["key"]: 3 for criterion in submission.deliverable.kind.rubric} if step.scores else {}
        sign_off.decide(step, "approved", content_hash=submission.content_hash, by=signer, today=START, scores=scores)

    assert signers == [cast.mentor, cast.line_manager]  # handing in was the trainee's own agreement
    assert phases(enrollment) == {"PH1": "complete", "PH2": "open", "PH3": "locked", "PH4": "locked", "PH5": "open"}
    assert work_of(enrollment, "2.1.a").state == "open"


def test_a_returned_plan_holds_the_phase(cast, enrollment):
    for key in in_turn(enrollment, [key for key in keys_of(enrollment, "PH1", task__required=True) if key != "1.4.c"]):
        finish(cast, enrollment, key)
    submission = hand_in(cast, Deliverable.objects.get(work__enrollment=enrollment, kind__key="D5"))
    step = SignOffStep.objects.get(submission=submission, state="ready")
    sign_off.decide(step, "returned", content_hash=submission.content_hash, by=cast.mentor, today=START, note="目标再具体些")
    assert phases(enrollment)["PH1"] == "open"

    signed(cast, hand_in(cast, submission.deliverable), START)
    assert phases(enrollment)["PH1"] == "complete"


def test_waiving_with_a_reason_lets_the_phase_go_on_but_never_without_a_plan(cast, enrollment):
    keys = keys_of(enrollment, "PH1", task__required=True)
    with pytest.raises(ValidationError) as refusal:
        waive(work_of(enrollment, "1.4.c"), "没有时间", by=cast.director, today=START)
    assert refusal.value.code == "plan_required"
    with pytest.raises(ValidationError):
        waive(work_of(enrollment, "1.1.a"), "  ", by=cast.director, today=START)

    pass_phase(cast, enrollment, [key for key in keys if key != "1.4.c"])
    assert phases(enrollment)["PH1"] == "open"
    finish(cast, enrollment, "1.4.c")
    assert phases(enrollment)["PH1"] == "complete"


# ── PH2 ──


@pytest.fixture
def in_ph2(cast, enrollment):
    pass_phase(cast, enrollment, [key for key in keys_of(enrollment, "PH1") if key != "1.4.c"])
    finish(cast, enrollment, "1.4.c")
    return enrollment


def practice_of(enrollment):
    return keys_of(enrollment, "PH2", task__counts_for_exit=True)


def test_ph2_ends_with_its_five_practice_tasks_whatever_else_is_open(cast, in_ph2):
    practice = practice_of(in_ph2)
    kinds = DeliverableKind.objects.filter(task__key__in=practice, task__version=in_ph2.cohort.version_id).order_by("position")
    assert [kind.key for kind in kinds] == ["D6", "D7", "D8", "D9", "D10"]
    for key in practice:
        assert phases(in_ph2)["PH3"] == "locked"
        finish(cast, in_ph2, key)
    assert phases(in_ph2)["PH2"] == "complete"
    assert phases(in_ph2)["PH3"] == "open"
    assert work_of(in_ph2, "3.a").state == "open"
    assert set(keys_of(in_ph2, "PH2", state="approved")) == set(practice)  # the other tasks stay as they are


def budget_task(enrollment):
    return DeliverableKind.objects.get(version=enrollment.cohort.version_id, key="D10").task.key


def test_without_a_budget_window_d10_holds_the_exit(cast, in_ph2):
    for key in practice_of(in_ph2):
        if key != budget_task(in_ph2):
            finish(cast, in_ph2, key)
    assert phases(in_ph2)["PH2"] == "open"


def test_a_budget_window_gives_d10_its_date_and_does_not_hold_the_exit(cast, published):
    Organization.objects.filter(pk=cast.organization.pk).update(budget_opens="10-08", budget_closes="11-27")
    enrollment = enroll_in(cast, published)
    pass_phase(cast, enrollment, [key for key in keys_of(enrollment, "PH1") if key != "1.4.c"])
    finish(cast, enrollment, "1.4.c")
    budget = budget_task(enrollment)
    assert date(2026, 10, 8) <= work_of(enrollment, budget).planned_start_on <= work_of(enrollment, budget).due_on <= date(2026, 11, 27)

    for key in practice_of(enrollment):
        if key != budget:
            finish(cast, enrollment, key)

    assert phases(enrollment)["PH2"] == "complete"
    finish(cast, enrollment, budget)  # it is still asked for, and may still be handed in


# ── PH4 ──


@pytest.fixture
def in_ph4(cast, in_ph2):
    pass_phase(cast, in_ph2, practice_of(in_ph2))
    pass_phase(cast, in_ph2, ["3.a"])
    return in_ph2


def quarters(enrollment, key="4.1.a"):
    return list(
        TaskWork.objects.filter(enrollment=enrollment, task__key=key)
        .order_by("occurrence")
        .values_list("occurrence", "state", "planned_start_on")
    )


def test_ph4_opens_quarterly_checkpoints_each_on_its_day(cast, in_ph4):
    assert phases(in_ph4) == {"PH1": "complete", "PH2": "complete", "PH3": "complete", "PH4": "open", "PH5": "open"}
    [(number, state, begins)] = quarters(in_ph4)
    assert (number, state, begins > START) == (1, "locked", True)

    advance(in_ph4, begins - timedelta(days=1))
    assert quarters(in_ph4) == [(1, "locked", begins)]
    advance(in_ph4, begins)
    assert quarters(in_ph4) == [(1, "open", begins)]


def test_the_next_quarter_brings_the_next_occurrence_once(cast, in_ph4):
    [(_number, _state, begins)] = quarters(in_ph4)
    much_later = begins + timedelta(days=100)

    advance(in_ph4, much_later)
    advance(in_ph4, much_later)

    first, second = quarters(in_ph4)
    assert (first[:2], second[:2]) == ((1, "open"), (2, "open"))
    assert timedelta(days=80) < second[2] - first[2] < timedelta(days=110)  # 63 working days
    assert phases(in_ph4)["PH4"] == "open"  # it has no end


# ── Prerequisites ──


def test_a_task_waits_for_those_it_requires(cast):
    enrollment = enroll_cast(cast)
    assert (work_of(enrollment, "1.4.a").state, work_of(enrollment, "1.4.c").state) == ("open", "locked")
    check = CheckDefinition.objects.get(key="C3")

    record_check(work_of(enrollment, "1.4.a"), check, {"signed": True}, by=cast.mentor, today=START, note="还差一项")
    assert work_of(enrollment, "1.4.c").state == "locked"

    record_check(work_of(enrollment, "1.4.a"), check, {"signed": True, "booked": True}, by=cast.mentor, today=START)
    assert work_of(enrollment, "1.4.c").state == "open"


def test_a_waived_prerequisite_unlocks_too(cast):
    enrollment = enroll_cast(cast)
    waive(work_of(enrollment, "1.4.a"), "导师早已确定", by=cast.director, today=START)
    assert work_of(enrollment, "1.4.c").state == "open"


def test_locked_work_takes_nothing(cast):
    enrollment = enroll_cast(cast)
    plan = Deliverable.objects.get(work__enrollment=enrollment, kind__key="D5")
    with pytest.raises(ValidationError) as refusal:
        submit(plan, {"points": "太早"}, by=cast.trainee, today=START)
    assert refusal.value.code == "locked"


# ── The day comes ──


def test_before_its_first_day_nothing_of_a_cohort_is_open(cast, run_jobs):
    start = START + timedelta(days=28)
    enrollment = enroll_cast(cast, make_cohort(cast, start_on=start), today=START)
    everything = set(TaskWork.objects.filter(enrollment=enrollment).values_list("state", flat=True))
    assert (everything, set(phases(enrollment).values()), enrollment.cohort.state) == ({"locked"}, {"locked"}, "planned")

    jobs.advance_programmes(cast.organization.pk, (start - timedelta(days=1)).isoformat())
    assert set(phases(enrollment).values()) == {"locked"}

    for _twice in range(2):
        jobs.advance_programmes(cast.organization.pk, start.isoformat())
    assert phases(enrollment) == {"PH1": "open", "PH2": "locked", "PH3": "locked", "PH4": "locked", "PH5": "open"}
    assert open_keys(enrollment, "PH1") == {"1.1.a", "1.2.a", "1.4.a"}
    assert Cohort.objects.get(pk=enrollment.cohort_id).state == "running"


def test_the_daily_job_opens_a_quarter_whose_day_came(cast, in_ph4):
    [(_number, _state, begins)] = quarters(in_ph4)
    jobs.advance_programmes(cast.organization.pk, begins.isoformat())
    assert quarters(in_ph4) == [(1, "open", begins)]


def test_the_daily_job_leaves_other_organizations_and_ended_programmes_alone(cast):
    start = START + timedelta(days=28)
    cohort = make_cohort(cast, start_on=start)
    enrollment = enroll_cast(cast, cohort, today=START)
    other = enroll_cast(cast, cohort, today=START, trainee=cast.peer)
    Enrollment.objects.filter(pk=other.pk).update(state="withdrawn")

    jobs.advance_programmes(cast.rival.pk, start.isoformat())
    assert set(phases(enrollment).values()) == {"locked"}
    jobs.advance_programmes(cast.organization.pk, start.isoformat())
    assert (phases(enrollment)["PH1"], phases(other)["PH1"]) == ("open", "locked")


def test_one_broken_enrollment_holds_up_nobody_else(cast, caplog):
    start = START + timedelta(days=28)
    odd = make_cohort(cast, start_on=start, name="坏班")
    broken = enroll_cast(cast, odd, today=START)
    whole = enroll_cast(cast, make_cohort(cast, start_on=start, version=odd.version), today=START, trainee=cast.peer)
    Cohort.objects.filter(pk=odd.pk).update(calendar="moon")  # nobody knows which days are worked

    jobs.advance_programmes(cast.organization.pk, start.isoformat())

    assert (phases(broken)["PH1"], phases(whole)["PH1"]) == ("locked", "open")
    assert "advance_failed" in caplog.text
