"""The template builder: its page, every form on it, and what bad input gets."""

import re

import pytest
from django.urls import reverse

from organizations.models import AuditEvent
from organizations.vocabulary import AuditAction
from programs.actions.edit_template import edit_part
from programs.actions.publish_version import publish_version
from programs.actions.start_draft import start_draft
from programs.models import DeliverableKind, TaskDefinition
from programs.queries.template_builder import template_builder
from tests.cast import cast  # noqa: F401
from tests.programs.templates import content_of, draft, part_of, published, sent_by  # noqa: F401
from tests.queries import query_count

ELEMENTS = ["version:", "pillar:PL1", "phase:PH1", "phase:PH4", "module:1.1", "module:2.3", "project:3.B", "task:1.1.a", "task:2.4.c",
            "task:4.1.a", "task:5.4.a", "deliverable:D1", "deliverable:D2", "deliverable:D5", "deliverable:D12", "deliverable:D19",
            "rubric:D1", "rubric:D20", "form:D1", "form:D4", "form:D6", "form:D10", "field:D1.organization", "field:D1.history",
            "field:D4.acknowledged", "field:D6.task_analysis", "check:C1", "check:C3", "workflow:", "levels:", "kpis:",
            "items360:", "certificates:", "deliverable:D17", "field:D17.scan", "gate:G1", "gate:G4", "factor:SF2"]  # fmt: skip


@pytest.fixture
def browser(client, cast):  # noqa: F811
    return cast.sign_in(client, cast.director)


@pytest.fixture
def builder(cast, draft):  # noqa: F811
    """Addresses of the builder of the draft."""
    return lambda element="", version="": (
        f"{reverse('programs:template', args=['hengyue', draft.template_id])}?element={element}"
        + (f"&version={version}" if version else "")
    )


def send(browser, address, **typed):
    """Press Save with something typed over what the page shows."""
    return browser.post(address, sent_by(browser.get(address)) | typed)


ACTS = ["new-task:2.2", "new-deliverable:1.1.a", "new-check:1.1.a", "remove-task:2.3.d", "remove-deliverable:D1", "remove-check:C1"]


def test_every_element_has_a_page_at_the_same_number_of_statements_and_saving_it_changes_nothing(browser, builder, draft):  # noqa: F811
    before = content_of(draft)
    browser.get(builder())  # caches of the process
    counts = {}
    for element in [*ELEMENTS, *ACTS]:
        with query_count() as seen:
            page = browser.get(builder(element))
        assert page.status_code == 200, element
        assert page.templates[0].name == "programs/template_builder.html"
        counts[element] = len(seen)
        if element in ELEMENTS:
            assert browser.post(builder(element), sent_by(page)).status_code == 302, element
            draft.refresh_from_db()
            assert draft.revision == 1, element
    assert len(set(counts.values())) == 1
    assert max(counts.values()) <= 14
    assert content_of(draft) == before
    assert not AuditEvent.objects.filter(action=AuditAction.TEMPLATE_EDITED).exists()


def test_the_builder_asks_three_times_and_once_for_what_can_no_longer_change(cast, draft):  # noqa: F811
    with query_count() as first:
        template_builder(draft.template_id)
    start_draft(publish_version(draft, by=cast.director), by=cast.director)
    with query_count() as second:
        template_builder(draft.template_id)
    with query_count() as third:
        template_builder(draft.template_id)
    assert (len(first), len(second), len(third)) == (3, 4, 3)


def test_a_version_is_shown_as_it_was_published(cast, draft):  # noqa: F811
    template_builder(draft.template_id)  # while it can still be edited
    edit_part(draft, "module", "1.1", {"name": {"zh-hans": "公司概览", "en": "The company"}}, by=cast.director, revision=draft.revision)
    version = publish_version(draft, by=cast.director)

    shown = [template_builder(version.template_id).content for _ in range(2)]

    assert shown == [content_of(version)] * 2
    assert shown[0].find("module", "1.1").name["en"] == "The company"


def test_the_outline_swaps_the_panes_out_of_the_same_page(browser, builder):
    whole, swapped = (browser.get(builder("task:1.1.a"), headers=headers) for headers in ({}, {"HX-Request": "true", "HX-Boosted": "true"}))
    assert [template.name for template in swapped.templates[:1]] == [template.name for template in whole.templates[:1]]
    assert 'hx-boost="true" hx-target="#builder" hx-select="#builder"' in whole.content.decode()


