"""The training dashboard: only what is there, for those who read the programme, and into D18."""

import pytest

from programs.models import Draft
from tests.factories.planning import annual_plan, open_programme, pilot, results_study, training_budget
from tests.factories.programs import deliverable_of
from tests.queries import query_count


@pytest.fixture
def planner(cast, published):
    return open_programme(cast, published)


def metrics(answer) -> list[tuple[str, int]]:
    return [(metric.kind.value, round(metric.value)) for _kind, found in answer.context["groups"] for metric in found]


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
    assert len(seen) == 23
    assert page in client.get(cast.url("toolkit/planning/")).content.decode()
    assert client.post(f"{page}carry/", {"revision": "0"}).status_code == 302
    data = Draft.objects.get(deliverable=deliverable_of(planner, "D18")).data
    assert (data["board-rows"], data["board-0-value"], data["board-3-target"], data["board-3-n"]) == (["8"], ["100000"], ["100"], ["2"])
