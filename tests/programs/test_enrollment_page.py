"""One trainee's page for those who support them; relations, waivers and dates."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Cohort, ScheduleChange, SignOffStep, SupportRole, TaskWork, Waiver
from programs.queries.enrollment_page import enrollment_page
from tests.factories.programs import START, enroll_cast, make_cohort, work_of
from tests.programs.test_sign_off import hand_in, ready
from tests.queries import query_count

READERS = {"trainee", "mentor", "line_manager", "hrbp", "training_manager", "manager", "director"}
OTHERS = {"peer", "other_mentor", "other_manager", "admin", "reviewer", "sponsor", "business_head", "outsider"}


@pytest.fixture
def enrollment(cast):
    enrollment = enroll_cast(cast, make_cohort(cast, sponsor=cast.sponsor))
    other = make_cohort(cast, name="另一班", version=enrollment.cohort.version)
    Cohort.objects.filter(pk=other.pk).update(manager=cast.people["other_mentor"])
    return enrollment


def member_of(cast, part):
    return {"outsider": cast.outsider, "other_manager": cast.other_mentor}.get(part) or cast.people[part]


def url(cast, enrollment, name="enrollment", *more, slug=None):
    return reverse(f"programs:{name}", args=[slug or cast.organization.slug, enrollment.cohort_id, enrollment.pk, *more])


def statuses(client, cast, path, parts, data=None):
    found: dict[int, set] = {}
    for part in sorted(parts):
        cast.sign_in(client, member_of(cast, part))
        answer = client.get(path) if data is None else client.post(path, data)
        found.setdefault(answer.status_code, set()).add(part)
    return found


# ── The page ──


def test_it_opens_for_those_who_read_the_trainees_work(client, cast, enrollment):
    assert statuses(client, cast, url(cast, enrollment), READERS | OTHERS) == {200: READERS, 404: OTHERS}


def test_only_who_runs_the_cohort_is_offered_changes(client, cast, enrollment):
    change, move = url(cast, enrollment, "change_relations"), url(cast, enrollment, "move_date", work_of(enrollment, "1.1.a").pk)
    waive = url(cast, enrollment, "waive_task", work_of(enrollment, "1.1.a").pk)
    offered = {}
    for part in READERS:
        shown = cast.sign_in(client, cast.people[part]).get(url(cast, enrollment)).content.decode()
        offered[part] = (change in shown, move in shown, waive in shown)
    assert offered == dict.fromkeys(READERS, (False, False, False)) | {"manager": (True, True, False), "director": (True, True, True)}


def test_under_another_cohort_or_organization_it_is_not_found(client, cast, enrollment):
    other = Cohort.objects.get(name="另一班")
    wrong = reverse("programs:enrollment", args=[cast.organization.slug, other.pk, enrollment.pk])
    assert statuses(client, cast, wrong, {"director", "manager", "other_manager"}) == {404: {"director", "manager", "other_manager"}}
    cast.sign_in(client, cast.outsider)
    assert client.get(url(cast, enrollment, slug=cast.rival.slug)).status_code == 404


def test_it_says_what_waits_and_for_whom(cast, enrollment):
    hand_in(cast, enrollment)
    shown = enrollment_page(enrollment, START, timezone.now())
    lines = {line.work.key: line for _phase, lines in shown.groups for line in lines}
    assert (lines["1.1.a"].with_whom, lines["1.2.a"].with_whom) == (("周敏",), ())
    assert shown.counts == {"done": 0, "total": 6, "late": 0, "returned": 0, "waiting": 1}
    assert {relation.role: relation.names for relation in shown.relations} == {
        "mentor": ("周敏",),
        "line_manager": ("赵晓峰",),
        "hrbp": ("吴越",),
        "business_head": ("马骏",),
        "training_manager": ("罗琳",),
        "sponsor": ("高远",),
        "cohort_manager": ("何芳",),
    }


def test_the_page_costs_a_fixed_number_of_queries(client, cast, enrollment):
    cast.sign_in(client, cast.manager)
    client.get(url(cast, enrollment))
    with query_count() as seen:
        client.get(url(cast, enrollment))
    assert len(seen) == 15


# ── Relations ──

NAMED = {"mentor": "郑岚", "line_manager": "赵晓峰", "hrbp": "", "business_head": "马骏\n高远", "training_manager": "罗琳", "sponsor": ""}


def test_relations_are_changed_by_who_runs_the_cohort(client, cast, enrollment):
    path = url(cast, enrollment, "change_relations")
    supporters = READERS - {"manager", "director"}
    assert statuses(client, cast, path, READERS | OTHERS) == {200: {"manager", "director"}, 403: supporters, 404: OTHERS}
    assert statuses(client, cast, path, supporters | OTHERS, NAMED) == {403: supporters, 404: OTHERS}
    assert not SupportRole.objects.filter(ended_at__isnull=False).exists()


def test_what_waits_goes_to_the_new_mentor(client, cast, enrollment):
    submission = hand_in(cast, enrollment)
    answer = cast.sign_in(client, cast.manager).post(url(cast, enrollment, "change_relations"), NAMED)
    assert (answer.status_code, answer["Location"]) == (302, url(cast, enrollment))
    held = SupportRole.objects.filter(ended_at__isnull=True).values_list("role", "member__name")
    assert set(held) == {
        ("mentor", "郑岚"),
        ("line_manager", "赵晓峰"),
        ("business_head", "马骏"),
        ("business_head", "高远"),
        ("training_manager", "罗琳"),
    }
    assert list(ready(submission).signers.values_list("member__name", flat=True)) == ["郑岚"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mentor": "谁"}, "mentor"),
        ({"mentor": "林予安"}, "mentor"),
        ({"line_manager": "outsider@rival.example"}, "line_manager"),
        ({"hrbp": "x" * 5000}, "hrbp"),
        ({"sponsor": "<script>alert(1)</script>"}, "sponsor"),
        ({"mentor": "周敏\x00"}, "mentor"),
    ],
)
def test_a_wrong_name_changes_nothing_and_stays(client, cast, enrollment, change, field):
    answer = cast.sign_in(client, cast.manager).post(url(cast, enrollment, "change_relations"), NAMED | change)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not SupportRole.objects.filter(ended_at__isnull=False).exists()
    assert "<script>alert(1)" not in answer.content.decode()
    assert "高远" in answer.content.decode()


# ── Waiving ──


def test_only_the_hr_director_waives(client, cast, enrollment):
    path = url(cast, enrollment, "waive_task", work_of(enrollment, "1.1.a").pk)
    readers = READERS - {"director"}
    assert statuses(client, cast, path, READERS | OTHERS) == {200: {"director"}, 403: readers, 404: OTHERS}
    assert statuses(client, cast, path, readers | OTHERS, {"reason": "做过了"}) == {403: readers, 404: OTHERS}
    assert Waiver.objects.count() == 0


def test_a_waived_task_shows_why(client, cast, enrollment):
    cast.sign_in(client, cast.director)
    path = url(cast, enrollment, "waive_task", work_of(enrollment, "1.1.a").pk)
    assert client.post(path, {"reason": "上一家公司做过，报告已看"}).status_code == 302
    assert work_of(enrollment, "1.1.a").state == "waived"
    shown = cast.sign_in(client, cast.mentor).get(url(cast, enrollment)).content.decode()
    assert ("上一家公司做过，报告已看" in shown, "孙静" in shown) == (True, True)
    again = cast.sign_in(client, cast.director).post(path, {"reason": "再来一次"})
    assert (again.status_code, Waiver.objects.count()) == (422, 1)
    assert "再来一次" in again.content.decode()


@pytest.mark.parametrize("reason", ["", "  \n", "长" * 2001, "a\x00b"])
def test_a_waiver_needs_a_reason_of_a_fair_length(client, cast, enrollment, reason):
    path = url(cast, enrollment, "waive_task", work_of(enrollment, "1.1.a").pk)
    answer = cast.sign_in(client, cast.director).post(path, {"reason": reason})
    assert (answer.status_code, list(answer.context["form"].errors), Waiver.objects.count()) == (422, ["reason"], 0)


def test_the_plan_is_not_waived(client, cast, enrollment):
    path = url(cast, enrollment, "waive_task", work_of(enrollment, "1.4.c").pk)
    answer = cast.sign_in(client, cast.director).post(path, {"reason": "没有时间"})
    assert (answer.status_code, Waiver.objects.count()) == (422, 0)


# ── Dates ──


def move(cast, enrollment, key="1.1.a"):
    return url(cast, enrollment, "move_date", work_of(enrollment, key).pk)


@pytest.fixture
def later(enrollment):
    """A working day after the task's date, from today on."""
    day = max(work_of(enrollment, "1.1.a").due_on, timezone.localdate())
    return next(day + timedelta(days=n) for n in range(7, 21) if (day + timedelta(days=n)).weekday() == 2)


