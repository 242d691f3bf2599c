"""Budget and annual plan: figures, what is called out, the cost of a page, and the ways into D10 and D16."""

from decimal import Decimal

import pytest

from effectiveness.models import AnnualPlan, TrainingBudget
from programs.models import Draft
from tests.factories.planning import annual_plan, fill, open_programme, training_budget
from tests.factories.programs import deliverable_of
from tests.queries import query_count


@pytest.fixture
def planner(cast, published):
    return open_programme(cast, published)


def text(answer) -> str:
    return answer.content.decode()


def cost_of(client, address: str) -> int:
    with query_count() as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_budget_in_figures_and_into_d10(client, cast, planner):
    sheet = training_budget(planner)
    page = cast.url(f"toolkit/budgets/{sheet.pk}/")
    cast.sign_in(client, cast.director)
    shown = client.get(page).context["shown"]
    assert (shown.total, shown.internal, shown.per_head.value, shown.per_hour.value) == (100_000, 20_000, 2_000, 100)
    assert (shown.payroll_percent, shown.change_percent) == (Decimal("1.5"), 100)
    assert [amount for _label, amount in shown.quarters] == [70_000, 10_000, 10_000, 10_000]
    assert client.get(f"{page}lines/").status_code == 403

    cast.sign_in(client, cast.trainee)
    answer = client.post(f"{page}carry/", {"revision": "0"})
    assert answer.status_code == 302
    data = Draft.objects.get(deliverable=deliverable_of(planner, "D10")).data
    assert (data["year"], data["lines-rows"], data["lines-0-fixed"], data["lines-1-quarter"]) == (["2027"], ["2"], ["variable"], ["all"])
    assert data["ratios-0-value"] == ["2,000"] and data["ratios-2-value"] == ["1.5%"]
    assert "订货课" in text(client.get(answer.headers["Location"]))


def test_a_plan_calls_out_what_works_for_no_key_result(client, cast, planner):
    sheet = annual_plan(planner, training_budget(planner))
    page = cast.url(f"toolkit/annual-plans/{sheet.pk}/")
    cast.sign_in(client, cast.mentor)
    answer = client.get(page)
    shown = answer.context["shown"]
    assert [item.name for item in shown.orphans] == ["读书会"] and shown.tied == 1
    assert [row.key_result for row in shown.idle] == ["客诉 30 到 20"]
    [objective] = shown.objectives
    assert ([line.percent for line in objective.key_results], objective.percent) == ([50, 0], 25)
    assert [(line.key, line.difference) for line in shown.categories] == [
        ("external_trainers", 10_000),
        ("materials", 5_000),
        ("platform", -40_000),
    ]
    assert cost_of(client, page) == 13

    cast.sign_in(client, cast.trainee)
    assert client.post(f"{page}carry/", {"revision": "0"}).status_code == 302
    data = Draft.objects.get(deliverable=deliverable_of(planner, "D16")).data
    assert (data["items-0-quarter"], data["items-0-key_result"], data.get("items-1-key_result")) == (["q1"], ["缺货率 6.5% 到 4.5%"], None)
    assert data["budget-0-draft"] == ["60000"] and data["objectives-1-business_head"] == ["马骏"]


def test_a_plan_is_held_against_ones_own_budget_alone(client, cast, planner):
    cast.sign_in(client, cast.trainee)
    budget = training_budget(planner)
    facts = {"title": "规划", "year": "2027"}
    assert client.post(cast.url("toolkit/annual-plans/new/"), {**facts, "budget": str(budget.pk + 1)}).status_code == 422
    assert client.post(cast.url("toolkit/annual-plans/new/"), {**facts, "budget": str(budget.pk)}).status_code == 302
    assert AnnualPlan.objects.get().budget == budget
    assert client.post(cast.url("toolkit/budgets/new/"), {"title": "预算", "year": "20277"}).status_code == 422
    assert TrainingBudget.objects.count() == 1


def test_pages_cost_the_same_for_one_row_and_for_three(client, cast, planner):
    budget = training_budget(planner)
    plan = annual_plan(planner, budget)
    cast.sign_in(client, cast.trainee)
    addresses = [
        cast.url(f"toolkit/{place}/")
        for place in ("planning", f"budgets/{budget.pk}", f"budgets/{budget.pk}/lines", f"annual-plans/{plan.pk}/items")
    ]
    before = [cost_of(client, address) for address in addresses]
    fill(plan, "items")
    fill(budget, "lines")
    assert [cost_of(client, address) for address in addresses] == before == [15, 11, 9, 10]