def test_what_is_not_in_the_draft_is_not_found(browser, builder):
    for element in ("task:9.9.z", "nonsense:1", "field:D1.nothing", "field:D99.x", "rubric:X", "remove-pillar:PL1", "new-task:9.9", ":"):
        assert browser.get(builder(element)).status_code == 404, element
    for version in ("9", "0", "abc", "-1", "9" * 30):
        assert browser.get(builder("", version)).status_code == 404, version


def test_a_task_is_edited_in_both_languages_with_dates_roles_and_weights(browser, builder, cast, draft):  # noqa: F811
    typed = {"name_zh": "读懂公司", "name_en": "Read the company", "what_zh": "- 一\r\n- 二", "offset": "2", "length": "20", "hours": "24",
             "weight_1": "30", "weight_2": "50", "weight_3": "20", "method": "project", "responsible": ["mentor", "hrbp"],
             "requires": ["1.4.a"], "required": "", "counts_for_exit": "on"}  # fmt: skip
    answer = send(browser, builder("task:1.1.a"), **typed)

    assert answer["Location"] == f"/o/hengyue/templates/{draft.template_id}/?version=1&element=task%3A1.1.a"
    task = part_of(draft, "task", "1.1.a")
    assert task.name == {"zh-hans": "读懂公司", "en": "Read the company"}
    assert task.what["zh-hans"] == "- 一\n- 二"
    assert (task.offset, task.length, task.hours, task.weights) == (2, 20, 24, (30, 50, 20))
    assert (task.method, task.responsible, task.requires) == ("project", ["mentor", "hrbp"], ["1.4.a"])
    assert (task.required, task.counts_for_exit) == (False, True)
    draft.refresh_from_db()
    assert draft.revision == 2
    event = AuditEvent.objects.get(action=AuditAction.TEMPLATE_EDITED)
    assert (event.actor, event.subject_label) == (cast.director, "培训经理 12 个月 · 1.1.a")


def test_a_form_sent_twice_is_saved_once(browser, builder, draft):  # noqa: F811
    typed = sent_by(browser.get(builder("task:1.1.a"))) | {"hours": "24"}
    assert [browser.post(builder("task:1.1.a"), typed).status_code for _ in range(2)] == [302, 302]
    draft.refresh_from_db()
    assert draft.revision == 2


def test_a_task_may_begin_from_the_due_date_of_another(browser, builder, draft):  # noqa: F811
    send(browser, builder("task:2.2.a"), anchor="task", anchor_task="2.1.d")
    task = part_of(draft, "task", "2.2.a")
    assert (task.anchor, task.anchor_task) == ("task", "2.1.d")
    send(browser, builder("task:2.2.a"), anchor="phase_start")
    task = part_of(draft, "task", "2.2.a")
    assert (task.anchor, task.anchor_task) == ("phase_start", None)


# A browser could not send these either; and a character that no text may hold is not sent back.
NOT_KEPT = {"responsible", "method", "requires", "fiscal", "anchor_task", "judged_zh"}
BAD = [
    ({"weight_1": "99"}, "weight_1", ""),
    ({"weight_1": "-1"}, "weight_1", "0"),
    ({"weight_1": "101"}, "weight_1", "100"),
    ({"weight_1": "many"}, "weight_1", ""),
    ({"name_zh": "", "name_en": " "}, "name_zh", ""),
    ({"name_zh": "长" * 201}, "name_zh", "200"),
    ({"what_en": "x" * 10_001}, "what_en", "10000"),
    ({"offset": "-1"}, "offset", "0"),
    ({"length": "0"}, "length", "1"),
    ({"length": str(10**9)}, "length", "750"),
    ({"length": "9" * 40}, "length", ""),
    ({"hours": ""}, "hours", ""),
    ({"responsible": ["emperor"]}, "responsible", ""),
    ({"method": "osmosis"}, "method", ""),
    ({"anchor": "task", "anchor_task": ""}, "anchor_task", ""),
    ({"anchor": "task", "anchor_task": "1.1.a"}, "anchor_task", ""),
    ({"requires": ["1.1.a"]}, "requires", ""),
    ({"requires": ["2.1.a"]}, "requires", ""),
    ({"fiscal": "easter"}, "fiscal", ""),
    ({"judged_zh": "a\x00b"}, "judged_zh", ""),
]


def test_bad_input_gets_a_message_at_its_field_and_stays_typed(browser, builder, draft):  # noqa: F811
    page = sent_by(browser.get(builder("task:1.1.a")))
    for typed, field, said in BAD:
        answer = browser.post(builder("task:1.1.a"), page | typed)
        form = answer.context["editor"].form
        assert (answer.status_code, list(form.errors)) == (422, [field]), typed
        assert said in form.errors[field][0], typed
        kept = sent_by(answer)
        for name in typed.keys() - NOT_KEPT:
            assert kept[name] == [typed[name]], typed
    draft.refresh_from_db()
    assert draft.revision == 1