def test_dates_are_moved_by_who_runs_the_cohort(client, cast, enrollment, later):
    supporters = READERS - {"manager", "director"}
    assert statuses(client, cast, move(cast, enrollment), READERS | OTHERS) == {200: {"manager", "director"}, 403: supporters, 404: OTHERS}
    data = {"due_on": later.isoformat(), "reason": "出差"}
    assert statuses(client, cast, move(cast, enrollment), supporters | OTHERS, data) == {403: supporters, 404: OTHERS}
    assert ScheduleChange.objects.count() == 0


def test_a_moved_date_shows_why(client, cast, enrollment, later):
    cast.sign_in(client, cast.manager)
    before = work_of(enrollment, "1.2.a").due_on
    assert client.post(move(cast, enrollment), {"due_on": later.isoformat(), "reason": "陪产假六周"}).status_code == 302
    assert (work_of(enrollment, "1.1.a").due_on, work_of(enrollment, "1.2.a").due_on) == (later, before)
    assert "陪产假六周" in client.get(url(cast, enrollment)).content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"due_on": "", "reason": "出差"}, "due_on"),
        ({"due_on": "bald", "reason": "出差"}, "due_on"),
        ({"due_on": "2020-01-01", "reason": "出差"}, "due_on"),
        ({"due_on": "9999-12-31", "reason": "出差"}, "due_on"),
        ({"due_on": "2026-02-30", "reason": "出差"}, "due_on"),
        ({"due_on": "LATER", "reason": ""}, "reason"),
        ({"due_on": "LATER", "reason": "长" * 2001}, "reason"),
        ({"due_on": "SUNDAY", "reason": "出差"}, "due_on"),
    ],
)
def test_a_wrong_date_is_told_at_its_field(client, cast, enrollment, later, data, field):
    words = {"LATER": later.isoformat(), "SUNDAY": (later + timedelta(days=4)).isoformat()}
    data = {name: words.get(value, value) for name, value in data.items()}
    answer = cast.sign_in(client, cast.manager).post(move(cast, enrollment), data)
    assert (answer.status_code, list(answer.context["form"].errors), ScheduleChange.objects.count()) == (422, [field], 0)


def test_a_task_of_another_trainee_is_not_found_here(client, cast, enrollment):
    other = enroll_cast(cast, enrollment.cohort, trainee=cast.peer)
    path = url(cast, enrollment, "move_date", work_of(other, "1.1.a").pk)
    waive = url(cast, enrollment, "waive_task", work_of(other, "1.1.a").pk)
    cast.sign_in(client, cast.director)
    assert (client.get(path).status_code, client.post(waive, {"reason": "x"}).status_code) == (404, 404)
    assert client.get(url(cast, enrollment, "move_date", 10**15)).status_code == 404
    assert (TaskWork.objects.filter(state="waived").count(), SignOffStep.objects.count()) == (0, 0)
