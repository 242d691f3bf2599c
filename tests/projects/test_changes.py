"""What moves after it was planned: a gate's day by the trainee, a baseline only with the sponsor; both leave a trail."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.utils import Error
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import Notification
from organizations.models import AuditEvent, DelegatedAuthority
from projects.actions import change_baseline, change_plan, move_gate
from projects.models import BaselineAnswer, BaselineRequest, GateDateChange, Measure, PracticeProject
from projects.rules.gate_dates import fault
from tests.factories.programs import START
from tests.factories.projects import call_gate, chosen_project, gate_of, in_project_phase, pass_gate

WHY = "门店盘点周全员在岗，试点顺延"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{START}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def project(cast):
    return chosen_project(cast, in_project_phase(cast))


@pytest.fixture
def running(cast, project):
    """G1 has passed, so the plan is agreed; the measure has a baseline."""
    measure = project.measures.get()
    change_plan.save_measure(project, measure, {"baseline": Decimal("12"), "target": Decimal("6")}, by=cast.trainee, today=START)
    pass_gate(cast, project, "G1")
    return PracticeProject.objects.get(pk=project.pk)


def codes(refusal) -> dict | str:
    error = refusal.value
    return {name: one[0].code for name, one in error.error_dict.items()} if hasattr(error, "error_dict") else error.code


def move(cast, gate, days: int = 3, reason: str = WHY, by=None):
    return move_gate.move(gate, gate.due_on + timedelta(days=days), reason, by=by or cast.trainee, today=START)


# ── A gate's day ──


def test_the_trainee_moves_a_gate_and_mentor_and_sponsor_are_told(cast, project):
    gate = gate_of(project, "G2")
    before = gate.due_on
    change = move(cast, gate)
    assert (change.before_on, change.after_on, change.reason) == (before, before + timedelta(days=3), WHY)
    assert gate_of(project, "G2").due_on == change.after_on
    told = Notification.objects.filter(kind="gate_moved")
    assert {one.recipient for one in told} == {cast.mentor, cast.sponsor}
    assert AuditEvent.objects.filter(action="project_changed", subject_label__startswith="G2").count() == 1
    with pytest.raises(Error), transaction.atomic():
        GateDateChange.objects.update(reason="改写")


@pytest.mark.parametrize("part", ["mentor", "sponsor", "hrbp", "director", "manager", "peer"])
def test_nobody_else_moves_it(cast, project, part):
    with pytest.raises(PermissionDenied):
        move(cast, gate_of(project, "G2"), by=cast.people[part])


def test_once_it_was_called_its_day_stays(cast, project):
    gate = call_gate(project, "G1")
    with pytest.raises(ValidationError) as refusal:
        move(cast, gate)
    assert codes(refusal) == "called"


def test_gates_keep_their_order_and_a_reason_is_given(cast, project):
    first, second, third = (gate_of(project, key) for key in ("G1", "G2", "G3"))
    for day, reason, expected in [
        (START - timedelta(days=1), WHY, {"due_on": "passed"}),
        (first.due_on, WHY, {"due_on": "too_early"}),
        (third.due_on, WHY, {"due_on": "too_late"}),
        (second.due_on, WHY, {"due_on": "same_day"}),
        (second.due_on + timedelta(days=1), "  ", {"reason": "reason_required"}),
    ]:
        with pytest.raises(ValidationError) as refusal:
            move_gate.move(second, day, reason, by=cast.trainee, today=START)
        assert codes(refusal) == expected
    assert GateDateChange.objects.count() == 0


@given(days=st.lists(st.integers(1, 300), min_size=3, max_size=6, unique=True), to=st.integers(-5, 305))
def test_a_day_that_is_taken_keeps_the_order(days, to):
    today = date(2026, 9, 1)
    gates = [today + timedelta(days=day) for day in sorted(days)]
    before, after, day = gates[:1], gates[2:], today + timedelta(days=to)
    if not fault(day, before, after, today):
        assert today <= day and [*before, day, *after] == sorted({*before, day, *after})


def test_an_agreed_plan_keeps_its_baseline_beside_the_moved_day(cast, running):
    gate = gate_of(running, "G2")
    gate.milestones.update(baseline_on=gate.due_on)
    change = move(cast, gate)
    milestone = gate.milestones.get()
    assert (milestone.baseline_on, milestone.forecast_on) == (change.before_on, change.after_on)


def test_the_page_moves_it_and_everybody_reads_the_trail(cast, client, project):
    gate = gate_of(project, "G2")
    path = cast.url(f"gates/{gate.pk}/")
    cast.sign_in(client, cast.trainee)
    assert f"{path}date/" in client.get(path).text
    assert client.post(f"{path}date/", {"due_on": "2026-01-01", "reason": WHY}).status_code == 422
    day = gate.due_on + timedelta(days=2)
    assert client.post(f"{path}date/", {"due_on": day.isoformat(), "reason": WHY}).status_code == 302
    for part in ("trainee", "mentor", "sponsor", "director"):
        assert WHY in cast.sign_in(client, cast.people[part]).get(path).text
    for part, status in {"mentor": 403, "sponsor": 403, "director": 403, "peer": 404, "admin": 404, "outsider": 404}.items():
        person = cast.outsider if part == "outsider" else cast.people[part]
        assert cast.sign_in(client, person).get(f"{path}date/").status_code == status


# ── A baseline ──


def ask(cast, project, value: str = "15"):
    return change_baseline.ask(project.measures.get(), Decimal(value), "首次取数漏了夜班", by=cast.trainee, today=START)


def test_until_g1_the_trainee_changes_it_and_after_that_asks(cast, project):
    measure = project.measures.get()
    with pytest.raises(ValidationError) as refusal:
        ask(cast, project)
    assert codes(refusal) == "not_agreed"
    change_plan.save_measure(project, measure, {"baseline": Decimal("9")}, by=cast.trainee, today=START)
    pass_gate(cast, project, "G1")
    with pytest.raises(ValidationError) as refusal:
        change_plan.save_measure(project, measure, {"baseline": Decimal("15")}, by=cast.trainee, today=START)
    assert codes(refusal) == {"baseline": "agreed"}
    change_plan.save_measure(project, measure, {"target": Decimal("5")}, by=cast.trainee, today=START)


def test_it_counts_once_the_sponsor_approves(cast, running):
    request = ask(cast, running)
    assert running.measures.get().baseline == Decimal("12")
    assert [one.recipient for one in Notification.objects.filter(kind="baseline_asked")] == [cast.sponsor]
    with pytest.raises(ValidationError) as refusal:
        ask(cast, running, "16")
    assert codes(refusal) == "waiting"
    for part in ("trainee", "mentor", "hrbp", "director"):
        with pytest.raises(PermissionDenied):
            change_baseline.answer(request, True, "", by=cast.people[part], today=START)
    given_answer = change_baseline.answer(request, True, "数据已核对", by=cast.sponsor, today=START)
    assert (given_answer.by, given_answer.instead_of, running.measures.get().baseline) == (cast.sponsor, None, Decimal("15"))
    assert [one.recipient for one in Notification.objects.filter(kind="baseline_answered")] == [cast.trainee]
    with pytest.raises(ValidationError) as refusal:
        change_baseline.answer(request, False, "反悔", by=cast.sponsor, today=START)
    assert codes(refusal) == "answered"
    for rows in (BaselineRequest.objects.all(), BaselineAnswer.objects.all()):
        with pytest.raises(Error), transaction.atomic():
            rows.update(by=cast.mentor)


def test_a_no_says_why_and_leaves_it_as_it_was(cast, running):
    request = ask(cast, running)
    with pytest.raises(ValidationError) as refusal:
        change_baseline.answer(request, False, " ", by=cast.sponsor, today=START)
    assert codes(refusal) == {"note": "reason_required"}
    change_baseline.answer(request, False, "夜班另行统计", by=cast.sponsor, today=START)
    assert running.measures.get().baseline == Decimal("12")
    ask(cast, running, "16")


def test_who_stands_in_for_the_sponsor_answers_for_them(cast, running):
    request = ask(cast, running)
    DelegatedAuthority.objects.create(member=cast.sponsor, delegate=cast.peer, from_on=START, until_on=START)
    answered = change_baseline.answer(request, True, "", by=cast.peer, today=START)
    assert (answered.by, answered.instead_of) == (cast.peer, cast.sponsor)


def test_the_page_asks_answers_and_shows_the_trail_by_role_and_tenant(cast, client, running):
    measure = Measure.objects.get(project=running)
    path = cast.url(f"projects/{running.pk}/measures/{measure.pk}/baseline/")
    cast.sign_in(client, cast.trainee)
    assert client.post(path, {"after": "15", "reason": ""}).status_code == 422
    assert client.post(path, {"after": "15", "reason": "首次取数漏了夜班"}).status_code == 302
    assert "baseline" not in client.get(cast.url(f"projects/{running.pk}/measures/{measure.pk}/")).context["form"].fields
    cast.sign_in(client, cast.mentor)
    assert client.post(path, {"note": "", "approve": "yes"}).status_code == 403
    cast.sign_in(client, cast.sponsor)
    assert path in client.get(cast.url(f"projects/{running.pk}/")).text
    assert client.post(path, {"note": "", "decline": "yes"}).status_code == 422
    assert client.post(path, {"note": "核对过", "approve": "yes"}).status_code == 302
    for part, status in {"trainee": 200, "mentor": 200, "director": 200, "peer": 404, "admin": 404, "outsider": 404}.items():
        person = cast.outsider if part == "outsider" else cast.people[part]
        page = cast.sign_in(client, person).get(path)
        assert (page.status_code, "首次取数漏了夜班" in page.text) == (status, status == 200)
