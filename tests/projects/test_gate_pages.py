"""The page of a gate: evidence, verdicts by role, stale and bad input, its record, its conditions."""

import threading

import pytest
from django.db import connections
from django.test import Client

from organizations.tenancy import tenant
from programs.models import Draft, SignOffStep
from projects.models import GateCall, GateCondition, GateReview
from tests.factories.projects import EVIDENCE, call_gate, chosen_project, gate_of, give, in_project_phase, pass_gate
from tests.programs.committed import committed_cast
from tests.queries import query_count

VERDICT = {
    "verdict": "go",
    "reasons": "材料齐备，基线可信",
    "round": "1",
    "criterion-owned": "met",
    "criterion-baseline": "met",
}


@pytest.fixture
def project(cast):
    return chosen_project(cast, in_project_phase(cast))


def text(answer) -> str:
    return answer.content.decode()


def page(cast, gate, rest="") -> str:
    return cast.url(f"gates/{gate.pk}/{rest}")


def test_evidence_is_sent_once_for_every_criterion(client, cast, project):
    gate = gate_of(project, "G1")
    cast.sign_in(client, cast.trainee)
    refused = client.post(page(cast, gate, "evidence/"), {"owned": "会议纪要"})
    assert refused.status_code == 422 and "会议纪要" in text(refused)
    assert client.post(page(cast, gate, "evidence/"), EVIDENCE).status_code == 302
    again = client.post(page(cast, gate, "evidence/"), EVIDENCE)
    assert again.status_code == 422
    assert GateCall.objects.count() == 1
    cast.sign_in(client, cast.mentor)
    assert client.post(page(cast, gate, "evidence/"), EVIDENCE).status_code == 403


def test_each_reviewer_gives_a_verdict_in_their_role(client, cast, project):
    gate = call_gate(project, "G1")
    for part in ("mentor", "sponsor", "hrbp"):
        cast.sign_in(client, cast.people[part])
        assert page(cast, gate) in text(client.get(cast.url(f"projects/{project.pk}/")))
        shown = text(client.get(page(cast, gate)))
        assert 'name="criterion-owned"' in shown and EVIDENCE["owned"] in shown
        assert client.post(page(cast, gate, "verdict/"), VERDICT).status_code == 302
    assert gate_of(project, "G1").state == "passed"
    shown = text(client.get(page(cast, gate)))
    assert "材料齐备" in shown and 'name="criterion-owned"' not in shown


def test_bad_input_keeps_what_was_typed(client, cast, project):
    gate = call_gate(project, "G1")
    cast.sign_in(client, cast.sponsor)
    for wrong, said in [
        ({"verdict": "later"}, "材料齐备"),
        ({"criterion-owned": ""}, "材料齐备"),
        ({"criterion-owned": "partly"}, "还差什么"),
        ({"verdict": "go_with_conditions"}, "至少写一个条件"),
        ({"verdict": "go_with_conditions", "what-1": "补基线", "owner-1": "", "day-1": ""}, "补基线"),
        ({"verdict": "go_with_conditions", "what-1": "补基线", "owner-1": "林予安", "day-1": "2026-01-05"}, "补基线"),
        ({"reasons": ""}, "理由"),
    ]:
        refused = client.post(page(cast, gate, "verdict/"), VERDICT | wrong)
        assert refused.status_code == 422, wrong
        assert said in text(refused), wrong
    assert GateReview.objects.count() == 0


def test_a_verdict_on_an_older_round_is_not_saved_and_not_lost(client, cast, project):
    gate = call_gate(project, "G1")
    give(gate, cast.mentor, "rework")
    give(gate, cast.sponsor)
    give(gate, cast.hrbp)
    call_gate(project, "G1")
    cast.sign_in(client, cast.mentor)
    late = client.post(page(cast, gate, "verdict/"), VERDICT | {"reasons": "写了很久的理由"})
    assert late.status_code == 409 and "写了很久的理由" in text(late)
    assert 'name="round" value="2"' in text(late)
    assert client.post(page(cast, gate, "verdict/"), VERDICT | {"round": "2"}).status_code == 302


def test_who_may_not_speak_is_told_so(client, cast, project):
    gate = call_gate(project, "G1")
    for part in ("trainee", "line_manager", "director"):
        cast.sign_in(client, cast.people[part])
        assert 'name="criterion-owned"' not in text(client.get(page(cast, gate)))
        assert client.post(page(cast, gate, "verdict/"), VERDICT).status_code == 403
    cast.sign_in(client, cast.peer)
    assert client.post(page(cast, gate, "verdict/"), VERDICT).status_code == 404


