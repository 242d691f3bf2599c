"""A project of kind B from its choice to its end; what ends with it, and what does not hold it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from notifications.models import Notification
from organizations.models import AuditEvent
from programs.actions.submit_work import submit
from programs.models import Deliverable, PhaseProgress, ProjectKind, SupportRole
from projects.actions import choose_project, close_project, edit_project, hold_gate, name_sponsor, settle_condition
from projects.models import GateCondition, GateReview, PracticeProject
from projects.queries.closing import lacking_of
from tests.factories.programs import START, work_of
from tests.factories.projects import (
    EVIDENCE,
    MET,
    approve_deliverable,
    call_gate,
    chosen_project,
    gate_of,
    give,
    in_project_phase,
    pass_gate,
    reviewers_of,
)


@pytest.fixture
def enrollment(cast):
    return in_project_phase(cast)


@pytest.fixture
def project(cast, enrollment):
    return chosen_project(cast, enrollment)


def code(refusal) -> str:
    error = refusal.value
    return next(iter(error.error_dict.values()))[0].code if hasattr(error, "error_dict") else error.error_list[0].code


def lacks(project) -> list[str]:
    return [f"{one.code} {one.what}".strip() for one in lacking_of(PracticeProject.objects.get(pk=project.pk))]


def test_choosing_lays_out_gates_milestones_measures_and_deliverables(cast, enrollment, project):
    assert [(gate.definition.key, gate.due_on, gate.state) for gate in project.gates.select_related("definition")] == [
        ("G1", date(2026, 9, 17), "open"),
        ("G2", date(2026, 10, 19), "waiting"),
        ("G3", date(2026, 11, 26), "waiting"),
        ("G4", date(2026, 12, 24), "waiting"),
    ]
    assert [(one.key, one.gate_id is not None) for one in project.milestones.all()][:2] == [("problem", False), ("charter", True)]
    assert [one.key for one in project.measures.all()] == ["m1"]
    rows = Deliverable.objects.filter(work=project.work).order_by("kind__position", "number").values_list("kind__key", "label", "due_on")
    assert list(rows) == [
        ("D11", "", date(2026, 9, 17)),
        ("D12", "G1", date(2026, 9, 17)),
        ("D12", "G2", date(2026, 10, 19)),
        ("D12", "G3", date(2026, 11, 26)),
        ("D12", "G4", date(2026, 12, 24)),
        ("D13", "", date(2026, 12, 24)),
        ("D14", "", date(2026, 12, 18)),
        ("D14", "", None),
    ]
    assert work_of(enrollment, "3.a").state == "in_progress"


def test_the_story_of_kind_b(cast, enrollment, project):
    approve_deliverable(cast, project, "D11")
    for number, key in enumerate(("G1", "G2", "G3"), start=1):
        assert pass_gate(cast, project, key).state == "passed"
        approve_deliverable(cast, project, "D12", number)
    project.refresh_from_db()
    assert project.state == "running"
    assert {one.baseline_on == one.planned_on for one in project.milestones.all()} == {True}
    approve_deliverable(cast, project, "D13")
    approve_deliverable(cast, project, "D14", 1)
    assert lacks(project) == ["gate G4", "deliverable D12 G4", "final_figures"]

    with pytest.raises(ValidationError) as refusal:
        close_project.close(project, by=cast.trainee, today=START)
    assert code(refusal) == "lacking"

    pass_gate(cast, project, "G4")
    assert work_of(enrollment, "3.a").state != "approved"
    facts = {"last_session_on": START, "figures_owner": cast.business_head}
    edit_project.edit(project, facts, by=cast.trainee, today=START)
    approve_deliverable(cast, project, "D12", 4)
    assert lacks(project) == []

    closed = close_project.close(project, by=cast.trainee, today=START)
    assert (closed.state, work_of(enrollment, "3.a").state) == ("closed", "approved")
    states = dict(PhaseProgress.objects.filter(enrollment=enrollment).values_list("phase__key", "state"))
    assert (states["PH3"], states["PH4"]) == ("complete", "open")
    assert sorted(Notification.objects.filter(kind="project_closed").values_list("recipient__name", flat=True)) == [
        "周敏",
        "林予安",
        "高远",
    ]
    assert AuditEvent.objects.filter(action="project_closed").count() == 1

    # The final figures come after the end, on their own day, and the task stays approved.
    final = Deliverable.objects.get(work=project.work, kind__key="D14", number=2)
    assert final.due_on == START + timedelta(days=90)
    assert submit(final, {"points": "最终版"}, by=cast.trainee, today=START).number == 1
    assert work_of(enrollment, "3.a").state == "approved"
    with pytest.raises(ValidationError) as refusal:
        submit(Deliverable.objects.get(work=project.work, kind__key="D13"), {"points": "x"}, by=cast.trainee, today=START)
    assert code(refusal) == "finished"


def test_everything_approved_does_not_end_the_task_before_the_project_closes(cast, enrollment):
    project = chosen_project(cast, enrollment, "3.A")
    for key, number in [("D11", 1), *(("D12", number) for number in (1, 2, 3, 4)), ("D13", 1)]:
        approve_deliverable(cast, project, key, number)
    assert work_of(enrollment, "3.a").state == "in_review"
    assert close_project.close_all_ready(START) == 0
    for key in ("G1", "G2", "G3", "G4"):
        pass_gate(cast, project, key)
    # The last verdict found everything there.
    assert PracticeProject.objects.get(pk=project.pk).state == "closed"
    assert work_of(enrollment, "3.a").state == "approved"


def test_the_sweep_closes_what_the_last_signature_made_ready(cast, enrollment):
    project = chosen_project(cast, enrollment, "3.A")
    for key in ("G1", "G2", "G3", "G4"):
        pass_gate(cast, project, key)
    for key, number in [("D11", 1), *(("D12", number) for number in (1, 2, 3, 4)), ("D13", 1)]:
        approve_deliverable(cast, project, key, number)
    assert close_project.close_all_ready(START) == 1
    assert close_project.close_all_ready(START) == 0
    assert work_of(enrollment, "3.a").state == "approved"


def test_a_kind_changes_only_until_something_was_handed_in(cast, enrollment, project):
    other = ProjectKind.objects.get(version=enrollment.cohort.version, key="3.A")
    choose_project.change_kind(project, other, by=cast.trainee, today=START)
    assert set(Deliverable.objects.filter(work=project.work).values_list("kind__key", flat=True)) == {"D11", "D12", "D13"}
    assert project.milestones.count() == 5
    submit(Deliverable.objects.get(work=project.work, kind__key="D11"), {"points": "要点"}, by=cast.trainee, today=START)
    with pytest.raises(ValidationError) as refusal:
        choose_project.change_kind(project, project.kind, by=cast.trainee, today=START)
    assert code(refusal) == "handed_in"


def test_a_second_choice_and_a_choice_for_someone_else_are_refused(cast, enrollment, project):
    kind = project.kind
    with pytest.raises(ValidationError) as refusal:
        choose_project.choose(work_of(enrollment, "3.a"), kind, name="另一个", by=cast.trainee, today=START)
    assert code(refusal) == "already_chosen"
    with pytest.raises(PermissionDenied):
        choose_project.choose(work_of(enrollment, "3.a"), kind, name="替他选", by=cast.mentor, today=START)
    with pytest.raises(ValidationError) as refusal:
        choose_project.choose(work_of(enrollment, "2.1.d"), kind, name="不是项目", by=cast.trainee, today=START)
    assert code(refusal) == "no_project"


def test_a_sponsor_comes_from_outside_and_answers_in_person(cast, enrollment):
    kind = ProjectKind.objects.get(version=enrollment.cohort.version, key="3.A")
    project = choose_project.choose(work_of(enrollment, "3.a"), kind, name="项目", by=cast.trainee, today=START)
    for insider in (cast.trainee, cast.mentor, cast.training_manager):
        with pytest.raises(ValidationError) as refusal:
            name_sponsor.name_sponsor(project, insider, by=cast.trainee, today=START)
        assert code(refusal) == "training_team"
    with pytest.raises(ValidationError) as refusal:
        hold_gate.call(gate_of(project, "G1"), EVIDENCE, by=cast.trainee, today=START)
    assert code(refusal) == "role_missing"

    name_sponsor.name_sponsor(project, cast.sponsor, by=cast.trainee, today=START)
    with pytest.raises(PermissionDenied):
        name_sponsor.answer(project, True, by=cast.business_head, today=START)
    with pytest.raises(ValidationError) as refusal:
        name_sponsor.answer(project, False, by=cast.sponsor, today=START)
    assert code(refusal) == "reason_required"
    name_sponsor.answer(project, False, note="本季度没有人手", by=cast.sponsor, today=START)
    assert PracticeProject.objects.get(pk=project.pk).sponsor is None

    name_sponsor.name_sponsor(project, cast.business_head, by=cast.trainee, today=START)
    name_sponsor.answer(project, True, by=cast.business_head, today=START)
    current = SupportRole.objects.filter(enrollment=enrollment, role="sponsor", ended_at__isnull=True)
    assert [one.member for one in current] == [cast.business_head]
    with pytest.raises(ValidationError) as refusal:
        name_sponsor.answer(project, True, by=cast.business_head, today=START)
    assert code(refusal) == "already_accepted"


def test_the_most_severe_verdict_holds_once_everybody_has_spoken(cast, project):
    gate = call_gate(project, "G1")
    give(gate, cast.mentor)
    give(gate, cast.sponsor, "rework")
    assert gate_of(project, "G1").state == "called"
    give(gate, cast.hrbp)
    gate = gate_of(project, "G1")
    assert (gate.state, gate.verdict, gate_of(project, "G2").state) == ("rework", "rework", "waiting")

    again = call_gate(project, "G1")
    assert again.round == 2
    with pytest.raises(ValidationError) as refusal:
        give(again, cast.mentor, round=1)
    assert code(refusal) == "other_round"
    for member in reviewers_of(cast, again):
        give(again, member)
    assert gate_of(project, "G2").state == "open"
    assert GateReview.objects.filter(gate=again).count() == 6


def test_who_may_not_speak_at_a_gate(cast, project):
    gate = gate_of(project, "G1")
    with pytest.raises(ValidationError) as refusal:
        give(gate, cast.mentor)
    assert code(refusal) == "not_called"
    gate = call_gate(project, "G1")
    for nobody in (cast.trainee, cast.line_manager, cast.director, cast.peer):
        with pytest.raises(PermissionDenied):
            give(gate, nobody)
    give(gate, cast.mentor)
    with pytest.raises(ValidationError) as refusal:
        give(gate, cast.mentor, "stop")
    assert code(refusal) == "already_given"
    with pytest.raises(PermissionDenied):
        hold_gate.call(gate_of(project, "G2"), EVIDENCE, by=cast.mentor, today=START)
    with pytest.raises(ValidationError) as refusal:
        call_gate(project, "G2")
    assert code(refusal) == "not_yours"


@pytest.mark.parametrize(
    ("verdict", "more", "field"),
    [
        ("later", {}, "verdict"),
        ("go", {"judgments": MET | {"owned": {"judgment": ""}}}, "owned"),
        ("go", {"judgments": MET | {"baseline": {"judgment": "partly", "note": ""}}}, "baseline"),
        ("go", {"judgments": MET | {"baseline": {"judgment": "not", "note": "没有基线"}}}, "verdict"),
        ("go", {"reasons": " "}, "reasons"),
        ("go_with_conditions", {}, "conditions"),
        ("go_with_conditions", {"conditions": [hold_gate.NewCondition("补基线", 1, START - timedelta(days=1))]}, "conditions"),
    ],
)
def test_a_verdict_that_says_too_little_is_refused_beside_its_field(cast, project, verdict, more, field):
    gate = call_gate(project, "G1")
    with pytest.raises(ValidationError) as refusal:
        give(gate, cast.mentor, verdict, **more)
    assert list(refusal.value.error_dict) == [field]
    assert GateReview.objects.count() == 0


def test_evidence_is_sent_for_every_criterion(cast, project):
    with pytest.raises(ValidationError) as refusal:
        hold_gate.call(gate_of(project, "G1"), {"owned": "纪要"}, by=cast.trainee, today=START)
    assert list(refusal.value.error_dict) == ["baseline"]


def test_conditions_are_seen_settled_by_a_reviewer_and_hold_the_end(cast, project):
    gate = call_gate(project, "G1")
    give(
        gate, cast.mentor, "go_with_conditions", (hold_gate.NewCondition("补齐 3 家店的基线", cast.trainee.pk, START + timedelta(days=9)),)
    )
    give(gate, cast.sponsor)
    assert GateCondition.objects.count() == 0
    give(gate, cast.hrbp)
    assert gate_of(project, "G1").verdict == "go_with_conditions"
    condition = GateCondition.objects.get()
    assert (condition.owner, condition.set_by) == (cast.trainee, cast.mentor)
    assert "condition 补齐 3 家店的基线" in lacks(project)
    for nobody in (cast.trainee, cast.line_manager):
        with pytest.raises(PermissionDenied):
            settle_condition.settle(condition, "完成", by=nobody, today=START)
    with pytest.raises(ValidationError) as refusal:
        settle_condition.settle(condition, " ", by=cast.sponsor, today=START)
    assert code(refusal) == "reason_required"
    settle_condition.settle(condition, "看到了系统导出", by=cast.sponsor, today=START)
    with pytest.raises(ValidationError) as refusal:
        settle_condition.settle(condition, "再来", by=cast.mentor, today=START)
    assert code(refusal) == "already_settled"


def test_a_stopped_project_stays_readable_and_another_begins(cast, enrollment, project):
    approve_deliverable(cast, project, "D11")
    gate = call_gate(project, "G1")
    give(gate, cast.mentor)
    give(gate, cast.sponsor, "stop")
    give(gate, cast.hrbp)
    project.refresh_from_db()
    assert (project.state, work_of(enrollment, "3.a").state) == ("stopped", "in_progress")
    with pytest.raises(ValidationError) as refusal:
        edit_project.edit(project, {"name": "改名"}, by=cast.trainee, today=START)
    assert code(refusal) == "over"

    second = chosen_project(cast, enrollment, "3.A")
    rows = Deliverable.objects.filter(work=second.work, ended_at=None, kind__key="D11")
    assert [(row.number, row.state) for row in rows] == [(2, "open")]
    assert lacks(second)[:5] == ["gate G1", "gate G2", "gate G3", "gate G4", "deliverable D11"]
