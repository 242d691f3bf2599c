"""What a program may do: the same actions as on the pages, with the same refusals, once."""

import pytest
from django.utils import timezone

from programs.actions import submit_work
from programs.actions.save_draft import save
from programs.models import Comment, Draft, Enrollment, SignOff, SignOffStep, Submission
from tests.api_client import program_of
from tests.factories.programs import START, deliverable_of, make_cohort

GOOD = {"data": {"points": "要点"}}


@pytest.fixture
def deliverable(enrolled):
    return deliverable_of(enrolled, "D1")


@pytest.fixture
def hand_in(deliverable):
    return f"deliverables/{deliverable.pk}/submissions/"


def errors(answer) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json()["errors"]]


def test_a_deliverable_is_handed_in_signed_and_seen(cast, hand_in, deliverable):
    trainee, mentor = program_of(cast.trainee), program_of(cast.mentor)
    answer = trainee.post(hand_in, GOOD | {"note": " 初稿 "})
    made = Submission.objects.get()
    assert answer.status_code == 201
    assert answer.json() == trainee.get(f"submissions/{made.pk}/").json()
    assert (answer.json()["data"], answer.json()["note"], answer.json()["author"]["name"]) == (GOOD["data"], "初稿", "林予安")
    step = mentor.get("sign-offs/", {"mine": "true"}).json()["results"][0]
    decision = {"outcome": "approved", "content_hash": step["content_hash"], "scores": {"clear": 3, "useful": 4}}
    decided = mentor.post(f"sign-offs/{step['id']}/decision/", decision)
    assert (decided.status_code, decided.json()["state"], decided.json()["decision"]["scores"]) == (201, "done", {"clear": 3, "useful": 4})
    assert mentor.get("sign-offs/", {"mine": "true"}).json()["results"] == []
    assert trainee.get(f"deliverables/{deliverable.pk}/").json()["state"] == "approved"


def test_what_is_handed_in_is_judged_as_on_the_page(cast, hand_in):
    trainee = program_of(cast.trainee)
    answer = trainee.post(hand_in, {"data": {"other": 1}})
    assert (answer.status_code, errors(answer)) == (422, [("data.points", "required"), ("data.other", "unknown_field")])
    assert errors(trainee.post(hand_in, {"data": {"points": ["要点"]}})) == [("data.points", "not_a_text")]
    for nonsense in ({}, [], {"data": []}, {"data": None}, {"data": {"points": "x" * 100_000}}, {"data": {"points": "\0"}}):
        assert trainee.post(hand_in, nonsense).status_code == 422, nonsense
    assert not Submission.objects.exists()


