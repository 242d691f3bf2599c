"""The decision is written by people after all votes; the trainee answers it, once appeals, and others look at it again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.utils import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.actions import hand_to_panel, hear_appeal, respond
from assessments.actions.decide import decide
from assessments.actions.remind import sweep
from assessments.models import Acknowledgement, AppealAnswer, AppealPanelist, CertificationReview, Decision, PanelVote
from assessments.queries.successors import successors
from assessments.vocabulary import Dimension
from notifications.models import Notification
from organizations import clock
from programs.models import Enrollment, PhaseProgress, TaskWork
from tests.assessments.test_cycle import codes
from tests.assessments.world import LEVELS, TODAY, cast_vote, close, decided_world, freeze, make_world, voted_world
from tests.factories.programs import builtin_version, make_cohort

WHY = "整体达到，数据有来源。"
PLAN = [("独立完成一份二级评估报告", date(2026, 12, 31))]
FOURS = {"5.1": 4, "5.2": 4, "5.3": 3}


def make(world, outcome="not_yet", by=None, **other):
    given = {"scores": LEVELS, "reasons": WHY, "plan": PLAN if outcome == "not_yet" else []} | other
    return decide(world.review, outcome, by=by or world.cast.reviewer, today=TODAY, **given)


def certifiable(world):
    """All that the rules of both levels ask in the small program is there, in a file that is frozen anew."""
    facts = world.review.file["facts"] | {
        "phases_done": ["PH1", "PH2"],
        "checks_passed": ["C3"],
        "capability": "3.40",
        "projects_closed": 1,
    }
    review = world.review
    CertificationReview.objects.filter(pk=review.pk).update(file=review.file | {"facts": facts})
    return world


# ── Deciding ──


def test_nobody_decides_before_all_have_voted(cast):
    world = make_world(cast)
    close(world)
    freeze(world)
    cast_vote(world, cast.reviewer)
    with pytest.raises(ValidationError) as refusal:
        make(world)
    assert codes(refusal) == "not_voted"


def test_only_chair_and_director_decide(cast):
    world = voted_world(cast)
    for part in ("second_reviewer", "mentor", "line_manager", "trainee", "manager", "admin", "third_reviewer"):
        with pytest.raises(PermissionDenied):
            make(world, by=cast.people[part])
    make(world, by=cast.director)


def test_a_decision_is_written_once_told_and_never_changed(cast):
    world = voted_world(cast)
    decision = make(world)
    assert (decision.outcome, decision.plan, decision.file_hash) == (
        "not_yet",
        [{"what": PLAN[0][0], "due_on": "2026-12-31"}],
        world.review.file_hash,
    )
    told = set(Notification.objects.filter(kind="decision_made").values_list("recipient__name", flat=True))
    assert told == {cast.trainee.name, cast.mentor.name, cast.line_manager.name}
    with pytest.raises(ValidationError) as refusal:
        make(world, by=cast.director)
    assert codes(refusal) == "decided"
    for rows in (Decision.objects.all(), PanelVote.objects.all()):
        with pytest.raises(Error), transaction.atomic():
            rows.update(reasons="改写" if rows.model is Decision else {})


def test_a_level_is_given_only_where_its_rule_is_met(cast):
    world = voted_world(cast)
    with pytest.raises(ValidationError) as refusal:
        make(world, "certified", level="junior")
    assert codes(refusal) == {"level": "needs_open"}
    assert "第一、第二阶段完成" in refusal.value.message_dict["level"][0]
    certifiable(world)
    decision = make(world, "certified", level="junior")
    assert (decision.level, Decision.objects.count()) == ("junior", 1)


def test_a_progress_review_only_while_no_level_can_be_met_or_none_is_applied_for(cast):
    world = certifiable(voted_world(cast))
    make(world, "progress")  # nothing was applied for: no summary was handed in
    other = CertificationReview.objects.get()
    assert other.decisions.get().level == ""


def test_progress_is_refused_where_a_level_was_applied_for_and_can_be_met(cast):
    world = certifiable(voted_world(cast))
    review = world.review
    growth = review.file["growth"] | {"summary": {"level_applied": "junior"}}
    CertificationReview.objects.filter(pk=review.pk).update(file=review.file | {"growth": growth})
    with pytest.raises(ValidationError) as refusal:
        make(world, "progress")
    assert codes(refusal) == {"outcome": "progress_not_open"}


def test_a_certification_decision_completes_the_program_once_its_phases_are_done(cast):
    world = voted_world(cast)
    make(world)
    assert Enrollment.objects.get(pk=world.enrollment.pk).state == "active"
    PhaseProgress.objects.filter(phase__schedule="sequential").update(state="complete")
    sweep(TODAY + timedelta(days=200))
    assert Enrollment.objects.get(pk=world.enrollment.pk).state == "completed"


def test_a_progress_review_completes_nothing(cast):
    world = voted_world(cast)
    PhaseProgress.objects.filter(phase__schedule="sequential").update(state="complete")
    make(world, "progress")
    sweep(TODAY + timedelta(days=200))
    assert Enrollment.objects.get(pk=world.enrollment.pk).state == "active"


def test_the_plan_is_reminded_of(cast):
    decided_world(cast)
    for day in (date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 30), date(2026, 12, 31)):
        sweep(day)
    told = Notification.objects.filter(kind="plan_due")
    assert [(one.recipient, one.words["note"]) for one in told] == [(cast.trainee, PLAN[0][0])] * 2


def test_a_vote_that_is_late_is_reminded_of(cast):
    world = make_world(cast)
    close(world)
    freeze(world)
    cast_vote(world, cast.reviewer)
    with clock.at(world.review.frozen_at + timedelta(days=4)):
        sweep(TODAY)
        sweep(TODAY)
    assert [one.recipient for one in Notification.objects.filter(kind="vote_due")] == [cast.second_reviewer]


# ── The trainee answers ──


def newest(world):
    return Decision.objects.order_by("-at", "-pk").first()


def test_the_trainee_takes_note_once(cast):
    world = decided_world(cast)
    respond.acknowledge(newest(world), consents=None, by=cast.trainee, today=TODAY)
    with pytest.raises(ValidationError) as refusal:
        respond.acknowledge(newest(world), consents=None, by=cast.trainee, today=TODAY)
    assert codes(refusal) == "acknowledged"
    for part in ("mentor", "director", "reviewer"):
        with pytest.raises(PermissionDenied):
            respond.acknowledge(newest(world), consents=True, by=cast.people[part], today=TODAY)


@pytest.mark.parametrize(("consents", "people"), [(True, 1), (False, 0)])
def test_only_a_yes_enters_the_successor_pool(cast, client, consents, people):
    world = certifiable(voted_world(cast))
    make(world, "certified", level="intermediate", track="head", scores=FOURS)
    assert sum(len(found) for _track, found in successors()) == 0
    with pytest.raises(ValidationError) as refusal:
        respond.acknowledge(newest(world), consents=None, by=cast.trainee, today=TODAY)
    assert codes(refusal) == {"consents": "consent_missing"}
    respond.acknowledge(newest(world), consents=consents, by=cast.trainee, today=TODAY)
    assert [len(found) for _track, found in successors()] == [0, people]
    cast.sign_in(client, cast.director)
    assert (cast.trainee.name in client.get(cast.url("reviews/successors/")).text) == consents


def test_without_a_proposal_no_consent_is_kept(cast):
    world = decided_world(cast)
    respond.acknowledge(newest(world), consents=True, by=cast.trainee, today=TODAY)
    assert Acknowledgement.objects.get().consents is None


# ── Appeal ──


def appealed(cast, **more):
    world = decided_world(cast, **more)
    return world, respond.appeal(newest(world), "基线数据取错了时间", by=cast.trainee, today=TODAY)


def test_an_appeal_is_made_once_in_time_by_the_trainee(cast):
    world = decided_world(cast)
    for part in ("mentor", "line_manager", "director"):
        with pytest.raises(PermissionDenied):
            respond.appeal(newest(world), "x", by=cast.people[part], today=TODAY)
    with pytest.raises(ValidationError) as refusal:
        respond.appeal(newest(world), "x", by=cast.trainee, today=date(2099, 1, 1))
    assert codes(refusal) == "too_late"
    with pytest.raises(ValidationError) as refusal:
        respond.appeal(newest(world), "  ", by=cast.trainee, today=TODAY)
    assert codes(refusal) == {"reasons": "empty"}
    respond.appeal(newest(world), "基线数据取错了时间", by=cast.trainee, today=TODAY)
    with pytest.raises(ValidationError) as refusal:
        respond.appeal(newest(world), "再来一次", by=cast.trainee, today=TODAY)
    assert codes(refusal) == "appealed"
    assert Notification.objects.filter(kind="appealed", recipient=cast.director).count() == 1


def test_those_who_voted_do_not_hear_it(cast):
    _world, appeal = appealed(cast)
    for member in (cast.reviewer, cast.second_reviewer):
        with pytest.raises(ValidationError) as refusal:
            hear_appeal.name_appeal_panel(appeal, [member], by=cast.director)
        assert codes(refusal) == {"members": "takes_part"}
    for part in ("manager", "reviewer", "admin", "trainee"):
        with pytest.raises(PermissionDenied):
            hear_appeal.name_appeal_panel(appeal, [cast.third_reviewer], by=cast.people[part])


def test_it_is_answered_after_the_reviewers_have_spoken(cast):
    _world, appeal = appealed(cast)
    with pytest.raises(ValidationError) as refusal:
        hear_appeal.answer(appeal, False, "维持", None, by=cast.director, today=TODAY)
    assert codes(refusal) == "nobody_heard"
    hear_appeal.name_appeal_panel(appeal, [cast.third_reviewer], by=cast.director)
    with pytest.raises(ValidationError) as refusal:
        hear_appeal.answer(appeal, False, "维持", None, by=cast.director, today=TODAY)
    assert codes(refusal) == "nobody_heard"
    with pytest.raises(PermissionDenied):
        hear_appeal.advise(appeal, True, "有理", by=cast.reviewer)
    hear_appeal.advise(appeal, False, "基线写在立项书里，没有取错", by=cast.third_reviewer)
    with pytest.raises(ValidationError) as refusal:
        hear_appeal.advise(appeal, True, "改主意", by=cast.third_reviewer)
    assert codes(refusal) == "advised"
    answer = hear_appeal.answer(appeal, False, "基线无误，维持原结论", None, by=cast.director, today=TODAY)
    assert (answer.decision, Decision.objects.count()) == (None, 1)
    assert Notification.objects.filter(kind="appeal_answered", recipient=cast.trainee).count() == 1
    with pytest.raises(ValidationError) as refusal:
        hear_appeal.answer(appeal, True, "再答", None, by=cast.director, today=TODAY)
    assert codes(refusal) == "answered"


def test_granted_a_second_decision_stands_in_place_of_the_first(cast):
    world, appeal = appealed(cast)
    hear_appeal.name_appeal_panel(appeal, [cast.third_reviewer], by=cast.director)
    hear_appeal.advise(appeal, True, "确实取错", by=cast.third_reviewer)
    with pytest.raises(ValidationError):
        hear_appeal.answer(appeal, True, "支持", None, by=cast.director, today=TODAY)
    proposal = {"outcome": "progress", "scores": LEVELS, "reasons": "按更正的数据", "level": "", "track": "", "plan": []}
    answer = hear_appeal.answer(appeal, True, "支持", proposal, by=cast.director, today=TODAY)
    assert [(one.outcome, one.after_appeal) for one in Decision.objects.order_by("pk")] == [("not_yet", False), ("progress", True)]
    assert answer.decision == newest(world)
    with pytest.raises(ValidationError) as refusal:
        respond.acknowledge(Decision.objects.order_by("pk").first(), consents=None, by=cast.trainee, today=TODAY)
    assert codes(refusal) == "replaced"
    respond.acknowledge(newest(world), consents=None, by=cast.trainee, today=TODAY)


# ── Whatever is tried in whatever order ──


@pytest.fixture
def closed(cast):
    """A cycle that is closed for answers; each example begins from it."""
    world = make_world(cast)
    close(world)
    return world


MOVES = ["vote_one", "vote_two", "freeze", "reopen", "decide", "take_note", "appeal", "ask", "advise", "answer"]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moves=st.lists(st.sampled_from(MOVES), min_size=8, max_size=24))
def test_no_order_of_acts_breaks_the_rules(closed, moves):
    """Random acts on one review: refused or not, what must hold holds after each."""
    with transaction.atomic():
        before: list = []
        for move in moves:
            try:
                with transaction.atomic():
                    _act(closed, move)
            except (ValidationError, PermissionDenied, AttributeError):
                pass
            history = [list(model.objects.order_by("pk").values()) for model in (PanelVote, Decision, Acknowledgement, AppealAnswer)]
            for was, now in zip(before, history, strict=False):
                assert now[: len(was)] == was  # nothing of the history ever changes
            before = history
            review = closed.review
            votes, decisions = PanelVote.objects.count(), Decision.objects.filter(after_appeal=False).count()
            assert (review.state in ("voted", "decided")) == (votes == 2)
            assert (review.state == "decided") == (decisions == 1)
            assert set(PanelVote.objects.values_list("file_hash", flat=True)) <= {review.file_hash}
            assert AppealAnswer.objects.count() <= AppealPanelist.objects.exclude(granted=None).count()
        transaction.set_rollback(True)


def _act(world, move):
    cast, appeal = world.cast, getattr(Decision.objects.order_by("pk").first(), "appeals", None)
    appeal = appeal.first() if appeal is not None else None
    if move == "freeze":
        freeze(world)
    elif move == "reopen":
        hand_to_panel.reopen(world.review, by=cast.director)
    elif move in ("vote_one", "vote_two"):
        cast_vote(world, world.panel[move == "vote_two"])
    elif move == "decide":
        make(world)
    elif move == "take_note":
        respond.acknowledge(newest(world), consents=None, by=cast.trainee, today=TODAY)
    elif move == "appeal":
        respond.appeal(newest(world), "请复核", by=cast.trainee, today=TODAY)
    elif move == "ask":
        hear_appeal.name_appeal_panel(appeal, [cast.third_reviewer], by=cast.director)
    elif move == "advise":
        hear_appeal.advise(appeal, False, "无误", by=cast.third_reviewer)
    else:
        hear_appeal.answer(appeal, False, "维持", None, by=cast.director, today=TODAY)


# ── Pages ──


def decision_body(**other):
    return {f"score_{key}": "3" for key in Dimension.values} | {"outcome": "progress", "reasons": WHY} | other


def test_the_chair_decides_on_the_page_and_the_trainee_answers_there(cast, client):
    world = voted_world(cast)
    cast.sign_in(client, cast.reviewer)
    page = client.get(world.url("decision/"))
    assert (page.status_code, "数字供参考，由人做决定" in page.text) == (200, True)
    refused = client.post(world.url("decision/"), decision_body(outcome="not_yet", what_1="补一份报告"))
    assert (refused.status_code, "补一份报告" in refused.text) == (422, True)
    refused = client.post(world.url("decision/"), decision_body(outcome="certified", level="junior"))
    assert (refused.status_code, "这个级别还差" in refused.text) == (422, True)
    assert client.post(world.url("decision/"), decision_body()).status_code == 302
    cast.sign_in(client, cast.trainee)
    assert WHY in client.get(world.url("decision/")).text
    assert client.post(world.url("decision/acknowledge/")).status_code == 302
    assert client.post(world.url("decision/appeal/"), {"reasons": ""}).status_code == 422
    assert client.post(world.url("decision/appeal/"), {"reasons": "请看基线"}).status_code == 302
    cast.sign_in(client, cast.director)
    assert client.post(world.url("appeal/"), {"step": "panel", "members": [cast.third_reviewer.pk]}).status_code == 302
    cast.sign_in(client, cast.third_reviewer)
    assert "请看基线" in client.get(world.url("appeal/")).text
    assert client.post(world.url("appeal/"), {"step": "advice", "granted": "yes", "reasons": "有理"}).status_code == 302
    assert client.post(world.url("appeal/"), {"step": "answer", "granted": "yes", "reasons": "x"}).status_code == 403
    cast.sign_in(client, cast.director)
    sent = {"step": "answer", "granted": "yes", "reasons": "支持"}
    assert client.post(world.url("appeal/"), sent).status_code == 422
    again = {f"decision-{name}": value for name, value in decision_body(reasons="复核后").items()}
    assert client.post(world.url("appeal/"), sent | again).status_code == 302
    cast.sign_in(client, cast.trainee)
    page = client.get(world.url("decision/")).text
    assert "复核后" in page and WHY in page


def test_who_reads_a_decision(cast, client):
    world = decided_world(cast)
    answers = {}
    for part in (
        "trainee",
        "mentor",
        "line_manager",
        "director",
        "manager",
        "reviewer",
        "business_head",
        "third_reviewer",
        "hrbp",
        "admin",
    ):
        cast.sign_in(client, cast.people[part])
        answers[part] = client.get(world.url("decision/")).status_code
    readers = dict.fromkeys(("trainee", "mentor", "line_manager", "director", "manager", "reviewer"), 200)
    assert answers == readers | {"business_head": 403, "third_reviewer": 404, "hrbp": 404, "admin": 404}


def test_the_decisions_task_ends_when_the_trainee_has_read_it(cast):
    world = make_world(cast, make_cohort(cast, version=builtin_version(cast)))
    TaskWork.objects.filter(task__key="5.4.a").update(state="open")
    close(world)
    freeze(world)
    for member in world.panel:
        cast_vote(world, member)
    make(world)
    respond.acknowledge(newest(world), consents=None, by=cast.trainee, today=TODAY)
    assert TaskWork.objects.get(task__key="5.4.a").state == "approved"
    assert TaskWork.objects.get(task__key="5.1.a").state == "approved"