def test_tasks_that_wait_for_each_other_are_refused_with_the_way_round(browser, builder, draft):  # noqa: F811
    assert part_of(draft, "task", "1.4.c").requires == ["1.4.b"]
    answer = send(browser, builder("task:1.4.b"), requires=["1.4.c"])
    assert answer.status_code == 422
    (message,) = answer.context["editor"].form.errors["requires"]
    assert "1.4.b → 1.4.c → 1.4.b" in message


def test_hostile_markup_is_shown_as_typed(browser, builder, draft):  # noqa: F811
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    assert send(browser, builder("task:1.1.a"), name_zh=hostile, what_zh="</textarea><script>alert(1)</script>").status_code == 302
    page = browser.get(builder("task:1.1.a")).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert sent_by(browser.get(builder("task:1.1.a")))["name_zh"] == [hostile]


def test_a_stale_form_shows_both_and_saves_on_the_second_press(browser, builder, cast, draft):  # noqa: F811
    typed = sent_by(browser.get(builder("task:1.1.a"))) | {"name_zh": "我的名称", "what_zh": "我写了很久"}
    edit_part(draft, "task", "1.1.a", {"name": {"zh-hans": "别人的名称", "en": "Theirs"}}, by=cast.director, revision=1)

    answer = browser.post(builder("task:1.1.a"), typed)
    assert answer.status_code == 409
    assert part_of(draft, "task", "1.1.a").name["zh-hans"] == "别人的名称"
    said = {(line.what.split()[-1], line.old, line.new) for line in answer.context["conflict"].lines}
    assert ("中文名称", "别人的名称", "我的名称") in said
    assert answer.context["conflict"].name == cast.director.name
    kept = sent_by(answer)
    assert (kept["name_zh"], kept["what_zh"]) == (["我的名称"], ["我写了很久"])

    assert browser.post(builder("task:1.1.a"), kept).status_code == 302
    assert part_of(draft, "task", "1.1.a").name["zh-hans"] == "我的名称"


def test_someone_elses_edit_of_another_part_is_no_conflict(browser, builder, cast, draft):  # noqa: F811
    typed = sent_by(browser.get(builder("task:1.1.a"))) | {"hours": "30"}
    edit_part(draft, "task", "1.2.a", {"hours": 3}, by=cast.director, revision=1)
    assert browser.post(builder("task:1.1.a"), typed).status_code == 302
    assert (part_of(draft, "task", "1.1.a").hours, part_of(draft, "task", "1.2.a").hours) == (30, 3)


def test_a_form_of_a_draft_that_was_published_meanwhile_is_kept_for_copying(browser, builder, cast, draft):  # noqa: F811
    typed = sent_by(browser.get(builder("task:1.1.a"))) | {"what_zh": "我写了很久"}
    publish_version(draft, by=cast.director)
    answer = browser.post(builder("task:1.1.a", 1), typed)
    assert answer.status_code == 409
    assert "我写了很久" in answer.content.decode()


@pytest.mark.parametrize("missing", ["revision", "seen"])
def test_a_form_without_what_one_had_seen_overwrites_nothing(browser, builder, cast, draft, missing):  # noqa: F811
    typed = sent_by(browser.get(builder("task:1.1.a"))) | {"name_zh": "我的"}
    edit_part(draft, "task", "1.1.a", {"name": {"zh-hans": "别人的"}}, by=cast.director, revision=1)
    del typed[missing]
    assert browser.post(builder("task:1.1.a"), typed).status_code in (409, 422)
    assert part_of(draft, "task", "1.1.a").name == {"zh-hans": "别人的"}


def test_a_route_is_edited_step_by_step(browser, builder, draft):  # noqa: F811
    typed = {"route-rows": "3", "route-2-kind": "agree", "route-2-roles": ["sponsor"], "route-2-days": "5", "route-2-note_zh": "知悉"}
    assert send(browser, builder("deliverable:D1"), **typed).status_code == 302
    route = part_of(draft, "deliverable", "D1").route
    assert [(step["kind"], step["roles"], step["scores"]) for step in route] == [
        ("agree", ["business_head"], False),
        ("approve", ["hr_director", "hrbp"], True),
        ("agree", ["sponsor"], False),
    ]
    assert route[2] == {"kind": "agree", "roles": ["sponsor"], "days": 5, "scores": False, "note": {"zh-hans": "知悉"}}


