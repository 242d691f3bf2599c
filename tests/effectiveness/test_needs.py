"""A needs analysis: rows, what follows from them, who writes and reads, and the way into D6."""

import pytest

from effectiveness.models import Need, NeedsAnalysis, TaskRating
from organizations.models import AuditEvent
from programs.models import Draft
from tests.factories.planning import fill, mark_on, needs_analysis, open_programme, posted
from tests.factories.programs import deliverable_of
from tests.queries import query_count

ONE_NEED = {
    "need": "会订货", "evidence": "周报", "objective": "缺货率", "weight": 50, "importance": 4, "cost_of_error": 3,
    "cause": "capability", "answer": "train",
}  # fmt: skip


@pytest.fixture
def planner(cast, published):
    return open_programme(cast, published)


@pytest.fixture
def sheet(planner):
    return needs_analysis(planner)


def text(answer) -> str:
    return answer.content.decode()


def test_one_begins_and_fills_in_rows(client, cast, planner):
    cast.sign_in(client, cast.trainee)
    start = cast.url("toolkit/needs/new/")
    assert start in text(client.get(cast.url("toolkit/planning/")))
    refused = client.post(start, {"title": "新任店长", "headcount": "0"})
    assert refused.status_code == 422 and "新任店长" in text(refused)
    answer, again = (client.post(start, {"title": "新任店长", "headcount": "１８"}) for _press in range(2))
    assert answer["Location"] == again["Location"]
    sheet = NeedsAnalysis.objects.get()
    assert (answer.status_code, sheet.headcount) == (302, 18)

    tasks = cast.url(f"toolkit/needs/{sheet.pk}/tasks/")
    row = {"task": "排班", "difficulty": "4", "importance": "4", "frequency": "5"}
    wrong = client.post(
        tasks, posted([row, {"task": "盘点", "difficulty": "9", "importance": "", "frequency": "1"}], mark_on(client, tasks))
    )
    assert wrong.status_code == 422 and "盘点" in text(wrong)
    assert TaskRating.objects.count() == 0
    assert client.post(tasks, posted([row, {"task": " "}], mark_on(client, tasks))).status_code == 302
    kept = TaskRating.objects.get()
    assert (kept.task, kept.position) == ("排班", 1)
    assert "排班" in text(client.get(cast.url(f"toolkit/needs/{sheet.pk}/")))
    told = AuditEvent.objects.filter(action="needs_changed", subject_id=sheet.pk).order_by("pk").values_list("payloads__after", flat=True)
    assert list(told) == [{"title": "新任店长", "headcount": "18"}, {"task": ["排班"]}]

    emptied = [{"pk": kept.pk, "task": "", "difficulty": "", "importance": "", "frequency": ""}]
    assert client.post(tasks, posted(emptied, mark_on(client, tasks), standing=1)).status_code == 302
    assert TaskRating.objects.count() == 0


def test_what_another_window_saved_is_not_overwritten(client, cast, sheet):
    cast.sign_in(client, cast.trainee)
    tasks = cast.url(f"toolkit/needs/{sheet.pk}/tasks/")
    mark = mark_on(client, tasks)
    row = {"task": "早会", "difficulty": "2", "importance": "3", "frequency": "5"}
    assert client.post(tasks, posted([row], mark)).status_code == 302
    stale = client.post(tasks, posted([{**row, "task": "晚会"}], mark))
    assert stale.status_code == 422 and "早会" in text(stale) and "晚会" in text(stale)
    assert client.post(tasks, posted([{**row, "task": "晚会"}], stale.context["mark"])).status_code == 302
    assert [one.task for one in sheet.tasks.all()] == ["晚会"]


def test_circumstances_are_not_trained_away(client, cast, sheet):
    cast.sign_in(client, cast.trainee)
    needs = cast.url(f"toolkit/needs/{sheet.pk}/needs/")
    row = {
        "need": "换系统", "evidence": "系统慢", "objective": "缺货率", "weight": "50", "importance": "4", "cost_of_error": "3",
        "cause": "opportunity", "answer": "train", "gap": "",
    }  # fmt: skip
    refused = client.post(needs, posted([row], mark_on(client, needs)))
    assert refused.status_code == 422 and "换系统" in text(refused)
    assert Need.objects.filter(need="换系统").count() == 0


def test_the_page_puts_needs_in_order(client, cast, sheet):
    cast.sign_in(client, cast.mentor)
    with query_count() as seen:
        answer = client.get(cast.url(f"toolkit/needs/{sheet.pk}/"))
    assert [(line.row.need, line.priority) for line in answer.context["shown"].needs] == [
        ("会订货", 2),
        ("会面谈", 1),
        ("奖金看缺货", None),
    ]
    assert [line.answer for line in answer.context["shown"].tasks] == ["train", "job_aid", "none"]
    assert len(seen) == 12
    assert cast.url(f"toolkit/needs/{sheet.pk}/carry/") not in text(answer)


def test_pages_cost_the_same_for_one_row_and_for_three(client, cast, sheet):
    cast.sign_in(client, cast.trainee)
    addresses = [cast.url(f"toolkit/needs/{sheet.pk}/{part}") for part in ("", "needs/")]
    seen = []
    for _time in range(2):
        counted = []
        for address in addresses:
            with query_count() as queries:
                client.get(address)
            counted.append(len(queries))
        seen.append(counted)
        fill(sheet, "needs", {**ONE_NEED, "gap": sheet.gaps.first()})
    assert seen == [[11, 10], [11, 10]]


def test_only_the_trainee_writes(client, cast, sheet):
    for person, read, write in [(cast.mentor, 200, 403), (cast.director, 200, 403), (cast.admin, 404, 404), (cast.peer, 404, 404)]:
        cast.sign_in(client, person)
        answers = [client.get(cast.url(f"toolkit/needs/{sheet.pk}/{part}")).status_code for part in ("", "edit/", "tasks/", "carry/")]
        assert answers == [read, write, write, write]
        assert client.post(cast.url(f"toolkit/needs/{sheet.pk}/tasks/"), posted([], "")).status_code == write


def test_it_is_carried_into_the_own_draft_of_d6(client, cast, sheet, planner):
    cast.sign_in(client, cast.trainee)
    carry = cast.url(f"toolkit/needs/{sheet.pk}/carry/")
    deliverable = deliverable_of(planner, "D6")
    Draft.objects.create(
        deliverable=deliverable, author=cast.trainee, data={"organization_analysis": ["只看销售额"], "role": ["店长"], "needs-rows": ["0"]}
    )
    shown = client.get(carry)
    assert "会订货" in text(shown) and shown.context["replaced"] == {"role"}
    assert client.post(carry, {"revision": "7"}, follow=True).status_code == 200
    draft = Draft.objects.get(deliverable=deliverable)
    assert draft.data["role"] == ["店长"]

    answer = client.post(carry, {"revision": "1", "over": "role"})
    assert answer.headers["Location"] == cast.url(f"tasks/{deliverable.work_id}/?d={deliverable.pk}")
    draft.refresh_from_db()
    data = draft.data
    assert (data["organization_analysis"], data["role"], data["headcount"]) == (["只看销售额"], ["新任店长"], ["18"])
    assert (data["needs-rows"], data["needs-0-need"], data["needs-0-gap"], data["needs-0-people"]) == (["2"], ["会订货"], ["2"], ["9"])
    assert data["task_analysis-1-task"] == ["盘点"] and data["person_analysis-0-n"] == ["9"]
    page = text(client.get(answer.headers["Location"]))
    assert "新任店长" in page and "会订货" in page
