"""The report of a session: right figures, hidden ones, and what of it goes into D8 and D9."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from effectiveness.actions import answer_survey, open_survey, record_attendance, run_test
from effectiveness.actions.record_attendance import Presence
from effectiveness.models import KnowledgeTest, SurveyAnswer, TestResult
from effectiveness.queries.report import report
from effectiveness.vocabulary import ReactionItem
from programs.actions.save_draft import save
from programs.builtin_reader import read_builtin
from programs.models import DeliverableKind, Draft, TaskWork, TemplateVersion
from tests.factories.programs import deliverable_of, draft_version, enroll_cast, make_cohort
from tests.factories.sessions import QUESTIONS, make_session, opened
from tests.queries import query_count


@pytest.fixture
def session(cast):
    enroll_cast(cast)
    return make_session(cast)


def address(cast, session, act: str = "report/") -> str:
    return cast.url(f"toolkit/sessions/{session.pk}/{act}")


def answer(survey, number: int, score: int = 4, **words) -> None:
    """One more answer."""
    scores = dict.fromkeys(ReactionItem.values, score)
    given = {"recommend": 9, "keep": "", "change": ""} | words
    answer_survey.give(survey, f"receipt-{number}", scores=scores, today=timezone.localdate(), **given)


def all_came(session, cast, there: int = 10) -> None:
    people = list(session.attendees.order_by("pk"))
    seen = {one.pk: Presence("came", 120) for one in people[:there]} | {one.pk: Presence("absent") for one in people[there:]}
    record_attendance.write_down(session, seen, by=cast.trainee)


def scored(session, cast, pairs) -> None:
    """Typed-in scores of the first people on the list."""
    scores = {}
    for one, (pre, post) in zip(session.attendees.order_by("pk"), pairs, strict=False):
        scores |= {(one.pk, "pre"): pre and Decimal(pre), (one.pk, "post"): post and Decimal(post)}
    run_test.write(session, questions=[], pass_mark=80, by=cast.trainee)
    run_test.type_in(session, scores, by=cast.trainee)


def of(session, **more):
    return report(session, timezone.localdate(), with_scores=more.pop("with_scores", True))


def test_level_one_in_figures(cast, session):
    survey = opened(session, cast)
    for number, score in enumerate((5, 4, 4, 3, 5)):
        answer(survey, number, score, recommend=(10, 9, 8, 7, 3)[number])
    all_came(session, cast)
    open_survey.close_survey(session, by=cast.trainee)
    found = of(session).reaction
    assert (found.answers, found.shown, found.rate, found.overall, found.promoters) == (5, 5, 50, "4.2", 20)
    assert {(item.mean, item.favorable, item.n) for item in found.items} == {("4.2", 80, 5)}


@pytest.mark.parametrize("part", ["trainee", "mentor", "director"])
def test_under_five_answers_nothing_of_them_is_shown_to_anybody(cast, session, client, part):
    survey = opened(session, cast)
    for number in range(4):
        answer(survey, number, keep=f"秘密{number}")
    cast.sign_in(client, cast.people[part])
    assert "秘密" not in client.get(address(cast, session)).text
    open_survey.close_survey(session, by=cast.trainee)
    page = client.get(address(cast, session)).text
    assert ("秘密" in page, "满 5 份答卷才显示结果" in page) == (False, True)


def test_while_it_is_open_the_newest_three_wait(cast, session, client):
    survey = opened(session, cast)
    for number in range(9):
        answer(survey, number, score=1 if number >= 5 else 5, keep=f"话{number}")
    found = of(session).reaction
    assert (found.answers, found.shown, found.overall, sorted(found.keep)) == (9, 5, "5.0", [f"话{number}" for number in range(5)])
    open_survey.close_survey(session, by=cast.trainee)
    assert of(session).reaction.shown == 9


def test_one_may_not_open_it_again_to_read_a_single_answer_off(cast, session):
    survey = opened(session, cast)
    for number in range(5):
        answer(survey, number)
    open_survey.close_survey(session, by=cast.trainee)
    assert of(session).reaction.shown == 5
    with pytest.raises(ValidationError) as refusal:
        opened(session, cast)
    assert refusal.value.code == "results_shown"
    with pytest.raises(ValidationError):
        answer(SurveyAnswer.objects.first().survey, 6)


def test_level_two_pairs_only_people_with_both_scores(cast, session):
    scored(session, cast, [("40", "80"), ("60", "90"), (None, "70"), ("10", None)])
    found = of(session).learning
    assert (found.pairs, found.pre, found.post, found.gain) == (2, Decimal("50.0"), Decimal("85.0"), Decimal("35.0"))
    assert (found.normalized, found.mastery) == (Decimal("0.70"), Decimal("100.0"))


def test_each_persons_score_is_read_by_who_ran_it_alone(cast, session, client):
    scored(session, cast, [("41", "83")] * 5)
    for part, sees in (("trainee", True), ("mentor", False), ("director", False)):
        page = cast.sign_in(client, cast.people[part]).get(address(cast, session)).text
        assert ("店员0" in page, ">83<" in page) == (sees, sees)
        assert "83.0" in page  # the class


def test_a_class_of_four_is_hidden_from_others(cast, session, client):
    scored(session, cast, [("41", "83")] * 4)
    assert "83.0" in cast.sign_in(client, cast.trainee).get(address(cast, session)).text
    assert "83.0" not in cast.sign_in(client, cast.mentor).get(address(cast, session)).text


def test_scores_typed_wrongly_stay_to_be_put_right(cast, session, client):
    one = session.attendees.first()
    cast.sign_in(client, cast.trainee)
    page = client.post(address(cast, session, "scores/"), {f"pre-{one.pk}": "101", f"post-{one.pk}": "80"})
    assert (page.status_code, "101" in page.text, TestResult.objects.count()) == (422, True, 0)
    client.post(address(cast, session, "scores/"), {f"pre-{one.pk}": "40.5", f"post-{one.pk}": "80"})
    client.post(address(cast, session, "scores/"), {f"pre-{one.pk}": "41", f"post-{one.pk}": ""})
    assert [(result.phase, result.score) for result in TestResult.objects.all()] == [("pre", Decimal(41))]


def test_a_score_answered_by_link_is_not_typed_over(cast, session):
    run_test.write(session, questions=QUESTIONS, pass_mark=60, by=cast.trainee)
    test = run_test.open_phase(session, "pre", by=cast.trainee)
    one = session.attendees.first()
    run_test.take(test, one, "pre", {0: 0, 1: 1, 2: 1})
    assert run_test.type_in(session, {(one.pk, "pre"): Decimal(1)}, by=cast.trainee) == 0
    with pytest.raises(ValidationError) as refusal:
        run_test.write(session, questions=QUESTIONS[::-1], pass_mark=60, by=cast.trainee)
    assert refusal.value.error_dict["questions"][0].code == "has_answers"


def test_questions_are_written_as_text(cast, session, client):
    cast.sign_in(client, cast.trainee)
    wrong = client.post(address(cast, session, "test/"), {"questions": "问？\n甲\n乙", "pass_mark": "80"})
    assert (wrong.status_code, "第 1 题" in wrong.text, "问？" in wrong.text) == (422, True, True)
    few = client.post(address(cast, session, "test/"), {"questions": "问？\n* 甲\n乙", "pass_mark": "80"})
    assert (few.status_code, KnowledgeTest.objects.count()) == (422, 0)
    good = "\n\n".join(["问？\n* 甲\n乙"] * 3)
    assert client.post(address(cast, session, "test/"), {"questions": good, "pass_mark": "80"}).status_code == 302
    assert len(KnowledgeTest.objects.get().questions) == 3
    client.post(address(cast, session, "test/phase/"), {"phase": "pre"})
    assert KnowledgeTest.objects.get().phase == "pre"


def test_links_are_shown_once_and_not_made_anew_after_an_answer(cast, session, client):
    cast.sign_in(client, cast.trainee)
    page = client.post(address(cast, session, "links/"))
    assert (page.status_code, page.text.count('<div class="qr"'), "/answer/p" in page.text) == (200, 10, True)
    assert "/answer/p" not in client.get(address(cast, session, "survey/")).text
    answer(opened(session, cast, by_person=True), 1)
    with pytest.raises(ValidationError) as refusal:
        open_survey.make_links(session, anew=True, by=cast.trainee)
    assert refusal.value.code == "has_answers"


def test_the_survey_page_shows_link_and_qr_code(cast, session, client):
    cast.sign_in(client, cast.trainee)
    today = timezone.localdate().isoformat()
    assert client.post(address(cast, session, "survey/"), {"closes_on": "2020-01-01"}).status_code == 422
    assert client.post(address(cast, session, "survey/"), {"closes_on": today}).status_code == 302
    page = client.get(address(cast, session, "survey/")).text
    assert ("/answer/s" in page, "<svg" in page.split('class="qr"')[1][:300]) == (True, True)


def test_the_report_asks_the_same_however_many_answered(cast, session, client):
    survey = opened(session, cast)
    scored(session, cast, [("40", "80")])
    cast.sign_in(client, cast.trainee)
    counts = []
    for number in range(3):
        client.get(address(cast, session))
        with query_count() as seen:
            client.get(address(cast, session))
        counts.append(len(seen))
        for more in range(4):
            answer(survey, 10 * number + more)
    assert len(set(counts)) == 1


def test_a_session_says_which_task_it_is_held_for(cast, evaluated, client):
    work = deliverable_of(evaluated.enrollment, "D8").work
    cast.sign_in(client, cast.trainee)
    form = client.get(address(cast, evaluated, "edit/")).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"about": f"task_work:{work.pk}", "observer": "peer@hengyue.example"}
    sent["starts_at"] = timezone.localtime(evaluated.starts_at).strftime("%Y-%m-%dT%H:%M")
    assert client.post(address(cast, evaluated, "edit/"), sent).status_code == 302
    evaluated.refresh_from_db()
    assert (evaluated.about_kind, evaluated.about_id) == ("task_work", work.pk)
    assert "2.1.d" in cast.sign_in(client, cast.mentor).get(address(cast, evaluated, "")).text


# ── Into D8 and D9 ──


@pytest.fixture
def evaluated(cast):
    """A session of a trainee whose programme asks for D8 and D9 as the built-in one does, with everything measured."""
    version = draft_version()
    task = version.tasks.get(key="2.1.d")
    builtin = {part.key: part for part in read_builtin().content.deliverables}
    for position, key in enumerate(("D8", "D9"), start=50):
        DeliverableKind.objects.create(
            version=version, task=task, key=key, position=position, name=builtin[key].name, fields=builtin[key].fields,
            route=[{"kind": "approve", "roles": ["mentor"], "days": 3}],
        )  # fmt: skip
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))
    TaskWork.objects.filter(enrollment=enrollment, task=task).update(state="open")
    session = make_session(cast)
    all_came(session, cast, there=6)
    survey = opened(session, cast)
    for number in range(5):
        answer(survey, number, 4)
    open_survey.close_survey(session, by=cast.trainee)
    scored(session, cast, [("40", "80"), ("60", "90")])
    return session


def draft_of(cast, session, key: str) -> Draft:
    return Draft.objects.get(deliverable=deliverable_of(session.enrollment, key), author=cast.trainee)


def test_results_are_shown_first_and_then_stand_in_the_draft_of_d9(cast, evaluated, client):
    cast.sign_in(client, cast.trainee)
    here = address(cast, evaluated, "carry/D9/")
    page = client.get(here)
    assert (page.status_code, "回收率" in page.text, Draft.objects.count()) == (200, True, 0)

    response = client.post(here, {"revision": "0"})

    assert (response.status_code, f"tasks/{deliverable_of(evaluated.enrollment, 'D9').work_id}/" in response["Location"]) == (302, True)
    typed = draft_of(cast, evaluated, "D9").data
    assert (typed["forms_sent"], typed["forms_returned"], typed["response_rate"]) == (["6"], ["5"], ["83"])
    assert (typed["level1-rows"], typed["level1-0-n"], typed["level1-0-mean"], typed["level1-0-favourable"]) == (
        ["8"],
        ["5"],
        ["4"],
        ["100"],
    )
    assert (typed["level2_design"], typed["level2-0-n_pairs"], typed["level2-0-pre"]) == (["pre_post"], ["2"], ["50"])
    assert "level2-0-gain" not in typed  # worked out by the form
    assert client.get(response["Location"]).status_code == 200


def test_attendance_goes_into_d8_and_the_rest_of_the_draft_stays(cast, evaluated, client):
    deliverable = deliverable_of(evaluated.enrollment, "D8")
    typed = {"my_review": ["保持开场"], "attendance-rows": ["1"], "attendance-0-name": ["旧名字"], "session": ["旧的"]}
    save(deliverable, typed, 0, by=cast.trainee, today=timezone.localdate())
    cast.sign_in(client, cast.trainee)
    here = address(cast, evaluated, "carry/D8/")

    page = client.get(here)
    assert (page.context["replaced"], page.text.count('name="over"')) == ({"session", "attendance"}, 2)
    done = client.post(here, {"revision": str(page.context["target"].revision), "over": ["attendance", "my_review"]}, follow=True)
    assert "目的与学习目标" in done.text and "按你所写保留：关联培训场次" in done.text

    typed = draft_of(cast, evaluated, "D8").data
    assert (typed["my_review"], typed["session"], typed["attendance-rows"]) == (["保持开场"], ["旧的"], ["10"])
    assert (typed["aims-rows"], typed["aims-0-objective"]) == (["1"], ["找出缺货风险"])
    assert typed["aims-0-check"] == ["测验，达标线 80 分（满分 100 分）"]
    first = [typed[f"attendance-0-{column}"] for column in ("name", "unit", "came", "stayed")]
    last = [typed[f"attendance-9-{column}"] for column in ("name", "came", "stayed")]
    assert (first, last) == ([["店员0"], ["虹桥店"], ["came"], ["100"]], [[cast.reviewer.name], ["absent"], ["0"]])


def test_a_draft_that_has_changed_meanwhile_is_not_written_over(cast, evaluated, client):
    save(deliverable_of(evaluated.enrollment, "D8"), {"session": ["新的"]}, 0, by=cast.trainee, today=timezone.localdate())
    cast.sign_in(client, cast.trainee)
    response = client.post(address(cast, evaluated, "carry/D8/"), {"revision": "0"})
    assert (response["Location"].endswith("carry/D8/"), draft_of(cast, evaluated, "D8").data) == (True, {"session": ["新的"]})


def test_what_one_typed_is_not_lost_where_nothing_is_ticked(cast, evaluated, client):
    cast.sign_in(client, cast.trainee)
    here = address(cast, evaluated, "carry/D8/")
    client.post(here, {"revision": "0"})
    carried = draft_of(cast, evaluated, "D8")
    assert client.get(here).context["replaced"] == set()  # the same figures write nothing over
    mine = {"session": ["我的说法"], "session_time": ["2026-01-02T10:00"], "aims-0-check": ["情景演练"], "attendance-0-came": ["absent"]}
    save(carried.deliverable, carried.data | mine, carried.revision, by=cast.trainee, today=timezone.localdate())
    page = client.post(here, {"revision": str(carried.revision + 1)}, follow=True)
    assert "没有带入任何内容" in page.text
    assert draft_of(cast, evaluated, "D8").data == carried.data | mine


def test_aims_are_told_line_by_line_and_their_check_stays_open_without_a_test(cast, evaluated, client):
    KnowledgeTest.objects.all().delete()
    evaluated.aims = "1. 看懂报表\n\n- 会补货"
    evaluated.save(update_fields=["aims"])
    cast.sign_in(client, cast.trainee).post(address(cast, evaluated, "carry/D8/"), {"revision": "0"})
    typed = draft_of(cast, evaluated, "D8").data
    assert [typed["aims-0-objective"], typed["aims-1-objective"], typed.get("aims-0-check")] == [["看懂报表"], ["会补货"], None]


def test_comments_go_into_d9_under_the_questions_that_were_asked(cast, client, evaluated):
    other = make_session(cast)
    all_came(other, cast)
    survey = opened(other, cast)
    for number in range(5):
        answer(survey, number, keep=f"留{number}" if number < 2 else "", change="太快" if number == 4 else "")
    cast.sign_in(client, cast.trainee)
    here = address(cast, other, "carry/D9/")
    assert "太快" not in client.get(here).text  # the survey is still open
    open_survey.close_survey(other, by=cast.trainee)
    client.post(here, {"revision": "0"})
    typed = draft_of(cast, other, "D9").data
    assert (typed["comments-rows"], typed["comments-0-count"], typed["comments-1-count"]) == (["2"], ["2"], ["1"])
    assert sorted(typed["comments-0-typical_words"][0].split()) == ["留0", "留1"]
    assert typed["comments-1-typical_words"] == ["太快"]


@pytest.mark.parametrize(("part", "status"), [("mentor", 403), ("director", 403), ("peer", 403), ("admin", 404), ("reviewer", 404)])
def test_only_who_ran_the_session_carries_it(cast, evaluated, client, part, status):
    cast.sign_in(client, cast.people[part])
    assert client.get(address(cast, evaluated, "carry/D8/")).status_code == status
    assert client.post(address(cast, evaluated, "carry/D8/"), {"revision": "0"}).status_code == status
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["D7", "D10", "x"])
def test_other_deliverables_take_nothing(cast, session, client, key):
    cast.sign_in(client, cast.trainee)
    assert client.get(address(cast, session, f"carry/{key}/")).status_code == 404


def test_without_an_open_deliverable_it_says_so(cast, session, client):
    cast.sign_in(client, cast.trainee)
    page = client.get(address(cast, session, "carry/D9/"))
    assert (page.status_code, "你没有开放中的 D9" in page.text) == (200, True)
    assert (client.post(address(cast, session, "carry/D9/")).status_code, Draft.objects.count()) == (200, 0)