def test_the_record_is_carried_into_the_trainees_draft(client, cast, project):
    gate = call_gate(project, "G1")
    cast.sign_in(client, cast.trainee)
    assert "带入 D12" not in text(client.get(page(cast, gate)))
    client.post(page(cast, gate, "record/"))
    assert Draft.objects.count() == 0
    for member in (cast.mentor, cast.sponsor, cast.hrbp):
        give(gate, member)
    assert "带入 D12" in text(client.get(page(cast, gate)))
    answer = client.post(page(cast, gate, "record/"))
    draft = Draft.objects.get()
    assert answer.headers["Location"].endswith(f"?d={draft.deliverable_id}")
    assert draft.data["gate"] == ["G1"]
    assert "材料齐备" in draft.data["reasons"][0] and "周敏" in draft.data["reasons"][0]
    assert draft.deliverable.label == "G1"

    typed = draft.data | {"revision": str(draft.revision)}
    assert client.post(cast.url(f"deliverables/{draft.deliverable_id}/submit/"), typed).status_code == 302
    assert SignOffStep.objects.filter(submission__deliverable=draft.deliverable, state="ready").get().roles == ["mentor"]
    cast.sign_in(client, cast.mentor)
    assert client.post(page(cast, gate, "record/")).status_code == 403


def test_conditions_are_settled_on_the_page_and_shown_at_the_next_gate(client, cast, project):
    gate = call_gate(project, "G1")
    cast.sign_in(client, cast.mentor)
    with_condition = VERDICT | {"verdict": "go_with_conditions", "what-1": "补齐基线", "owner-1": "林予安", "day-1": "2028-01-05"}
    assert client.post(page(cast, gate, "verdict/"), with_condition).status_code == 302
    give(gate, cast.sponsor)
    give(gate, cast.hrbp)
    condition = GateCondition.objects.get()
    settle = page(cast, gate, f"conditions/{condition.pk}/settle/")
    cast.sign_in(client, cast.trainee)
    for shown in (page(cast, gate_of(project, "G2")), cast.url(f"projects/{project.pk}/")):
        assert "补齐基线" in text(client.get(shown))
    assert client.post(settle, {f"c{condition.pk}-note": "做完了"}).status_code == 403
    cast.sign_in(client, cast.sponsor)
    assert client.post(settle, {f"c{condition.pk}-note": ""}).status_code == 422
    assert client.post(settle, {f"c{condition.pk}-note": "看到导出"}).status_code == 302
    late = client.post(settle, {f"c{condition.pk}-note": "再来一次"})
    assert late.status_code == 409 and "再来一次" in text(late)


def test_a_gate_costs_a_fixed_number_of_queries(client, cast, project):
    gate = call_gate(project, "G1")
    cast.sign_in(client, cast.director)
    client.get(page(cast, gate))
    with query_count() as one:
        client.get(page(cast, gate))
    for member in (cast.mentor, cast.sponsor, cast.hrbp):
        give(gate, member)
    with query_count() as three:
        client.get(page(cast, gate))
    assert len(one) == len(three) == 18


def test_all_gates_pass_one_after_the_other(client, cast, project):
    cast.sign_in(client, cast.trainee)
    for key in ("G1", "G2", "G3", "G4"):
        pass_gate(cast, project, key)
        assert client.get(page(cast, gate_of(project, key))).status_code == 200
    assert client.get(cast.url(f"projects/{project.pk}/")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_decide_the_gate_once():
    """The last two verdicts come at the same moment, each in a connection of its own."""
    cast = committed_cast()
    with tenant(cast.organization.pk):
        project = chosen_project(cast, in_project_phase(cast))
        gate = call_gate(project, "G1")
        give(gate, cast.mentor)
        url = page(cast, gate, "verdict/")
    clients = [cast.sign_in(Client(), cast.sponsor), cast.sign_in(Client(), cast.hrbp)]
    answers, both_ready = [], threading.Barrier(2)

    def press(client):
        both_ready.wait(10)
        answers.append(client.post(url, VERDICT).status_code)
        connections.close_all()

    presses = [threading.Thread(target=press, args=[one]) for one in clients]
    for one in presses:
        one.start()
    for one in presses:
        one.join(30)
    assert answers == [302, 302]
    with tenant(cast.organization.pk):
        assert (gate_of(project, "G1").state, gate_of(project, "G2").state) == ("passed", "open")
        assert GateReview.objects.filter(gate=gate).count() == 3
