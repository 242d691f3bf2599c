"""What keeps a draft from being published: each fault by itself, in the built-in program that has none."""

from dataclasses import replace

import pytest

from programs.builtin_reader import read_builtin
from programs.rules.publish_checks import beginning_from, check, stopping, waiting_for
from programs.rules.version_content import Content

CONTENT = read_builtin().content


def with_part(kind: str, key: str, **values) -> Content:
    """The built-in program with one part changed."""
    parts = getattr(CONTENT, kind)
    assert any(part.key == key for part in parts)
    return replace(CONTENT, **{kind: tuple(replace(part, **values) if part.key == key else part for part in parts)})


def without(kind: str, *keys: str) -> Content:
    return replace(CONTENT, **{kind: tuple(part for part in getattr(CONTENT, kind) if part.key not in keys)})


def found(content: Content) -> list[tuple[str, str, str]]:
    return [(one.code, one.kind, one.key) for area in check(content) for one in area.findings]


def with_field(**values) -> Content:
    first, *others = CONTENT.find("deliverable", "D1").fields
    return with_part("deliverables", "D1", fields=[first | values, *others])


def with_route(*steps: dict) -> Content:
    plain = {"kind": "approve", "roles": ["mentor"], "days": 3, "scores": True, "note": {}}
    return with_part("deliverables", "D1", route=[plain | step for step in steps])


def with_rubric(**values) -> Content:
    first, *others = CONTENT.find("deliverable", "D1").rubric
    return with_part("deliverables", "D1", rubric=[first | values, *others])


def with_stages(*lengths: int, stage: str = "", task: str = "4.2.b", **values) -> Content:
    """D17 with stages due after so many days; `stage` is one that its first field belongs to."""
    one = CONTENT.find("deliverable", "D17")
    stages = [{**had, "length": length} for had, length in zip(one.stages, lengths, strict=True)]
    first, *others = one.fields
    return with_part("deliverables", "D17", stages=stages, task=task, fields=[first | {"stage": stage or "brief"}, *others], **values)


def with_item360(**values) -> Content:
    first, *others = CONTENT.review_scheme["items360"]
    return replace(CONTENT, review_scheme=CONTENT.review_scheme | {"items360": [first | values, *others]})


