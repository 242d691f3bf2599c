"""The development plan: read by those who go along, signed by three, printed as PDF with its signatures."""

import pypdfium2
import pytest
from django.core.files.storage import default_storage

from documents.models import RenderedDocument
from mentorship.queries.development_plan import development_plan
from programs.actions.complete_activity import complete
from programs.actions.submit_work import submit
from tests.factories.programs import START, approve, deliverable_of, enroll_cast, make_cohort, pass_check, work_of
from tests.queries import query_count

PLAN = {
    "starting_point": [
        {"competency": "需求分析", "pillar": "PL1", "self": "2", "mentor": "2", "wanted": "3"},
        {"competency": "读懂损益表", "pillar": "PL2", "self": "1", "mentor": "2", "wanted": "3"},
        {"competency": "推动跨部门协作", "pillar": "PL3", "self": "2", "mentor": "3", "wanted": "4"},
    ],
    "direction": "两年内成为能独立负责业务项目的中级培训经理",
    "goals": [
        {
            "goal": f"目标{n}：把缺货率讲给店长听",
            "pillar": "PL2",
            "measure": "门店缺货率",
            "baseline": "6.8%",
            "target": "4.5%",
            "due": "2026-12-18",
            "why": "起点评估的差距",
        }
        for n in (1, 2, 3)
    ],
    "actions": [
        {"goal": "目标1", "kind": "70", "action": "独立做一次门店需求分析", "due": "2026-10-30", "evidence": "D6"},
        {"goal": "目标1", "kind": "20", "action": "跟周敏旁听两次访谈", "due": "2026-10-16", "evidence": "观察单"},
        {"goal": "目标2", "kind": "10", "action": "读完损益表课程", "due": "2026-09-30", "evidence": "笔记"},
    ],
    "support": [{"from": "赵晓峰", "what": "每周放出四小时", "by_date": "2026-09-15"}],
    "weekly_hours": "4",
    "check_ins": [{"date": "2026-11-16", "with": "周敏"}],
}  # fmt: skip


@pytest.fixture
def enrollment(cast, published):
    enrollment = enroll_cast(cast, make_cohort(cast, version=published))
    pass_check(cast, enrollment, "C3", "1.4.a")
    complete(work_of(enrollment, "1.4.b"), "和周敏一起把起点说清楚了，差距在业务。", by=cast.trainee, today=START)
    return enrollment


@pytest.fixture
def agreed(cast, enrollment):
    plan = submit(deliverable_of(enrollment, "D5"), PLAN, by=cast.trainee, today=START)
    approve(plan, cast.mentor)
    approve(plan, cast.line_manager)
    return plan


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("trainee", 200),
        ("mentor", 200),
        ("line_manager", 200),
        ("hrbp", 200),
        ("director", 200),
        ("manager", 200),
        ("peer", 404),
        ("other_mentor", 404),
        ("admin", 404),
        ("reviewer", 404),
        ("sponsor", 404),
        ("outsider", 404),
    ],
)
def test_those_who_go_along_read_the_plan(cast, agreed, enrollment, client, part, status):
    cast.sign_in(client, cast.outsider if part == "outsider" else cast.people[part])
    response = client.get(cast.url(f"plans/{enrollment.pk}/"))
    assert response.status_code == status
    assert ("把缺货率讲给店长听" in response.content.decode()) == (status == 200)


def test_a_trainee_without_plan_is_shown_the_way(cast, enrollment, client):
    page = cast.sign_in(client, cast.trainee).get(cast.url("my/idp/")).content.decode()
    assert f"/tasks/{work_of(enrollment, '1.4.c').pk}/" in page
    assert cast.sign_in(client, cast.peer).get(cast.url("my/idp/")).status_code == 200


def test_three_signatures_and_the_mix_of_learning(cast, agreed, enrollment):
    plan = development_plan(enrollment)
    assert [(signature.name, signature.outcome) for signature in plan.current.signatures] == [
        ("林予安", "agreed"),
        ("周敏", "approved"),
        ("赵晓峰", "approved"),
    ]
    assert (plan.agreed, plan.current.mix.doing, plan.current.mix.others, plan.current.mix.courses) == (1, 1, 1, 1)
    assert [(aim.number, aim.now, aim.wanted) for aim in plan.current.directions] == [(1, 2.0, 3.0), (2, 1.5, 3.0), (3, 2.5, 4.0)]


def test_the_page_asks_a_fixed_number_of_queries(cast, agreed, enrollment, client):
    cast.sign_in(client, cast.trainee)
    client.get(cast.url("my/idp/"))
    with query_count() as seen:
        client.get(cast.url("my/idp/"))
    assert len(seen) <= 18, "\n".join(seen)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ["个人发展计划", "签字"]), ("en", ["Individual development plan", "Signatures"])]
)
def test_the_plan_prints_with_signatures_that_can_be_copied(cast, agreed, enrollment, client, run_jobs, language, words):
    cast.trainee.user.language = language
    cast.trainee.user.save()
    response = cast.sign_in(client, cast.trainee).post(cast.url(f"plans/{enrollment.pk}/print/"), {"from": "mine"})
    assert (response.status_code, response.headers["Location"]) == (302, cast.url("my/idp/"))
    run_jobs()

    document = RenderedDocument.objects.get()
    assert (document.state, document.version, document.language) == ("valid", 1, language)
    with default_storage.open(document.file.key) as content:
        pdf = pypdfium2.PdfDocument(content.read())
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    for wanted in (*words, "林予安", "周敏", "赵晓峰", "把缺货率讲给店长听", document.printed_code, "1 / "):
        assert wanted in text, wanted
    page = client.get(cast.url(f"plans/{enrollment.pk}/documents/{document.pk}/"))
    assert (page.status_code, page.headers["Content-Type"], b"".join(page)[:5]) == (200, "application/pdf", b"%PDF-")
    cast.sign_in(client, cast.peer)
    assert client.get(cast.url(f"plans/{enrollment.pk}/documents/{document.pk}/")).status_code == 404
    client.logout()
    checked = client.get(f"/verify/{document.code}/").content.decode()
    assert "林予安" not in checked
    assert "恒岳零售" in checked or "Hengyue" in checked


def test_a_new_signature_makes_a_new_paper(cast, enrollment, client, run_jobs):
    plan = submit(deliverable_of(enrollment, "D5"), PLAN, by=cast.trainee, today=START)
    cast.sign_in(client, cast.mentor)
    for _time in range(2):
        client.post(cast.url(f"plans/{enrollment.pk}/print/"))
    approve(plan, cast.mentor)
    client.post(cast.url(f"plans/{enrollment.pk}/print/"))
    run_jobs()
    assert sorted(RenderedDocument.objects.values_list("state", flat=True)) == ["replaced", "valid"]
