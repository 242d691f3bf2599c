"""The file: what counts, frozen with its hash; returns, drafts and private notes are never in it (moonshot 12)."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.actions import hand_to_panel, record_kpi
from assessments.actions.make_statement import make_statement
from assessments.models import CertificationReview, FeedbackDraft, KpiValue, Rater
from assessments.queries.review_file import file_hash, review_file
from organizations.models import AuditEvent
from programs.actions import comment, sign_off
from programs.actions.save_draft import save
from programs.actions.submit_work import submit
from programs.models import SignOffStep, TaskWork, TemplateVersion
from programs.rules.content_hash import canonical
from tests.assessments.test_cycle import codes
from tests.assessments.world import TODAY, ask, close, freeze, make_world, send
from tests.factories.programs import START, approve, deliverable_of, draft_version, make_cohort, pass_check

GOOD = {"clear": 3, "useful": 4}
SECRET = "不该进材料的一句话"


@pytest.fixture
def world(cast):
    return make_world(cast)


def hand_in(world, key, text="写得清楚的要点"):
    return submit(deliverable_of(world.enrollment, key), {"points": text}, by=world.cast.trainee, today=START)


def give_back(world, submission):
    step = SignOffStep.objects.get(submission=submission, state="ready")
    sign_off.decide(step, "returned", content_hash=submission.content_hash, by=world.cast.mentor, today=START, note=SECRET)


def sign(world, submission, scores=GOOD):
    step = SignOffStep.objects.get(submission=submission, state="ready")
    sign_off.decide(step, "approved", content_hash=submission.content_hash, by=world.cast.mentor, today=START, scores=scores)


def bytes_of(world):
    return canonical(review_file(world.review))


def test_the_file_holds_what_counts(cast, world):
    sign(world, hand_in(world, "D1"))
    make_statement(world.review, "独立带了一场分享会", by=cast.mentor)
    record_kpi.record_kpi(world.review, "K1", {"attended": Decimal(45), "target": Decimal(60)}, source="签到表", note="", by=cast.trainee)
    for rater in ask(world, peer=3):
        send(rater)
    close(world)
    file = review_file(world.review)
    assert [(one["key"], one["mean"], [part["level"] for part in one["criteria"]]) for one in file["capability"]["work"]] == [
        ("D1", "3.40", [3, 4])
    ]
    assert [(one["key"], one["value"], one["n"], one["source"]) for one in file["kpis"]] == [("K1", "75.0", 60, "签到表")]
    assert file["statements"] == [{"role": "mentor", "name": cast.mentor.name, "text": "独立带了一场分享会"}]
    assert {cell["unit"] for cell in file["feedback"]["cells"]} == {"self", "superior", "peer", "overall"}
    assert file["facts"]["approved"] == ["D1"]
    assert file["previous"] is None


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(returned=st.integers(1, 3))
def test_any_number_of_returns_before_the_approval_leaves_the_file_byte_equal(cast, returned):
    """Two worlds of the same trainee: approved at once, and approved after so many returns, with drafts and remarks besides."""
    from django.db import transaction

    files = []
    for rounds in (0, returned):
        with transaction.atomic():
            world = make_world(cast)
            for _round in range(rounds):
                give_back(world, hand_in(world, "D1", SECRET))
                save(deliverable_of(world.enrollment, "D1"), {"points": [SECRET]}, 0, by=cast.trainee, today=START)
                comment.say(deliverable_of(world.enrollment, "D1"), SECRET, by=cast.mentor, today=START)
            sign(world, hand_in(world, "D1"))
            files.append(bytes_of(world))
            transaction.set_rollback(True)
    assert files[0] == files[1]
    assert SECRET not in files[1].decode()


def test_what_is_returned_drafted_or_private_changes_nothing(cast, world):
    sign(world, hand_in(world, "D1"))
    before = bytes_of(world)
    save(deliverable_of(world.enrollment, "D20"), {"points": [SECRET]}, 0, by=cast.trainee, today=START)
    TaskWork.objects.filter(enrollment=world.enrollment, task__key="1.2.a").update(note=SECRET)
    comment.say(deliverable_of(world.enrollment, "D1"), SECRET, by=cast.mentor, today=START)
    rater = Rater.objects.get(group="self")
    FeedbackDraft.objects.create(rater=rater, scores={"F01": 1}, texts={"change": SECRET})
    assert bytes_of(world) == before
    give_back(world, hand_in(world, "D20", SECRET))
    assert bytes_of(world) == before


def test_only_the_newest_approved_version_counts(cast, world):
    pass_check(cast, world.enrollment, "C3", "1.4.a")
    plan = hand_in(world, "D5")
    approve(plan, cast.mentor)
    assert review_file(world.review)["capability"]["work"] == []  # the line manager has not signed yet
    approve(plan, cast.line_manager)
    assert [one["mean"] for one in review_file(world.review)["capability"]["work"]] == ["3.00"]
    newer = hand_in(world, "D5", "修订")
    before = bytes_of(world)
    sign(world, newer, {"clear": 4, "useful": 4})
    assert bytes_of(world) == before


def test_a_private_deliverable_never_enters(cast):
    version = draft_version()
    version.deliverable_kinds.filter(key="D1").update(private=True)
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    world = make_world(cast, make_cohort(cast, version=TemplateVersion.objects.get(pk=version.pk)))
    before = bytes_of(world)
    sign(world, hand_in(world, "D1", SECRET))
    after = review_file(world.review)
    assert after["capability"] == json.loads(before)["capability"]
    assert after["facts"]["approved"] == ["D1"]  # that it was done is no secret; what it was scored is


def test_the_summary_enters_as_handed_in_and_the_goals_from_the_agreed_plan(cast, world):
    hand_in(world, "D20", "我的成长")
    file = review_file(world.review)
    assert file["growth"]["summary"] == {"points": "我的成长"}
    assert file["growth"]["goals"] == []


def test_the_hash_names_exactly_this_file(cast, world):
    close(world)
    review = freeze(world)
    assert (review.state, review.file_hash) == ("voting", file_hash(json.loads(json.dumps(review.file))))
    changed = review.file | {"level": "intermediate"}
    assert file_hash(changed) != review.file_hash


# ── Freezing ──


def test_a_file_is_frozen_after_the_close_for_a_named_panel_by_the_director(cast, world):
    with pytest.raises(ValidationError) as refusal:
        hand_to_panel.freeze(world.review, by=cast.director, today=TODAY)
    assert codes(refusal) == "not_closed"
    close(world)
    with pytest.raises(ValidationError) as refusal:
        hand_to_panel.freeze(world.review, by=cast.director, today=TODAY)
    assert codes(refusal) == "no_panel"
    for part in ("manager", "reviewer", "mentor", "trainee", "admin"):
        with pytest.raises(PermissionDenied):
            hand_to_panel.freeze(world.review, by=cast.people[part], today=TODAY)
    assert freeze(world).state == "voting"


def test_what_the_product_knows_is_taken_over(cast, world):
    sign(world, hand_in(world, "D1"))
    close(world)
    freeze(world)
    quality = KpiValue.objects.get(key="K6")
    assert (quality.value, quality.n) == (Decimal(100), 2)


def test_once_frozen_figures_and_statements_stand_until_it_is_taken_back(cast, world):
    close(world)
    freeze(world)
    for again in (
        lambda: make_statement(world.review, "补充", by=cast.mentor),
        lambda: record_kpi.record_kpi(world.review, "K1", {}, source="", note="没有", by=cast.trainee),
    ):
        with pytest.raises(ValidationError) as refusal:
            again()
        assert codes(refusal) == "frozen"
    hand_to_panel.reopen(world.review, by=cast.director)
    make_statement(world.review, "补充", by=cast.mentor)
    assert CertificationReview.objects.get(pk=world.review.pk).state == "gathering"


def test_the_trail_names_the_hash_and_nothing_of_the_content(cast, world):
    close(world)
    review = freeze(world)
    event = AuditEvent.objects.get(action="file_frozen")
    assert [payload.after for payload in event.payloads.all()] == [{"content_hash": review.file_hash}]