HOSTILE = [
    "[" * 100_000,
    '{"data":' + '{"points":' * 500 + "1" + "}" * 501,
    '{"data": {"\\ud800": 1}}',
    '{"data": {"points": "\\ud800"}}',
    '{"data": {"points": {"a": {"b": [[[[[[1]]]]]]}}}}',
    '{"data": {"points": "x"}, "note": "\\ud800"}',
    '{"data": {"points": "x"}, "draft_revision": 1e999}',
    '{"data": {"points": "x"}, "draft_revision": ' + "9" * 5000 + "}",
    '{"outcome": "\\ud800", "content_hash": "\\u0000", "scores": {"\\ud800": 1}}',
    '{"trainees": [{"trainee": 1, "support": {"\\ud800": [1]}}]}',
    '{"trainees": {"a": 1}}',
    "null",
    '"x"',
    "NaN",
    "\\xff",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_sent_is_a_fault(cast, enrolled, hand_in, body):
    submit_work.submit(deliverable_of(enrolled, "D1"), GOOD["data"], by=cast.trainee, today=START)
    step = SignOffStep.objects.get(state="ready")
    for member, path in (
        (cast.trainee, hand_in),
        (cast.mentor, f"sign-offs/{step.pk}/decision/"),
        (cast.manager, f"cohorts/{enrolled.cohort_id}/enrollments/"),
    ):
        program = program_of(member)
        answer = program.client.post(program.address(path), body, content_type="application/json")
        assert 400 <= answer.status_code < 500, (path, answer.content)
        assert answer.json()["code"]
    assert not SignOff.objects.exists() and Submission.objects.count() == Enrollment.objects.count() == 1


def test_who_does_not_write_it_is_told_so_and_a_second_version_waits(cast, hand_in):
    assert program_of(cast.mentor).post(hand_in, GOOD).status_code == 403
    trainee = program_of(cast.trainee)
    assert trainee.post(hand_in, GOOD).status_code == 201
    again = trainee.post(hand_in, GOOD)
    assert (again.status_code, again.json()["code"]) == (409, "already_waiting")


def test_a_draft_on_the_page_is_not_lost_unread(cast, deliverable, hand_in):
    draft = save(deliverable, {"points": ["写了一半"]}, 0, by=cast.trainee, today=START)
    trainee = program_of(cast.trainee)
    answer = trainee.post(hand_in, GOOD)
    assert (answer.status_code, answer.json()["code"], Draft.objects.count()) == (409, "draft_changed", 1)
    assert trainee.post(hand_in, GOOD | {"draft_revision": draft.revision}).status_code == 201


def test_a_request_that_comes_twice_is_done_once_and_answered_the_same(cast, hand_in):
    trainee = program_of(cast.trainee)
    first, second = trainee.post(hand_in, GOOD, key="a-1"), trainee.post(hand_in, GOOD, key="a-1")
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    assert Submission.objects.count() == 1
    other = trainee.post(hand_in, {"data": {"points": "别的"}}, key="a-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert trainee.post(hand_in, GOOD, key="k" * 201).json()["code"] == "bad_key"
    # Another token's key is another key.
    assert program_of(cast.trainee).post(hand_in, GOOD, key="a-1").json()["code"] == "already_waiting"


def test_a_refused_request_may_come_again_with_its_key(cast, deliverable, hand_in):
    draft = save(deliverable, {"points": ["写了一半"]}, 0, by=cast.trainee, today=START)
    trainee = program_of(cast.trainee)
    assert trainee.post(hand_in, GOOD, key="b").status_code == 409
    draft.delete()
    assert trainee.post(hand_in, GOOD, key="b").status_code == 201


def test_a_decision_is_refused_as_on_the_page(cast, hand_in):
    program_of(cast.trainee).post(hand_in, GOOD)
    step = SignOffStep.objects.get(state="ready")
    path, good = f"sign-offs/{step.pk}/decision/", {"content_hash": step.submission.content_hash}
    mentor = program_of(cast.mentor)
    assert program_of(cast.trainee).post(path, good | {"outcome": "approved"}).status_code == 403
    assert mentor.post(path, good | {"outcome": "approved"}).status_code == 422  # without scores
    assert errors(mentor.post(path, good | {"outcome": "returned"})) == [("note", "reason_required")]
    unknown = mentor.post(path, good | {"outcome": "returned", "note": "x", "scores": {"else": 1}})
    assert errors(unknown) == [("scores.else", "unknown_criterion")]
    stale = mentor.post(path, {"outcome": "returned", "note": "x", "content_hash": "0" * 64})
    assert (stale.status_code, stale.json()["code"]) == (409, "other_content")
    assert not SignOff.objects.exists()
    assert mentor.post(path, good | {"outcome": "returned", "note": "补上数据"}).status_code == 201
    late = mentor.post(path, good | {"outcome": "returned", "note": "补上数据"})
    assert (late.status_code, late.json()["code"]) == (409, "already_decided")


def test_a_comment_is_said_once_with_a_key(cast, deliverable):
    mentor, path = program_of(cast.mentor), f"deliverables/{deliverable.pk}/comments/"
    answers = [mentor.post(path, {"body": "写得清楚"}, key="c").json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Comment.objects.get().body == "写得清楚"
    assert errors(mentor.post(path, {"body": "  "})) == [("body", "blank")]


def test_people_are_enrolled_all_or_nobody(cast, published_cohort):
    manager, path = program_of(cast.manager), f"cohorts/{published_cohort.pk}/enrollments/"
    wrong = {"trainees": [{"trainee": cast.peer.pk}, {"trainee": cast.outsider.pk}]}
    assert errors(manager.post(path, wrong)) == [("trainees", "unknown_people")]
    assert not Enrollment.objects.exists()
    good = {"trainees": [{"trainee": cast.peer.pk, "support": {"mentor": [cast.mentor.pk], "line_manager": [cast.line_manager.pk]}}]}
    answer = manager.post(path, good)
    assert (answer.status_code, [one["trainee"]["name"] for one in answer.json()]) == (201, ["许博文"])
    assert [(one["role"], one["person"]["name"]) for one in answer.json()[0]["support"]] == [("line_manager", "赵晓峰"), ("mentor", "周敏")]
    again = manager.post(path, good)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "already_enrolled")
    assert program_of(cast.mentor).post(path, good).status_code == 404
    bad = manager.post(path, {"trainees": [{"trainee": "x", "support": {"king": [1]}}]})
    assert errors(bad) == [("trainees.0.trainee", "invalid"), ("trainees.0.support", "unknown_role")]


@pytest.fixture
def published_cohort(cast):
    return make_cohort(cast, start_on=timezone.localdate())