ITEM = CONTENT.find("check", "C1").items[0]
BRIEF, IT, *RESULT = CONTENT.find("deliverable", "D17").route
FAULTS = [
    (with_part("tasks", "1.1.a", weight_1=19), [("weights_not_whole", "task", "1.1.a")]),
    (with_part("tasks", "1.1.a", weight_1=-20, weight_2=100), [("weights_not_whole", "task", "1.1.a")]),
    (with_part("tasks", "1.1.a", length=31), [("ends_after_phase", "task", "1.1.a")]),
    (with_part("tasks", "1.1.a", length=30), []),
    (with_part("phases", "PH1", length_days=28), [("ends_after_phase", "task", "1.4.c")]),
    (with_part("tasks", "2.3.d", anchor="task", anchor_task="2.4.c"), [("circular_anchors", "task", "2.3.d")]),
    (with_part("tasks", "2.4.c", anchor_task="9.9.z"), [("unknown_anchor", "task", "2.4.c")]),
    (with_part("tasks", "1.4.b", requires=["1.4.c"]), [("circle", "task", "1.4.b")]),
    (with_part("tasks", "1.1.a", requires=["1.1.a"]), [("circle", "task", "1.1.a")]),
    (with_part("tasks", "1.1.a", requires=["2.1.a"]), [("later_phase", "task", "1.1.a")]),
    (with_part("tasks", "3.a", counts_for_exit=False), [("nothing_ends_it", "phase", "PH3")]),
    (without("tasks", "3.a"), [("empty_phase", "phase", "PH3"), ("empty_module", "module", "3")]),
    (replace(CONTENT, phases=(), modules=(), tasks=(), deliverables=(), checks=()), [("no_phases", "", "")]),
    (with_part("tasks", "1.1.a", responsible=[]), [("nobody_responsible", "task", "1.1.a")]),
    (with_part("deliverables", "D11", projects=["3.X"]), [("unknown_project", "deliverable", "D11")]),
    (with_part("deliverables", "D1", minimum=2), [("minimum_without_repeat", "deliverable", "D1")]),
    (with_part("deliverables", "D2", fields=CONTENT.find("deliverable", "D1").fields), [("not_asked_for", "deliverable", "D2")]),
    (with_route(), [("route", "deliverable", "D1"), ("unscored_rubric", "deliverable", "D1")]),
    (with_route({"roles": []}), [("route", "deliverable", "D1")]),
    (with_route({"roles": ["trainee"]}), [("route", "deliverable", "D1")] * 3),
    (with_route({"kind": "agree"}), [("route", "deliverable", "D1")]),
    (with_route({}, {"scores": False}), [("route", "deliverable", "D1")]),
    (with_part("deliverables", "D3", both_steps=True), []),
    (
        replace(with_route({}), deliverables=tuple(replace(d, both_steps=d.key == "D1") for d in with_route({}).deliverables)),
        [("both_steps_of_one", "deliverable", "D1")],
    ),
    (with_stages(16, 101), []),
    (with_stages(101, 16), [("stage_dates", "deliverable", "D17")]),
    (with_stages(16, 102), [("stage_dates", "deliverable", "D17")]),
    (with_stages(16, 101, stage="review"), [("unknown_stage", "deliverable", "D17")]),
    (with_stages(16, 101, task="4.2.a"), [("stages_not_once", "deliverable", "D17"), ("stage_dates", "deliverable", "D17")]),
    (with_part("deliverables", "D17", route=[IT, *RESULT]), [("route", "deliverable", "D17")]),
    (
        with_part("deliverables", "D17", route=[BRIEF, IT | {"when": {"field": "scan", "is": ["a"]}}, *RESULT]),
        [("unknown_answer", "deliverable", "D17")],
    ),
    (with_part("gates", "G2", criteria=[]), [("empty_gate", "gate", "G2")]),
    (with_part("gates", "G2", reviewers=[]), [("nobody_reviews", "gate", "G2")]),
    (with_part("gates", "G4", offset=81), [("gate_after_phase", "gate", "G4")]),
    (with_part("gates", "G2", offset=3), [("gate_before_other", "gate", "G2")]),
    (with_part("factors", "SF1", signals=[]), [("no_signal", "factor", "SF1")]),
    (with_part("modules", "1.1", workflow_steps=["8"]), [("unknown_step", "module", "1.1")]),
    (with_item360(pillar="PL9"), [("unknown_pillar", "items360", "")]),
    (with_item360(who=[]), [("nobody_asked", "items360", "")]),
    (with_item360(text={}), [("unnamed_entry", "items360", "")]),
    (with_item360(text={"en": "Asks first"}), [("no_chinese", "items360", "")]),
    (with_rubric(weight=36), [("rubric", "rubric", "D1")]),
    (with_rubric(key="connected"), [("rubric", "rubric", "D1")]),
    (with_rubric(levels=[{"en": "a", "zh-hans": "甲"}] * 3), [("level_missing", "rubric", "D1")]),
    (with_part("deliverables", "D1", rubric=[]), [("scores_without_rubric", "rubric", "D1")]),
    (with_field(type="hologram"), [("field", "form", "D1")]),
    (with_field(key="history"), [("field", "form", "D1")]),
    (with_field(label={}), [("field", "form", "D1")]),
    (with_part("checks", "C1", items=[]), [("empty_check", "check", "C1")]),
    (with_part("checks", "C1", by=[]), [("nobody_checks", "check", "C1")]),
    (with_part("checks", "C1", items=[ITEM, ITEM]), [("double_key", "check", "C1")]),
    (with_part("tasks", "1.1.a", what={}), [("nothing_to_do", "task", "1.1.a")]),
    (with_part("modules", "1.1", name={}), [("no_name", "module", "1.1")]),
    (with_part("modules", "1.1", name={"zh-hans": "公司"}), [("no_english", "module", "1.1")]),
    (with_part("modules", "1.1", name={"en": "Company", "zh-hans": " "}), [("no_chinese", "module", "1.1")]),
    (with_field(label={"zh": "战略"}), [("no_english", "deliverable", "D1")]),
    (replace(CONTENT, aim={"en": "Aim"}), [("no_chinese", "version", "")]),
]
WARNINGS = {"no_english", "no_chinese", "empty_module", "nobody_responsible", "unscored_rubric", "both_steps_of_one", "no_signal"}


def test_the_built_in_program_has_no_fault():
    assert found(CONTENT) == []
    assert {area.code: area.count for area in check(CONTENT) if area.count} == {"weights": 43, "routes": 20}


@pytest.mark.parametrize(("content", "findings"), FAULTS)
def test_each_fault_is_named_with_the_part_where_it_is_put_right(content, findings):
    assert found(content) == findings
    areas = check(content)
    assert [one.code for one in stopping(areas)] == [code for code, _kind, _key in findings if code not in WARNINGS]
    for area in areas:
        for one in area.findings:
            assert one.key in one.text
            assert one.hint


def test_what_hangs_on_the_organizations_own_window_may_be_due_after_its_phase():
    (budget,) = [task.key for task in CONTENT.tasks if task.fiscal == "budget"]
    assert found(with_part("tasks", budget, offset=200)) == []
    assert found(with_part("tasks", budget, offset=200, fiscal="")) == [("ends_after_phase", "task", budget)]


def test_what_hangs_on_a_task_is_what_waits_for_it_and_what_begins_from_it():
    assert (beginning_from(CONTENT, "2.3.d"), waiting_for(CONTENT, "2.3.d")) == (["2.4.c"], [])
    assert (beginning_from(CONTENT, "1.4.b"), waiting_for(CONTENT, "1.4.b")) == ([], ["1.4.c"])
