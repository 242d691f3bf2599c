"""Pilots and studies of results: what their pages say, what is refused, and the ways into D17 and D14."""

from decimal import Decimal

import pytest

from effectiveness.models import Pilot
from programs.models import Deliverable, Draft, ProjectKind
from projects.actions.choose_project import choose
from tests.factories.planning import mark_on, open_programme, pilot, posted, results_study
from tests.factories.programs import START, deliverable_of, work_of
from tests.queries import query_count


@pytest.fixture
def planner(cast, published):
    return open_programme(cast, published)


def text(answer) -> str:
    return answer.content.decode()


def test_a_pilot_and_its_brief_into_d17(client, cast, planner):
    sheet = pilot(planner)
    page = cast.url(f"toolkit/pilots/{sheet.pk}/")
    cast.sign_in(client, cast.mentor)
    assert [line.outcome for line in client.get(page).context["shown"]] == ["reached", "open"]
    cast.sign_in(client, cast.trainee)
    assert client.post(f"{page}carry/", {"revision": "0"}).status_code == 302
    data = Draft.objects.get(deliverable=deliverable_of(planner, "D17")).data
    assert (data["hypothesis"], data["design-rows"], data["data_protection"]) == ([sheet.hypothesis], ["4"], ["ordinary"])
    assert "decision" not in data

    Deliverable.objects.filter(pk=deliverable_of(planner, "D17").pk).update(state="approved")
    assert client.post(f"{page}carry/", {"revision": "0"}).status_code == 302
    result = Draft.objects.get(deliverable__number=2, deliverable__kind__key="D17").data
    assert (result["result-0-after"], result["result-rows"], result["decision"]) == (["5"], ["1"], ["scale"])


def test_a_decision_says_which_figures_led_to_it(client, cast, planner):
    cast.sign_in(client, cast.trainee)
    facts = {
        "title": "知识库", "hypothesis": "查得到", "users": "一店", "begins_on": "2026-09-30", "ends_on": "2026-09-01", "cost": "0",
        "stop_rule": "无人用", "data_protection": "none", "decision": "stop", "reason": "",
    }  # fmt: skip
    refused = client.post(cast.url("toolkit/pilots/new/"), facts)
    assert refused.status_code == 422 and "知识库" in text(refused) and len(refused.context["form"].non_field_errors()) == 2
    assert client.post(cast.url("toolkit/pilots/new/"), {**facts, "ends_on": "2026-10-01", "decision": ""}).status_code == 302
    sheet = Pilot.objects.get()
    measures = cast.url(f"toolkit/pilots/{sheet.pk}/measures/")
    row = {"measure": "差错", "before": "12", "target": "6", "after": "5", "n": ""}
    assert client.post(measures, posted([row], mark_on(client, measures))).status_code == 422
    assert client.post(measures, posted([{**row, "n": "12"}], mark_on(client, measures))).status_code == 302


def test_a_study_shows_a_range_and_what_its_costs_lack(client, cast, planner):
    sheet = results_study(planner)
    cast.sign_in(client, cast.director)
    with query_count() as seen:
        answer = client.get(cast.url(f"toolkit/studies/{sheet.pk}/"))
    shown = answer.context["shown"]
    assert len(seen) == 13
    assert (shown.transfer, shown.learner_only, shown.cost) == (50, 15, 100_000)
    assert (round(shown.range.conservative.ratio, 2), round(shown.range.likely.ratio, 2)) == (Decimal("1.60"), 2)
    assert "learners" not in shown.missing_costs and "evaluation" in shown.missing_costs


def test_without_an_isolation_method_there_is_no_return(client, cast, planner):
    sheet = results_study(planner, isolation="")
    cast.sign_in(client, cast.trainee)
    page = cast.url(f"toolkit/studies/{sheet.pk}/")
    assert client.get(page).context["shown"].range is None
    rows = {"behavior": "核对", "n": "5", "by_learner": "3", "by_superior": "2", "both": "3"}
    assert client.post(f"{page}behaviors/", posted([rows], mark_on(client, f"{page}behaviors/"))).status_code == 422


def test_a_study_is_carried_into_d14_of_the_project(client, cast, planner):
    sheet = results_study(planner)
    cast.sign_in(client, cast.trainee)
    carry = cast.url(f"toolkit/studies/{sheet.pk}/carry/")
    assert client.get(carry).context["target"] is None
    kind = ProjectKind.objects.get(version=planner.cohort.version, key="3.B")
    choose(work_of(planner, "3.a"), kind, name="店长上岗", problem="", sponsor=cast.sponsor, by=cast.trainee, today=START)
    assert client.post(carry, {"revision": "0"}).status_code == 302
    data = Draft.objects.get(deliverable__kind__key="D14").data
    assert (data["isolation"], data["benefits-0-improvement"], data["costs-rows"]) == (["expert"], ["1200"], ["2"])
    assert (data["roi-0-case"], data["roi-0-bcr"], data["roi-0-roi"], data["roi-1-bcr"]) == (["conservative"], ["1.6"], ["60"], ["2"])
    assert "1,200" in text(client.get(carry))