@pytest.mark.parametrize(
    "typed", [{"route-0-roles": ["emperor"]}, {"route-0-days": "0"}, {"route-0-days": str(10**9)}, {"route-0-kind": "bless"}]
)
def test_a_bad_step_is_told_in_its_row(browser, builder, draft, typed):  # noqa: F811
    answer = send(browser, builder("deliverable:D1"), **typed)
    assert answer.status_code == 422
    assert len(answer.context["editor"].form.route.forms[0].errors) == 1
    assert [row.prefix for row in answer.context["editor"].form.wrong_rows] == ["route-0"]
    draft.refresh_from_db()
    assert draft.revision == 1


@pytest.mark.parametrize(
    ("act", "value", "order"),
    [
        ("move", "route:1:up", ["hrbp", "business_head"]),
        ("remove", "route:0", ["hrbp"]),
        ("add", "route", ["business_head", "hrbp", None]),
        ("move", "route:9:up", ["business_head", "hrbp"]),
        ("remove", "route:-1", ["business_head", "hrbp"]),
    ],
)
def test_without_script_the_server_arranges_the_rows_and_saves_nothing(browser, builder, draft, act, value, order):  # noqa: F811
    answer = send(browser, builder("deliverable:D1"), **{act: value, "purpose_zh": "还没保存"})
    assert answer.status_code == 200
    kept = sent_by(answer)
    assert [kept.get(f"route-{at}-roles", [None])[0] for at in range(int(kept["route-rows"][0]))] == order
    assert kept["purpose_zh"] == ["还没保存"]
    draft.refresh_from_db()
    assert draft.revision == 1


def test_more_rows_than_there_may_be_are_not_read(browser, builder):
    answer = send(browser, builder("check:C1"), **{"items-rows": "99999999"})
    assert answer.status_code == 302


def test_a_rubric_is_edited_and_its_weights_make_a_hundred(browser, builder, draft):  # noqa: F811
    refused = send(browser, builder("rubric:D1"), **{"criteria-0-weight": "34"})
    assert refused.status_code == 422
    assert [error.code for error in refused.context["editor"].form.errors.as_data()["__all__"]] == ["weights_not_whole"]
    typed = {"criteria-0-weight": "30", "criteria-2-weight": "35", "criteria-0-level_3_zh": "写得清楚"}
    assert send(browser, builder("rubric:D1"), **typed).status_code == 302
    rubric = part_of(draft, "deliverable", "D1").rubric
    assert [(one["key"], one["weight"]) for one in rubric] == [("accurate", 30), ("connected", 35), ("training_lens", 35)]
    assert rubric[0]["levels"][2]["zh-hans"] == "写得清楚"


def test_fields_are_added_in_order_with_keys_of_their_own(browser, builder, draft):  # noqa: F811
    count = len(part_of(draft, "deliverable", "D1").fields)
    typed = {"fields-rows": str(count + 2), f"fields-{count}-label_zh": "附件", f"fields-{count}-label_en": "Annex file!",
             f"fields-{count}-type": "file", f"fields-{count + 1}-label_zh": "备注", f"fields-{count + 1}-type": "text"}  # fmt: skip
    assert send(browser, builder("form:D1"), **typed).status_code == 302
    fields = part_of(draft, "deliverable", "D1").fields
    assert [(one["key"], one.get("type", "text")) for one in fields[count:]] == [("annex_file", "file"), ("field_1", "text")]
    # What has a page of its own is kept.
    assert fields[2]["columns"][0]["key"] == "unit"


@pytest.mark.parametrize(
    "typed", [{"fields-0-type": "hologram"}, {"fields-0-label_zh": "长" * 201}, {"fields-0-key": "Not a key!", "fields-0-was": ""}]
)
def test_a_bad_field_is_told_in_its_row(browser, builder, typed):
    answer = send(browser, builder("form:D1"), **typed)
    assert answer.status_code == 422
    assert len(answer.context["editor"].form.rows.forms[0].errors) == 1


def test_the_columns_of_a_table_are_edited(browser, builder, draft):  # noqa: F811
    typed = {"columns-rows": "5", "columns-4-label_zh": "备注", "columns-4-label_en": "Note", "columns-4-type": "long", "min_rows": "2"}
    assert send(browser, builder("field:D1.organization"), **typed).status_code == 302
    field = next(one for one in part_of(draft, "deliverable", "D1").fields if one["key"] == "organization")
    assert [one["key"] for one in field["columns"]] == ["unit", "head", "headcount", "key_roles", "note"]
    assert field["min_rows"] == 2


