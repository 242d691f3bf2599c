"""The training dashboard: only what is there, for those who read the programme, and into D18."""

from decimal import Decimal

import pytest

from programs.models import Draft
from tests.factories.planning import annual_plan, open_programme, pilot, results_study, training_budget
from tests.factories.programs import deliverable_of
from tests.factories.sessions import NAMES, PAIRS, hold
from tests.queries import query_count


@pytest.fixture
def planner(cast, published):
    return open_programme(cast, published)


def metrics(answer) -> list[tuple[str, int]]:
    return [(metric.kind.value, round(metric.value)) for _kind, found in answer.context["groups"] for metric in found]


def figures(answer) -> dict[str, tuple]:
    """By label: value and n."""
    return {metric.label: (metric.value, metric.n) for _kind, found in answer.context["groups"] for metric in found}


def test_it_is_empty_until_there_is_a_figure(client, cast, planner):
    cast.sign_in(client, cast.trainee)
    assert metrics(client.get(cast.url(f"toolkit/dashboards/{planner.pk}/"))) == []
    results_study(planner, isolation="")
    assert metrics(client.get(cast.url(f"toolkit/dashboards/{planner.pk}/"))) == [("effectiveness", 50)]


def test_figures_come_from_the_worksheets_and_go_into_d18(client, cast, planner):
    annual_plan(planner, training_budget(planner))
    pilot(planner)
    results_study(planner)
    page = cast.url(f"toolkit/dashboards/{planner.pk}/")
    for person, status in [(cast.mentor, 200), (cast.director, 200), (cast.admin, 404), (cast.peer, 404)]:
        cast.sign_in(client, person)
        assert client.get(page).status_code == status
        assert client.get(f"{page}carry/").status_code == (403 if status == 200 else 404)

    cast.sign_in(client, cast.trainee)
    with query_count() as seen:
        answer = client.get(page)
    assert metrics(answer) == [
        ("efficiency", 100_000),
        ("efficiency", 2_000),
        ("efficiency", 100),
        ("effectiveness", 50),
        ("effectiveness", 100),
        ("effectiveness", 50),
        ("outcome", 25),
        ("outcome", 60),
    ]
    assert len(seen) == 26
    assert page in client.get(cast.url("toolkit/planning/")).content.decode()
    assert client.post(f"{page}carry/", {"revision": "0"}).status_code == 302
    data = Draft.objects.get(deliverable=deliverable_of(planner, "D18")).data
    assert (data["board-rows"], data["board-0-value"], data["board-3-target"], data["board-3-n"]) == (["8"], ["100000"], ["100"], ["2"])
    assert (data["metrics-rows"], data["metrics-3-target"], data["metrics-7-type"]) == (["8"], ["100"], ["outcome"])
    assert data["metrics-1-formula"] == ["（预算明细 + 内部人力）÷ 受训人数"]


def test_sessions_surveys_and_tests_are_counted_and_say_from_what(client, cast, planner):
    hold(cast, NAMES, minutes=[60, 60, 60, 60, 48, 30], scores=PAIRS, answers=(5, 4, 4, 3, 5))
    hold(cast, NAMES[:2], minutes=[60, 0])
    cast.sign_in(client, cast.mentor)
    page = client.get(cast.url(f"toolkit/dashboards/{planner.pk}/"))
    assert figures(page) == {
        "已举办场次": (2, None),
        "参训人数": (6, 6),
        "出勤率": (Decimal(75), 8),
        "培训人时": (Decimal("6.3"), 6),
        "满意度（好评率）": (Decimal(80), 5),
        "学习达标率": (Decimal(80), 5),
        "归一化增益": (Decimal("0.60"), 5),
    }
    assert "1 份已关闭的问卷、5 份答卷、回收率 83%、均值 4.2（满分 5）" in page.text
    assert "选 4 或 5 的答案数 ÷ 有效答案数 × 100" in page.text

    with query_count() as seen:
        client.get(cast.url(f"toolkit/dashboards/{planner.pk}/"))
    hold(cast, NAMES, minutes=[60] * 6, scores=PAIRS, answers=(5, 5, 5, 5, 5))
    with query_count() as more:
        client.get(cast.url(f"toolkit/dashboards/{planner.pk}/"))
    assert len(more) == len(seen)


@pytest.mark.parametrize("part", ["trainee", "mentor", "director"])
def test_what_few_people_said_is_in_no_sum_for_anybody(client, cast, planner, part):
    hold(cast, NAMES[:4], minutes=[60] * 4, scores=PAIRS[:4], answers=(1, 1, 1, 1))
    hold(cast, NAMES, minutes=[60] * 6, answers=(1, 1, 1, 1, 1, 1), close=False)
    cast.sign_in(client, cast.people[part])
    page = client.get(cast.url(f"toolkit/dashboards/{planner.pk}/"))
    few = {"满意度（好评率）": (None, 0), "学习达标率": (None, 0), "归一化增益": (None, 0)}
    assert {label: found for label, found in figures(page).items() if found[0] is None} == few
    assert (page.text.count("答卷不足"), "2 份问卷未关闭或少于 5 份答卷，未计入" in page.text) == (3, True)

    hold(cast, NAMES, minutes=[60] * 6, scores=((40, 80),) * 5, answers=(5,) * 5)
    shown = figures(client.get(cast.url(f"toolkit/dashboards/{planner.pk}/")))
    assert (shown["满意度（好评率）"], shown["学习达标率"]) == ((100, 5), (100, 5))


def test_what_is_too_small_goes_into_d18_as_a_gap_and_not_as_a_figure(client, cast, planner):
    hold(cast, NAMES[:4], minutes=[60] * 4, answers=(1, 1, 1, 1))
    cast.sign_in(client, cast.trainee)
    client.post(cast.url(f"toolkit/dashboards/{planner.pk}/carry/"), {"revision": "0"})
    data = Draft.objects.get(deliverable=deliverable_of(planner, "D18")).data
    assert (data["board-rows"], data["metrics-rows"], data["data_quality-rows"]) == (["4"], ["5"], ["1"])
    assert data["data_quality-0-gap"] == ["答卷不足"]


def test_a_dashboard_is_found_without_a_single_worksheet(client, cast, planner):
    page = cast.url(f"toolkit/dashboards/{planner.pk}/")
    hold(cast, NAMES, minutes=[60] * 6)
    for person, is_there in ((cast.trainee, True), (cast.mentor, True), (cast.peer, False), (cast.admin, False)):
        assert (page in cast.sign_in(client, person).get(cast.url("toolkit/planning/")).text) == is_there
