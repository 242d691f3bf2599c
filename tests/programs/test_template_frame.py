"""The template builder's forms for gates, success factors, workflow, rubric levels and reviews, and for stages of a deliverable."""

import pytest
from django.urls import reverse

from programs.actions.publish_version import publish_version
from programs.actions.start_draft import start_draft
from tests.cast import cast  # noqa: F401
from tests.programs.templates import content_of, draft, part_of, sent_by  # noqa: F401


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


def test_gates_factors_workflow_levels_and_reviews_are_edited(browser, builder, draft, cast):  # noqa: F811
    gate = {
        "offset": "14",
        "reviewers": ["sponsor", "mentor"],
        "criteria-0-text_en": "Owned",
        "criteria-rows": "5",
        "criteria-4-text_zh": "时间可行",
    }
    for element, typed in {
        "gate:G1": gate,
        "factor:SF2": {"aim_en": "Good mentors", "signals-0-formula_zh": "均值", "signals-2-name_zh": "", "signals-2-name_en": ""}
        | dict.fromkeys(["signals-2-formula_zh", "signals-2-formula_en"], ""),
        "workflow:": {"workflow-6-name_en": "Keep it running", "workflow-rows": "8", "workflow-7-name_zh": "复盘"},
        "levels:": {"levels-3-name_en": "Above"},
        "kpis:": {"kpis-0-name_en": "Reach"},
        "items360:": {"items360-0-who": ["P", "L", "S"], "items360-0-pillar": "PL3"},
        "certificates:": {"levels-0-needs_en": "Everything approved"},
    }.items():
        assert send(browser, builder(element), **typed).status_code == 302, element
    content = content_of(draft)
    gate, factor, scheme = content.find("gate", "G1"), content.find("factor", "SF2"), content.review_scheme
    assert (gate.offset, gate.reviewers) == (14, ["mentor", "sponsor"])
    assert (gate.criteria[0]["text"]["en"], gate.criteria[4]) == ("Owned", {"key": "criterion1", "text": {"zh-hans": "时间可行"}})
    assert (factor.aim["en"], [one["key"] for one in factor.signals]) == ("Good mentors", ["mentee_rating", "turnaround"])
    assert (content.workflow[6]["name"]["en"], content.workflow[7]) == (
        "Keep it running",
        {"key": "8", "name": {"zh-hans": "复盘"}, "text": {}},
    )
    assert content.levels[3]["name"]["en"] == "Above"
    assert scheme["kpis"][0]["name"]["en"] == "Reach"
    assert (scheme["items360"][0]["who"], scheme["items360"][0]["pillar"]) == (["S", "P", "L"], "PL3")
    assert scheme["levels"][0]["needs"]["en"] == "Everything approved"
    assert {name: len(rows) for name, rows in scheme.items()} == {"kpis": 8, "items360": 12, "levels": 4}

    publish_version(draft, by=cast.director)
    start_draft(draft, by=cast.director)
    assert send(browser, builder("kpis:"), **{"kpis-0-note_en": "Mind it"}).status_code == 302
    assert [(line.kind, line.what) for line in browser.get(builder()).context["builder"].differences] == [("version", "绩效指标")]


@pytest.mark.parametrize(
    ("element", "typed", "words"),
    [
        ("gate:G1", {"offset": "soon"}, "填一个整数"),
        ("gate:G1", {"reviewers": ["emperor"]}, "emperor"),
        ("levels:", {"levels-1-name_zh": "", "levels-1-name_en": ""}, "四个等级"),
        ("items360:", {"items360-0-pillar": "PL9"}, "PL9"),
        ("items360:", {"items360-0-who": []}, "id_items360-0-who_error"),
        ("kpis:", {"kpis-0-name_zh": "长" * 201}, "201"),
        ("workflow:", {"workflow-0-text_en": "<script>alert(1)</script>" + "x" * 1000}, "1025"),
    ],
)
def test_a_bad_entry_of_the_frame_is_told_and_stays_typed(browser, builder, draft, element, typed, words):  # noqa: F811
    answer = send(browser, builder(element), **typed)
    html = answer.content.decode()
    assert (answer.status_code, words in html) == (422, True)
    assert "<script>alert(1)" not in html
    draft.refresh_from_db()
    assert draft.revision == 1


def test_stages_and_what_a_step_depends_on_are_edited(browser, builder, draft):  # noqa: F811
    typed = {"stages-0-length": "20", "route-1-when": ["data_protection=sensitive"], "route-1-stage": "brief"}
    assert send(browser, builder("deliverable:D17"), **typed).status_code == 302
    one = part_of(draft, "deliverable", "D17")
    assert [(stage["key"], stage["length"]) for stage in one.stages] == [("brief", 20), ("result", 101)]
    assert (one.route[1]["stage"], one.route[1]["when"]) == ("brief", {"field": "data_protection", "is": ["sensitive"]})
    assert send(browser, builder("field:D17.decision"), stage="brief").status_code == 302
    assert next(field["stage"] for field in part_of(draft, "deliverable", "D17").fields if field["key"] == "decision") == "brief"
    refused = send(browser, builder("deliverable:D17"), **{"route-1-when": ["data_protection=none", "decision=stop"]})
    assert refused.status_code == 422
    assert send(browser, builder("deliverable:D5"), both_steps="yes").status_code == 302
    assert part_of(draft, "deliverable", "D5").both_steps