@pytest.mark.parametrize("typed", [{"columns-0-calc": "magic:a,b"}, {"columns-0-calc": "product:unit,head"}, {"min_rows": "31"}])
def test_a_table_that_nobody_could_fill_in_is_refused(browser, builder, typed):
    answer = send(browser, builder("field:D1.organization"), **typed)
    assert answer.status_code == 422
    assert answer.context["editor"].form.non_field_errors()


def test_the_items_of_a_check_are_edited(browser, builder, draft):  # noqa: F811
    count = len(part_of(draft, "check", "C1").items)
    typed = {"items-rows": str(count + 1), f"items-{count}-text_zh": "会导出名单", "by": ["mentor"], "items-0-text_en": ""}
    assert send(browser, builder("check:C1"), **typed).status_code == 302
    check = part_of(draft, "check", "C1")
    assert check.items[-1] == {"key": "item1", "text": {"zh-hans": "会导出名单"}}
    assert check.by == ["mentor"]


def test_phases_modules_projects_and_the_frame_are_edited(browser, builder, draft):  # noqa: F811
    assert send(browser, builder("phase:PH1"), length_days="35", exit="practice_tasks").status_code == 302
    assert send(browser, builder("module:1.1"), name_en="The company", responsible=["mentor"]).status_code == 302
    assert send(browser, builder("project:3.A"), goal_en="Settle in").status_code == 302
    assert send(browser, builder("version:"), summary_en="Short").status_code == 302
    content = content_of(draft)
    phase, module = content.find("phase", "PH1"), content.find("module", "1.1")
    assert (phase.length_days, phase.exit) == (35, "practice_tasks")
    assert (module.name["en"], module.responsible) == ("The company", ["mentor"])
    assert content.find("project", "3.A").goal["en"] == "Settle in"
    assert content.summary["en"] == "Short"
    draft.refresh_from_db()
    assert draft.revision == 5


@pytest.mark.parametrize("typed", [{"length_days": "0"}, {"length_days": str(10**9)}, {"schedule": "never"}, {"exit": "when_tired"}])
def test_a_phase_takes_only_what_makes_sense(browser, builder, typed):
    answer = send(browser, builder("phase:PH1"), **typed)
    assert answer.status_code == 422
    assert list(answer.context["editor"].form.errors) == list(typed)


def test_a_published_version_is_read_only_and_offers_the_next_draft(browser, builder, published):  # noqa: F811
    page = browser.get(builder("task:1.1.a"))
    html = page.content.decode()
    assert '<fieldset class="pane stack is-loose" disabled>' in html
    assert 'name="save"' not in html
    assert reverse("programs:start_draft", args=["hengyue", published.template_id]) in html
    answer = browser.post(builder("task:1.1.a"), sent_by(page) | {"name_zh": "改不了"})
    assert answer.status_code == 409
    assert part_of(published, "task", "1.1.a").name["zh-hans"] != "改不了"


def test_the_panel_says_what_is_missing_and_links_to_it(browser, builder, draft):  # noqa: F811
    DeliverableKind.objects.filter(version=draft, key="D6").update(route=[])
    TaskDefinition.objects.filter(version=draft, key="2.1.a").update(length=400)
    shown = browser.get(builder("task:1.1.a")).context["builder"]
    assert [(one.code, one.kind, one.key) for one in shown.faults] == [
        ("ends_after_phase", "task", "2.1.a"),
        ("route", "deliverable", "D6"),
    ]
    html = browser.get(builder("task:1.1.a")).content.decode()
    assert "element=deliverable:D6" in html
    assert re.search(r'<button class="btn is-block" disabled>', html)


def test_the_panel_names_every_difference_by_key(browser, cast, published):  # noqa: F811
    following = start_draft(published, by=cast.director)
    edit_part(following, "task", "2.2.d", {"length": 20, "weight_1": 50, "weight_2": 30}, by=cast.director, revision=1)
    shown = browser.get(reverse("programs:template", args=["hengyue", published.template_id])).context["builder"]
    assert [(line.op, line.kind, line.key, line.old.split()[0], line.new.split()[0]) for line in shown.differences] == [
        ("changed", "task", "2.2.d", "15", "20"),
        ("changed", "task", "2.2.d", "60", "50"),
    ]
    marked = [(task.key, task.mark) for phase in shown.phases for module in phase.modules for task in module.tasks if task.mark]
    assert marked == [("2.2.d", "changed")]
