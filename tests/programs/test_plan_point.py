"""What a decision's plan gives a trainee to do: on their program, shown as done, signed off, by role and tenant."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.actions import open_cycle
from assessments.actions.decide import decide
from assessments.models import Decision
from assessments.queries.review_file import review_file
from notifications.models import Notification
from organizations import clock
from organizations.models import AuditEvent, DelegatedAuthority
from programs.actions import settle_point
from programs.models import Enrollment, PlanPoint
from programs.queries.sign_off_queue import Filters, queue_of, waiting_count
from tests.assessments.world import LEVELS, TODAY, decided_world, voted_world
from tests.queries import query_count

DUE = date(2026, 12, 31)
SHOWN = "二级评估报告已归档，知识库 K-12"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def world(cast):
    return decided_world(cast, plan=[("独立完成一份二级评估报告", DUE), ("带一次分享会", DUE + timedelta(days=7), cast.hrbp)])


def point(number: int = 1) -> PlanPoint:
    return PlanPoint.objects.get(number=number, ended_at__isnull=True)


def show(cast, number: int = 1) -> PlanPoint:
    return settle_point.show(point(number), SHOWN, by=cast.trainee, today=TODAY)


def waits(member) -> list[str]:
    queue = queue_of(member, Filters(), now=clock.now(), today=TODAY)
    assert waiting_count(member, TODAY) == len(queue.everything)
    return [entry.name for entry in queue.everything if entry.is_point]


def test_each_point_becomes_a_task_of_the_trainee_and_is_told(cast, client, world):
    assert [(one.what, one.due_on, one.signer) for one in PlanPoint.objects.order_by("number")] == [
        ("独立完成一份二级评估报告", DUE, None),
        ("带一次分享会", DUE + timedelta(days=7), cast.hrbp),
    ]
    assert Notification.objects.filter(kind="point_set", recipient=cast.trainee).count() == 2
    cast.sign_in(client, cast.trainee)
    for page in ("my/program/", "my/program/tasks/"):
        shown = client.get(cast.url(page)).text
        assert f"points/{point(1).pk}/" in shown and "独立完成一份二级评估报告" in shown
    Enrollment.objects.update(state="completed")
    assert f"points/{point(1).pk}/" in client.get(cast.url("my/program/")).text


def test_points_cost_the_program_no_query(cast, client, world):
    cast.sign_in(client, cast.trainee)
    with query_count() as with_points:
        client.get(cast.url("my/program/"))
    PlanPoint.objects.update(ended_at=clock.now())
    with query_count() as without:
        client.get(cast.url("my/program/"))
    assert len(with_points) == len(without)


def test_it_waits_for_its_signer_once_it_is_shown(cast, world):
    people = (cast.mentor, cast.hrbp, cast.line_manager, cast.director, cast.trainee)
    assert [waits(one) for one in people] == [[], [], [], [], []]
    show(cast, 1)
    show(cast, 2)
    assert [waits(one) for one in people] == [["独立完成一份二级评估报告"], ["带一次分享会"], [], [], []]
    told = set(Notification.objects.filter(kind="point_shown").values_list("recipient__name", "words__point"))
    assert told == {(cast.mentor.name, "独立完成一份二级评估报告"), (cast.hrbp.name, "带一次分享会")}


@pytest.mark.parametrize("part", ["trainee", "line_manager", "hrbp", "director", "reviewer", "peer", "manager"])
def test_only_its_signer_signs_it_off(cast, world, part):
    show(cast)
    with pytest.raises(PermissionDenied):
        settle_point.settle(point(), "见报告", by=cast.people[part], today=TODAY)
    with pytest.raises(PermissionDenied):
        settle_point.show(point(), SHOWN, by=cast.mentor, today=TODAY)


def test_it_is_signed_off_once_and_told(cast, world):
    show(cast)
    with pytest.raises(ValidationError) as refusal:
        settle_point.settle(point(), "  ", by=cast.mentor, today=TODAY)
    assert refusal.value.error_dict["note"][0].code == "reason_required"
    settled = settle_point.settle(point(), "见报告", by=cast.mentor, today=TODAY)
    assert (settled.settled_by, settled.settled_for, settled.note) == (cast.mentor, None, "见报告")
    assert Notification.objects.filter(kind="point_settled", recipient=cast.trainee).count() == 1
    assert AuditEvent.objects.filter(action="plan_point_settled").count() == 1
    for act in (settle_point.settle, settle_point.show):
        with pytest.raises(ValidationError) as refusal:
            act(settled, "再来", by=cast.mentor if act is settle_point.settle else cast.trainee, today=TODAY)
        assert refusal.value.code == "already_settled"
    assert waits(cast.mentor) == []


def test_a_stand_in_signs_it_off_for_who_is_away_but_never_the_trainee(cast, world):
    show(cast)
    for delegate in (cast.other_mentor, cast.trainee):
        DelegatedAuthority.objects.create(member=cast.mentor, delegate=delegate, from_on=TODAY, until_on=TODAY)
    assert (waits(cast.other_mentor), waits(cast.trainee)) == (["独立完成一份二级评估报告"], [])
    with pytest.raises(PermissionDenied):
        settle_point.settle(point(), "自己签", by=cast.trainee, today=TODAY)
    with pytest.raises(PermissionDenied):
        settle_point.settle(point(), "晚了", by=cast.other_mentor, today=TODAY + timedelta(days=1))
    settled = settle_point.settle(point(), "见报告", by=cast.other_mentor, today=TODAY)
    assert (settled.settled_by, settled.settled_for) == (cast.other_mentor, cast.mentor)


def test_where_the_one_who_was_named_has_left_it_is_the_mentors(cast, world):
    show(cast, 2)
    cast.hrbp.ended_at = clock.now()
    cast.hrbp.save(update_fields=["ended_at"])
    assert waits(cast.mentor) == ["带一次分享会"]
    settle_point.settle(point(2), "看过了", by=cast.mentor, today=TODAY)


def test_nobody_is_named_to_sign_off_their_own(cast):
    world = voted_world(cast)
    said = {"scores": LEVELS, "reasons": "还差一步", "plan": [("补报告", DUE, cast.trainee)]}
    with pytest.raises(ValidationError) as refusal:
        decide(world.review, "not_yet", by=cast.reviewer, today=TODAY, **said)
    assert refusal.value.error_dict["signer"][0].code == "own_point"


def test_the_next_review_shows_which_points_were_met(cast, world):
    show(cast)
    settle_point.settle(point(), "见报告", by=cast.mentor, today=TODAY)
    world.cycle.refresh_from_db()
    later = TODAY + timedelta(days=190)
    cycle = open_cycle.open_cycle(
        world.enrollment.cohort,
        number=2,
        length="half_year",
        opens_on=later,
        closes_on=later + timedelta(days=20),
        by=cast.manager,
        today=later,
    )
    world.cycle = cycle
    plan = review_file(world.review)["previous"]["plan"]
    assert plan == [
        {"what": "独立完成一份二级评估报告", "due_on": "2026-12-31", "met_on": TODAY.isoformat(), "note": "见报告"},
        {"what": "带一次分享会", "due_on": "2027-01-07", "met_on": None, "note": ""},
    ]


def test_the_page_by_role_and_tenant(cast, client, world):
    path = cast.url(f"points/{point().pk}/")
    answers = {}
    for part in ("trainee", "mentor", "line_manager", "hrbp", "manager", "director", "admin", "peer", "sponsor"):
        answers[part] = cast.sign_in(client, cast.people[part]).get(path).status_code
    readers = ("trainee", "mentor", "line_manager", "hrbp", "manager", "director")
    assert answers == dict.fromkeys(answers, 404) | dict.fromkeys(readers, 200)
    assert cast.sign_in(client, cast.outsider).get(path).status_code == 404


def test_the_trainee_and_the_signer_act_on_the_page(cast, client, world):
    path = cast.url(f"points/{point().pk}/")
    cast.sign_in(client, cast.trainee)
    assert client.post(path, {"shown": ""}).status_code == 422
    assert client.post(path, {"shown": SHOWN}).status_code == 302
    cast.sign_in(client, cast.line_manager)
    assert client.post(path, {"note": "我来签"}).status_code == 403
    cast.sign_in(client, cast.mentor)
    assert SHOWN in client.get(path).text
    assert f"points/{point().pk}/" in client.get(cast.url("signoffs/?kind=point")).text
    assert client.post(path, {"note": ""}).status_code == 422
    assert client.post(path, {"note": "见报告"}).status_code == 302
    again = client.post(path, {"note": "又一次"})
    assert again.status_code == 409
    cast.sign_in(client, cast.trainee)
    assert "见报告" in client.get(world.url("decision/")).text


def test_a_signer_is_named_on_the_page_of_the_decision(cast, client):
    world = voted_world(cast)
    cast.sign_in(client, cast.reviewer)
    body = {f"score_{key}": "3" for key in LEVELS} | {
        "outcome": "not_yet", "reasons": "还差一步", "what_1": "补报告", "due_1": "2026-12-31", "signer_1": cast.trainee.name,
    }  # fmt: skip
    assert client.post(world.url("decision/"), body).status_code == 422
    assert client.post(world.url("decision/"), body | {"signer_1": cast.hrbp.name}).status_code == 302
    assert point().signer == cast.hrbp
    assert Decision.objects.get().plan == [{"what": "补报告", "due_on": "2026-12-31"}]
