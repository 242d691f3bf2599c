"""The desk: what each person lands on, and nothing that is not theirs."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from organizations.localized import text
from organizations.models import DelegatedAuthority, Invitation, Member
from programs.actions.copy_template import copy_template
from programs.actions.enroll import NewTrainee, enroll
from programs.actions.submit_work import submit
from programs.models import CohortDeputy, Deliverable, Enrollment, PhaseProgress, SignOffStep, SupportRole, TaskWork, TemplateVersion
from tests.cast import make_member
from tests.factories.programs import START, approve, deliverable_of, draft_version, enroll_cast, make_cohort, pass_check
from tests.queries import query_count

NOON = datetime(2026, 9, 8, 4, 0, tzinfo=UTC)  # a Tuesday in the cohort's second week, noon in Shanghai
TODAY = date(2026, 9, 8)
CANARY = "只有读成果的人看得到"


@pytest.fixture(autouse=True)
def a_day_in_september():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def cohort(cast):
    return make_cohort(cast, sponsor=cast.sponsor, state="running")


@pytest.fixture
def enrollment(cast, cohort):
    return enroll_cast(cast, cohort)


@pytest.fixture
def land(cast, client):
    """Signs somebody in and opens the desk."""

    def land_as(member):
        cast.sign_in(client, member)
        return client.get(cast.url())

    return land_as


def hand_in(enrollment, by, words="要点"):
    return submit(deliverable_of(enrollment, "D1"), {"points": words}, by=by, today=START)


def parts(answer) -> list[str]:
    """The parts of the page, in order."""
    return re.findall(r'<section (?:class="panel" )?id="([a-z-]+)"', answer.text)


def all_on_plan(enrollment):
    TaskWork.objects.filter(enrollment=enrollment).update(due_on=TODAY + timedelta(days=900))


def more_trainees(cast, cohort, count):
    people = [make_member(f"学员{n}", f"more{n}@hengyue.example") for n in range(count)]
    support = {"mentor": [cast.mentor.pk], "line_manager": [cast.line_manager.pk], "hrbp": [cast.hrbp.pk]}
    pks = enroll(cohort, [NewTrainee(person.pk, support) for person in people], by=cast.manager, today=START)
    return list(Enrollment.objects.select_related("cohort", "trainee").filter(pk__in=pks).order_by("pk"))


def test_everyone_lands_on_what_concerns_them(cast, enrollment, land):
    hand_in(enrollment, cast.trainee)

    assert {part: parts(land(member)) for part, member in cast.people.items() if part != "trainee"} == {
        "admin": ["pipeline", "people", "events"],
        "director": ["pipeline", "at-risk", "cohorts", "waits-for", "mentors"],
        "manager": ["cohorts"],
        "mentor": ["waiting", "trainees"],
        "line_manager": ["trainees"],
        "hrbp": ["trainees"],
        "training_manager": ["trainees"],
        "business_head": ["waiting"],
        "sponsor": ["sponsored"],
        "peer": [],
        "other_mentor": [],
        "reviewer": [],
    }


def test_a_trainee_who_is_nothing_else_goes_to_their_programme(cast, enrollment, land):
    answer = land(cast.trainee)

    assert (answer.status_code, answer["Location"]) == (302, cast.url("my/program/"))


def test_a_trainee_who_also_supports_someone_sees_both_the_own_way_first(cast, cohort, enrollment, land):
    support = {"mentor": [cast.trainee.pk], "line_manager": [cast.line_manager.pk]}
    [pk] = enroll(cohort, [NewTrainee(cast.peer.pk, support)], by=cast.manager, today=START)
    hand_in(Enrollment.objects.select_related("cohort").get(pk=pk), cast.peer)

    answer = land(cast.trainee)

    assert parts(answer) == ["own-program", "waiting", "trainees"]
    desk = answer.context["desk"]
    assert (desk.duty, desk.own.next.key, [entry.key for entry in desk.waiting], [row.name for row in desk.trainees.worst]) == (
        "task", "1.2.a", ["C3", "D1"], ["许博文"],
    )  # fmt: skip


def test_the_admin_reads_no_word_of_a_trainees_work(cast, enrollment, land):
    hand_in(enrollment, cast.trainee, CANARY)

    page = land(cast.admin).text

    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)  # random letters, "D1" among them now and then
    assert [word for word in (CANARY, "任务 1.1.a", "D1") if word in page] == []
    assert [word for word in ("林予安", "2026 秋季班") if word in page.split('id="events"')[0]] == []


@pytest.mark.parametrize("part", ["sponsor", "business_head", "peer", "reviewer", "other_mentor"])
def test_who_has_no_right_to_names_reads_none(cast, enrollment, land, part):
    hand_in(enrollment, cast.trainee, CANARY)

    page = land(getattr(cast, part)).text

    assert [word for word in (CANARY, "林予安", "任务 1.1.a") if word in page] == []


def test_the_sponsor_reads_figures(cast, enrollment, land):
    hand_in(enrollment, cast.trainee)

    [row] = land(cast.sponsor).context["desk"].cohorts.sponsored

    assert (row.name, row.week, row.trainees, row.late, row.waiting, row.plans, row.runs) == ("2026 秋季班", 2, 1, 0, 1, 0, False)


def test_a_cohort_counts_trainees_late_waiting_and_signed_plans(cast, cohort, enrollment, land):
    first, second, third = more_trainees(cast, cohort, 3)
    for each in (enrollment, first, second, third):
        all_on_plan(each)
    TaskWork.objects.filter(enrollment__in=[first, second], task__key__in=["1.1.a", "1.2.a"]).update(
        due_on=TODAY - timedelta(days=1), planned_start_on=START
    )
    hand_in(third, third.trainee)
    pass_check(cast, enrollment, "C3", "1.4.a")
    plan = submit(deliverable_of(enrollment, "D5"), {"points": "目标"}, by=cast.trainee, today=START)
    approve(plan, cast.mentor)
    approve(plan, cast.line_manager)
    Enrollment.objects.filter(pk=second.pk).update(state="paused")

    [row] = land(cast.manager).context["desk"].cohorts.run

    assert (row.trainees, row.late, row.waiting, row.plans) == (4, 1, 1, 1)
    assert (row.week, row.weeks, row.runs) == (2, (row.end_on - START).days // 7 + 1, True)


def test_the_director_sees_how_many_are_where_and_the_admin_the_same_counts(cast, cohort, enrollment, land):
    first, second, third = more_trainees(cast, cohort, 3)
    PhaseProgress.objects.filter(enrollment=first, phase__key="PH1").update(state="complete")
    PhaseProgress.objects.filter(enrollment=first, phase__key="PH2").update(state="open")
    Enrollment.objects.filter(pk=second.pk).update(state="completed")
    Enrollment.objects.filter(pk=third.pk).update(state="withdrawn")
    later = make_cohort(cast, name="冬季班", version=cohort.version, start_on=date(2026, 12, 1))
    enroll(later, [NewTrainee(cast.peer.pk, {"mentor": [cast.mentor.pk]})], by=cast.manager, today=TODAY)

    for member in (cast.director, cast.admin):
        pipeline = land(member).context["desk"].pipeline
        counted = [(stage.number, stage.name, stage.trainees) for stage in pipeline.stages]
        assert (counted, pipeline.waiting, pipeline.completed) == ([(1, "第1阶段", 1), (2, "第2阶段", 1)], 1, 1)


def test_the_director_sees_who_is_at_risk_and_on_whom_they_wait(cast, cohort, enrollment, land):
    late, returned, alone, fine = more_trainees(cast, cohort, 4)
    for each in (enrollment, late, returned, alone, fine):
        all_on_plan(each)
    TaskWork.objects.filter(enrollment=late, task__key="1.2.a").update(due_on=TODAY - timedelta(days=2), planned_start_on=START)
    SupportRole.objects.filter(enrollment=alone, role="mentor").update(ended_at=NOON)
    submission = hand_in(enrollment, cast.trainee)
    SignOffStep.objects.filter(submission=submission, state="ready").update(
        ready_at=NOON - timedelta(days=6), due_on=TODAY - timedelta(days=1)
    )
    Deliverable.objects.filter(work__enrollment=returned, kind__key="D1").update(state="returned", changed_at=NOON - timedelta(days=9))

    shown = land(cast.director).context["desk"].overview

    assert {row.name: row.reasons for row in shown.at_risk} == {
        "学员0": ("1.2.a 逾期 2 天",),
        "学员1": ("D1 退回 9 天未重交",),
        "学员2": ("没有导师",),
        "林予安": ("D1 等周敏审核，已超期 1 天",),
    }
    assert shown.at_risk[0].name == "学员0"
    assert [(one.name, one.waiting, one.late, one.waited) for one in shown.longest] == [("周敏", 1, 1, "已等 6 天")]
    assert [(one.name, one.trainees, one.waiting) for one in shown.busiest] == [("周敏", 4, 1)]


def test_twenty_working_days_without_a_hand_in_are_a_risk_by_the_cohorts_own_calendar(cast, cohort, enrollment, land):
    all_on_plan(enrollment)
    with time_machine.travel(datetime(2026, 9, 28, 4, 0, tzinfo=UTC), tick=False):
        early = land(cast.director).context["desk"].overview.at_risk
    # 20 working days after 1 September, the holidays of October between them.
    with time_machine.travel(datetime(2026, 10, 10, 4, 0, tzinfo=UTC), tick=False):
        found = land(cast.director).context["desk"].overview.at_risk

    assert early == ()
    [row] = found
    assert re.fullmatch(r"连续 2\d 个工作日没有提交", row.reasons[0])


def test_a_deputy_looks_after_the_cohort_as_its_manager_does(cast, cohort, enrollment, land):
    CohortDeputy.objects.create(cohort=cohort, member=cast.peer)

    assert [row.name for row in land(cast.peer).context["desk"].cohorts.run] == ["2026 秋季班"]


def test_only_cohorts_of_ones_own_are_shown_and_all_to_the_director(cast, cohort, land):
    other = make_cohort(cast, name="别的班", version=cohort.version)
    type(other).objects.filter(pk=other.pk).update(manager=cast.hrbp)
    finished = make_cohort(cast, name="去年的班", version=cohort.version, state="finished")

    seen = {part: {row.name for row in land(getattr(cast, part)).context["desk"].cohorts.rows} for part in ("manager", "hrbp", "director")}

    assert finished.name not in seen["director"]
    assert seen == {"manager": {"2026 秋季班"}, "hrbp": {"别的班"}, "director": {"2026 秋季班", "别的班"}}


def test_the_oldest_five_wait_on_top_and_the_count_says_how_many(cast, cohort, land):
    for days, each in enumerate(more_trainees(cast, cohort, 7)):
        TaskWork.objects.filter(enrollment=each, task__key="1.4.a").update(state="waived")
        submission = hand_in(each, each.trainee)
        SignOffStep.objects.filter(submission=submission, state="ready").update(ready_at=NOON - timedelta(days=days))

    answer = land(cast.mentor)

    assert [(entry.trainee, entry.key) for entry in answer.context["desk"].waiting] == [(f"学员{n}", "D1") for n in (6, 5, 4, 3, 2)]
    assert len(answer.context["desk"].queue.everything) == 7
    assert answer.text.count('<span class="count is-hot">7</span>') == 1


def test_a_stand_in_sees_what_waits_for_the_absent_person(cast, enrollment, land):
    hand_in(enrollment, cast.trainee)
    before = parts(land(cast.other_mentor))
    DelegatedAuthority.objects.create(member=cast.mentor, delegate=cast.other_mentor, from_on=TODAY, until_on=TODAY)

    answer = land(cast.other_mentor)

    assert (before, parts(answer), [entry.key for entry in answer.context["desk"].waiting]) == ([], ["waiting"], ["D1"])


def test_a_director_named_later_sees_steps_asked_of_their_role(cast, land):
    version = draft_version()
    route = [{"kind": "approve", "roles": ["hr_director"], "scores": False, "days": 3}]
    version.deliverable_kinds.filter(key="D1").update(route=route)
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    hand_in(enroll_cast(cast, make_cohort(cast, version=version)), cast.trainee)
    Member.objects.filter(pk=cast.reviewer.pk).update(roles=["hr_director", "member"])

    assert [entry.key for entry in land(cast.reviewer).context["desk"].waiting] == ["D1"]


def test_the_eight_worst_trainees_are_shown(cast, cohort, land):
    trainees = more_trainees(cast, cohort, 10)
    for each in trainees:
        all_on_plan(each)
    TaskWork.objects.filter(enrollment=trainees[9], task__key="1.2.a").update(due_on=TODAY - timedelta(days=1), planned_start_on=START)

    trainees = land(cast.hrbp).context["desk"].trainees

    assert (trainees.counts.running, len(trainees.worst), trainees.worst[0].name, trainees.worst[0].late) == (10, 8, "学员9", 1)


def test_the_set_up_is_led_step_by_step_and_then_leaves(cast, land):
    def state():
        answer = land(cast.director)
        steps = answer.context["desk"].first_steps
        return (steps.next, steps.done, answer.context["desk"].duty) if steps else ("", 4, answer.context["desk"].duty)

    seen = [state()]
    version = copy_template(text("成长计划", "Program"), by=cast.director)
    seen.append(state())
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    seen.append(state())
    cohort = make_cohort(cast, version=version)
    seen.append(state())
    enroll_cast(cast, cohort)
    seen.append(state())

    assert seen == [
        ("copy", 0, "first_steps"),
        ("publish", 1, "first_steps"),
        ("open", 2, "first_steps"),
        ("enrol", 3, "first_steps"),
        ("", 4, "nothing"),
    ]


def test_the_admin_sees_who_cannot_come_in(cast, land):
    for number, expires in enumerate([None, None, -1, 3]):
        person = Member.objects.create(name=f"新人{number}", email=f"new{number}@hengyue.example", roles=["member"])
        if expires:
            Invitation.objects.create(
                member=person, email=person.email, language="en", nonce="n", expires_at=NOON + timedelta(days=expires), sent_at=NOON
            )
    Member.objects.filter(pk=cast.peer.pk).update(line_manager=cast.line_manager)

    desk = land(cast.admin).context["desk"]

    people = desk.people
    assert (people.everybody, people.outside, people.never_invited, people.expired, people.invited, people.stuck) == (17, 4, 2, 1, 1, 3)
    assert (people.unmanaged, desk.duty) == (16, "people")


@pytest.mark.parametrize(
    ("part", "duty"),
    [("mentor", "sign_off"), ("line_manager", "late"), ("manager", "cohorts_late"), ("sponsor", "nothing"), ("peer", "nothing")],
)
def test_the_title_says_what_comes_first(cast, enrollment, land, part, duty):
    all_on_plan(enrollment)
    hand_in(enrollment, cast.trainee)
    TaskWork.objects.filter(enrollment=enrollment, task__key="1.2.a").update(due_on=TODAY - timedelta(days=2), planned_start_on=START)

    answer = land(getattr(cast, part))

    assert answer.context["desk"].duty == duty
    assert answer.text.split("<main")[1].split("</main>")[0].count("btn is-primary") <= 1


def test_another_tenants_people_find_no_desk_here(cast, enrollment, land):
    assert land(cast.outsider).status_code == 404


PINNED = {
    "admin": 11,
    "director": 11,
    "manager": 11,
    "mentor": 12,
    "hrbp": 12,
    "sponsor": 10,
    "peer": 8,
    "everything": 19,  # somebody who is all of it at once; the limit for a role is 18
}


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_asks_as_much_for_one_as_for_thirty(cast, cohort, client, count):
    for each in more_trainees(cast, cohort, count):
        hand_in(each, each.trainee)
        TaskWork.objects.filter(enrollment=each, task__key="1.2.a").update(due_on=TODAY - timedelta(days=2), planned_start_on=START)
    for number in range(count):
        make_cohort(cast, name=f"班{number}", version=cohort.version, sponsor=cast.sponsor)
        Member.objects.create(name=f"新人{number}", email=f"new{number}@hengyue.example", roles=["member"])
    all_at_once = make_member("全能", "all@hengyue.example", ["admin", "hr_director", "member"])
    everything = NewTrainee(all_at_once.pk, {"mentor": [cast.mentor.pk], "line_manager": [cast.line_manager.pk]})
    enroll(cohort, [everything], by=cast.manager, today=START)
    enroll(
        cohort,
        [NewTrainee(cast.peer.pk, {"mentor": [all_at_once.pk], "line_manager": [cast.line_manager.pk]})],
        by=cast.manager,
        today=START,
    )
    cast.people["everything"] = all_at_once
    cast.people["peer"] = cast.reviewer
    asked = {}
    for part in PINNED:
        cast.sign_in(client, getattr(cast, part))
        with query_count() as statements:
            assert client.get(cast.url()).status_code == 200
        asked[part] = len(statements)

    assert asked == PINNED
    assert max(asked.values()) <= 19
