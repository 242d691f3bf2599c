"""An influence log is its trainee's: whoever else asks, in whatever way, learns nothing but what is shared with the mentor."""

import pytest

from effectiveness.models import InfluenceEntry
from organizations.models import AuditEvent
from programs.models import Draft
from tests.factories.planning import PERSON, SECRET, SHARED, influence_log, mark_on, open_programme, posted
from tests.factories.programs import deliverable_of

PAGES = ("", "edit/", "stakeholders/", "entries/", "carry/")


@pytest.fixture
def planner(cast, published):
    return open_programme(cast, published)


def text(answer) -> str:
    return answer.content.decode()


def statuses(client, cast, sheet) -> list[int]:
    return [client.get(cast.url(f"toolkit/influence/{sheet.pk}/{page}")).status_code for page in PAGES]


@pytest.mark.parametrize(
    "role", ["director", "admin", "line_manager", "hrbp", "manager", "training_manager", "peer", "sponsor", "other_mentor"]
)
def test_nobody_else_finds_it(client, cast, planner, role):
    sheet = influence_log(planner)
    cast.sign_in(client, getattr(cast, role))
    assert statuses(client, cast, sheet) == [404] * 5
    assert client.post(cast.url(f"toolkit/influence/{sheet.pk}/entries/"), posted([], "")).status_code == 404
    for page in ("toolkit/planning/", "search/?q=轮岗", f"search/?q={PERSON}", "audit/", ""):
        shown = text(client.get(cast.url(page), follow=True))
        assert not any(word in shown for word in (SECRET, SHARED, "轮岗</", "推动跨部门轮岗"))


def test_the_mentor_reads_what_is_shared_and_no_more(client, cast, planner):
    sheet = influence_log(planner)
    cast.sign_in(client, cast.mentor)
    shown = text(client.get(cast.url(f"toolkit/influence/{sheet.pk}/")))
    assert SHARED in shown and SECRET not in shown and "营运李总" not in shown and "每店一名" not in shown
    assert statuses(client, cast, sheet) == [200, 403, 403, 403, 403]
    assert "推动跨部门轮岗" in text(client.get(cast.url("toolkit/planning/")))
    InfluenceEntry.objects.filter(sheet=sheet).update(shared=False)
    assert statuses(client, cast, sheet) == [404] * 5
    assert "推动跨部门轮岗" not in text(client.get(cast.url("toolkit/planning/")))


def test_it_leaves_nothing_in_the_audit_trail(client, cast, planner):
    before = AuditEvent.objects.count()
    sheet = influence_log(planner)
    cast.sign_in(client, cast.trainee)
    entries = cast.url(f"toolkit/influence/{sheet.pk}/entries/")
    row = {"on": "2026-09-04", "person": PERSON, "ask": "预算", "offered": "数据", "outcome": "再议", "next": "", "shared": "on"}
    assert client.post(entries, posted([row], mark_on(client, entries))).status_code == 302
    assert client.post(cast.url(f"toolkit/influence/{sheet.pk}/edit/"), {"title": "轮岗", "aim": ""}).status_code in (302, 422)
    assert [entry.shared for entry in sheet.entries.all()] == [True]
    assert AuditEvent.objects.count() == before


def test_the_map_says_what_follows(client, cast, planner):
    sheet = influence_log(planner)
    cast.sign_in(client, cast.trainee)
    answer = client.get(cast.url(f"toolkit/influence/{sheet.pk}/"))
    assert SECRET in text(answer)
    assert [person.approach for person in answer.context["shown"].people] == ["satisfied", "close"]
    [high, medium, _low] = [[cell.names for cell in cells] for _label, cells in answer.context["shown"].grid]
    assert (high, medium) == ([(PERSON,), (), ()], [(), (), ("营运李总",)])


def test_only_shared_entries_go_into_d19(client, cast, planner):
    sheet = influence_log(planner)
    cast.sign_in(client, cast.trainee)
    assert client.post(cast.url(f"toolkit/influence/{sheet.pk}/carry/"), {"revision": "0"}).status_code == 302
    data = Draft.objects.get(deliverable=deliverable_of(planner, "D19")).data
    assert (data["entries-rows"], data["entries-0-ask"], data["map-0-stance"]) == (["1"], [SHARED], ["opposes"])
