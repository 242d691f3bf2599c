"""360 feedback: who is asked, by whom; answered once, with or without a sign-in; and no way back from an answer to its rater."""

import re
import threading
from collections import Counter
from random import Random

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test import Client

from assessments.actions import answer_feedback, choose_raters
from assessments.models import FeedbackAnswer, FeedbackDraft, Rater, ResultCell, ResultComment
from assessments.queries.scheme import statements_of
from assessments.rules.feedback_items import asked_of
from assessments.rules.rater_anonymity import Given, kept
from assessments.rules.rates import FEEDBACK_LINK
from notifications.models import Notification
from organizations.models import AuditEvent, Member, User
from organizations.tenancy import tenant
from tests.assessments.test_cycle import codes
from tests.assessments.world import TODAY, ask, close, make_world, send
from tests.cast import make_member
from tests.programs.committed import committed_cast


@pytest.fixture
def world(cast):
    return make_world(cast)


def of(raters, group):
    return [rater for rater in raters if rater.group == group]


def scores_of(rater, score=4):
    return {row.item.key: score for row in asked_of(rater.group, statements_of(rater.review.enrollment.cohort.version_id))}


# ── Who is asked ──


def test_the_trainee_proposes_the_line_manager_approves_and_they_are_asked(cast, world):
    raters = ask(world, peer=3)
    assert Counter(rater.state for rater in raters) == {"asked": 5}
    told = Notification.objects.filter(kind="feedback_asked").values_list("recipient__name", flat=True)
    assert sorted(told) == sorted(["peer 0", "peer 1", "peer 2", cast.line_manager.name])
    assert Notification.objects.filter(kind="raters_proposed", recipient=cast.line_manager).count() == 1


def test_nobody_else_proposes_approves_or_hands_out_links(cast, world):
    for part in ("mentor", "hrbp", "reviewer", "peer", "admin", "line_manager", "trainee"):
        if part != "trainee":
            with pytest.raises(PermissionDenied):
                choose_raters.propose(world.review, cast.sponsor, "peer", by=cast.people[part])
        if part != "line_manager":
            with pytest.raises(PermissionDenied):
                choose_raters.approve(world.review, by=cast.people[part], today=TODAY)
        with pytest.raises(PermissionDenied):
            choose_raters.issue_link(Rater.objects.get(group="self"), by=cast.people[part])


def test_what_makes_no_rater(cast, world):
    tries = [
        (cast.trainee, "peer", {"member": "own_feedback"}),
        (cast.hrbp, "peer", {"member": "already_named"}),
        (cast.sponsor, "superior", {"group": "one_superior"}),
        (cast.sponsor, "self", {"group": "unknown_group"}),
        (cast.sponsor, "friend", {"group": "unknown_group"}),
    ]
    for member, group, expected in tries:
        with pytest.raises(ValidationError) as refusal:
            choose_raters.propose(world.review, member, group, by=cast.trainee)
        assert codes(refusal) == expected


def test_a_group_and_the_whole_list_have_a_limit(cast, world):
    for number in range(4):
        choose_raters.propose(world.review, make_member(f"同事{number}", f"p{number}@hengyue.example"), "peer", by=cast.trainee)
    with pytest.raises(ValidationError) as refusal:
        choose_raters.propose(world.review, cast.sponsor, "peer", by=cast.trainee)
    assert codes(refusal) == {"group": "group_full"}


def test_nobody_is_asked_by_too_many_at_a_time(cast, world, monkeypatch):
    monkeypatch.setattr(choose_raters, "MOST_REQUESTS", 0)
    with pytest.raises(ValidationError) as refusal:
        choose_raters.approve(world.review, by=cast.line_manager, today=TODAY)
    assert refusal.value.code == "asked_too_often"
    assert Rater.objects.filter(state="asked").exclude(group="self").count() == 0


@pytest.mark.parametrize("part", ["trainee", "line_manager", "manager"])
def test_who_is_asked_stays_on_the_list_whatever_came_of_it(cast, world, part):
    """Nobody chooses whose answers count, and a try tells nobody who has answered."""
    asked, declined, answered = of(ask(world, peer=3), "peer")
    answer_feedback.save(asked, {"F01": 2}, {})
    answer_feedback.decline(declined)
    send(answered)
    said = set()
    for rater in (asked, declined, answered):
        with pytest.raises(ValidationError) as refusal:
            choose_raters.remove(rater, by=cast.people[part])
        said.add((refusal.value.code, refusal.value.messages[0]))
    assert {code for code, _words in said} == {"asked"} and len(said) == 1
    proposed = choose_raters.propose(world.review, cast.other_mentor, "peer", by=cast.trainee)
    choose_raters.remove(proposed, by=cast.people[part])
    assert not Rater.objects.filter(pk=proposed.pk).exists()


# ── Answering ──


def test_answers_are_kept_resumed_and_sent_once(cast, world):
    rater = of(ask(world, peer=3), "peer")[0]
    answer_feedback.save(rater, {"F01": 3}, {"continue": "先问清楚"})
    answer_feedback.save(rater, {"F01": 2, "F04": 0}, {})
    assert FeedbackDraft.objects.get().scores == {"F01": 2, "F04": 0}
    with pytest.raises(ValidationError) as refusal:
        answer_feedback.send(rater, {"F01": 2}, {}, TODAY)
    assert set(codes(refusal).values()) == {"incomplete"}
    send(rater)
    for again in (lambda: send(rater), lambda: answer_feedback.save(rater, {}, {}), lambda: answer_feedback.decline(rater)):
        with pytest.raises(ValidationError) as refusal:
            again()
        assert refusal.value.code == "answered"


def test_who_declines_leaves_nothing_behind(cast, world):
    rater = of(ask(world, peer=3), "peer")[0]
    answer_feedback.save(rater, {"F01": 3}, {})
    answer_feedback.decline(rater)
    assert (Rater.objects.get(pk=rater.pk).state, FeedbackDraft.objects.exists()) == ("declined", False)


def test_what_is_no_answer_is_refused(cast, world):
    rater = of(ask(world, peer=3), "peer")[0]
    for scores, texts in (({"F01": 6}, {}), ({"F02": 3}, {}), ({"F01": True}, {}), ({}, {"other": "x"})):
        with pytest.raises(ValidationError) as refusal:
            answer_feedback.save(rater, scores, texts)
        assert refusal.value.code == "unknown_answer"


def test_the_trainees_own_task_ends_with_their_view_and_an_approved_list(cast, world):
    ask(world, peer=3)
    with pytest.raises(ValidationError):
        answer_feedback.decline(Rater.objects.get(group="self"))
    send(Rater.objects.get(group="self"))
    assert Rater.objects.get(group="self").state == "answered"


def test_after_the_close_no_answer_is_taken(cast, world):
    rater = of(ask(world, peer=3), "peer")[0]
    close(world)
    with pytest.raises(ValidationError) as refusal:
        send(rater)
    assert refusal.value.code == "closed"


# ── By link, without a sign-in ──


def without_email(rater):
    """Somebody whose link can only be handed over."""
    User.objects.filter(memberships=rater.member_id).update(email=None)
    Member.objects.filter(pk=rater.member_id).update(email="")
    return rater


@pytest.fixture
def linked(cast, world):
    """A rater, and the browser of somebody who was handed their link."""
    rater = without_email(of(ask(world, peer=3), "peer")[0])
    token = choose_raters.issue_link(rater, by=cast.manager)
    return rater, token, Client()


def opened(cast, browser, token):
    return browser.get(cast.url(f"feedback/{token}/"))


def filled(rater, **other):
    return {f"item_{key}": "4" for key in scores_of(rater)} | {"step": "send"} | other


def test_a_link_leads_to_a_clean_address_in_the_readers_language_and_is_answered_once(cast, linked):
    rater, token, browser = linked
    answer = opened(cast, browser, token)
    assert (answer.status_code, answer["Location"], answer["Referrer-Policy"]) == (302, cast.url("feedback/"), "no-referrer")
    cookie = browser.cookies["feedback-hengyue"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, cast.url("feedback/"), "Lax")
    for language, words in (("zh-hans", "没有机会观察"), ("en", "no chance to observe")):
        page = browser.get(cast.url("feedback/"), headers={"accept-language": language})
        assert words in page.text and page["Cache-Control"].startswith("max-age=0")
    saved = browser.post(cast.url("feedback/"), {"item_F01": "2", "text_continue": "保持", "step": "save"})
    assert saved.status_code == 302
    page = browser.get(cast.url("feedback/")).text
    assert re.search(r'name="item_F01" value="2"[^>]*checked', page) and "保持" in page
    short = browser.post(cast.url("feedback/"), {"item_F01": "2", "step": "send"})
    assert short.status_code == 422
    assert browser.post(cast.url("feedback/"), filled(rater)).status_code == 200
    assert browser.get(cast.url("feedback/")).status_code == 410
    assert opened(cast, browser, token).status_code == 410
    assert Rater.objects.get(pk=rater.pk).state == "answered"


def test_opening_a_link_changes_nothing(cast, linked):
    _rater, token, browser = linked
    before = list(Rater.objects.order_by("pk").values())
    opened(cast, browser, token)
    assert list(Rater.objects.order_by("pk").values()) == before
    assert FeedbackDraft.objects.count() == 0


def test_only_the_hash_of_a_token_is_kept_anywhere(cast, linked):
    _rater, token, _browser = linked
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" t WHERE t::text LIKE %s', [f"%{token}%"])
            assert cursor.fetchone() == (0,), model


def test_a_newer_link_voids_the_older_and_what_was_typed_by_it(cast, linked):
    rater, token, browser = linked
    opened(cast, browser, token)
    browser.post(cast.url("feedback/"), {"item_F01": "2", "step": "save"})
    newer = choose_raters.issue_link(rater, by=cast.manager)
    assert (opened(cast, Client(), token).status_code, browser.get(cast.url("feedback/")).status_code) == (410, 410)
    other = Client()
    opened(cast, other, newer)
    assert "checked" not in other.get(cast.url("feedback/")).text
    assert FeedbackDraft.objects.count() == 0


def test_a_forged_link_tells_nothing(cast, client):
    for token in ("forged", "0" * 32, "%00", "x" * 300):
        assert client.get(cast.url(f"feedback/{token}/")).status_code == 410


def test_a_link_of_another_organization_is_none_here(cast, linked):
    _rater, token, browser = linked
    assert browser.get(f"/o/rival/feedback/{token}/").status_code == 410
    assert browser.get(f"/o/nowhere/feedback/{token}/").status_code == 404


def test_links_are_not_guessed(cast, client):
    statuses = [client.get(cast.url(f"feedback/{number}/")).status_code for number in range(FEEDBACK_LINK.most + 1)]
    assert (statuses[0], statuses[-1]) == (410, 429)


def test_by_link_one_declines(cast, linked):
    rater, token, browser = linked
    opened(cast, browser, token)
    assert browser.post(cast.url("feedback/"), {"step": "decline"}).status_code == 200
    assert Rater.objects.get(pk=rater.pk).state == "declined"


# ── Signed in ──


def test_signed_in_one_answers_ones_own_request_and_no_other(cast, world, client):
    rater = next(rater for rater in ask(world, peer=3) if rater.member_id == cast.line_manager.pk)
    cast.sign_in(client, cast.line_manager)
    assert world.enrollment.trainee.name in client.get(cast.url("my/feedback/")).text
    page = client.get(cast.url(f"my/feedback/{rater.pk}/"))
    assert (page.status_code, "你以上级身份实名反馈" in page.text) == (200, True)
    assert client.post(cast.url(f"my/feedback/{rater.pk}/"), filled(rater)).status_code == 200
    other = next(one for one in Rater.objects.all() if one.group == "peer")
    assert client.get(cast.url(f"my/feedback/{other.pk}/")).status_code == 404


# ── No way back ──


def test_the_close_destroys_the_link_between_rater_and_answer(cast, world):
    raters = ask(world, peer=4, business=3, learner=2)
    for number, rater in enumerate(raters):
        if rater.group != "self":
            send(rater, score=1 + number % 5, keep=f"第{number}句话")
    close(world)
    assert FeedbackDraft.objects.count() == 0
    assert {rater.state for rater in Rater.objects.exclude(group="self")} == {"answered"}
    assert set(Rater.objects.values_list("token_hash", flat=True)) == {""}
    columns = {field.name for field in FeedbackAnswer._meta.fields}
    assert columns == {"id", "organization", "review", "unit", "scores"}
    # Of the two learners nothing is kept at all: put together with nobody, they are withheld.
    assert Counter(FeedbackAnswer.objects.values_list("unit", flat=True)) == {"peer": 4, "business": 3, "superior": 1}
    # Only the superior's words: no group has five.
    assert [comment.unit for comment in ResultComment.objects.all()] == ["superior"]


def test_the_order_of_answers_tells_nothing():
    """Joined with raters by order, no better than chance: over several closes the first answer is not the first rater's."""
    given = [Given("peer", {"F11": number}, {}) for number in (1, 2, 3, 4, 5)]
    orders = [tuple(scores["F11"] for _unit, scores in kept(given, Random(seed))) for seed in range(200)]
    same = sum(order[place] == place + 1 for order in orders for place in range(5)) / 1000
    assert 0.12 < same < 0.28


def test_no_answer_leaves_a_trace_in_audit_or_notices(cast, world):
    raters = ask(world, peer=3)
    before = (AuditEvent.objects.count(), Notification.objects.count())
    for rater in raters[1:]:
        send(rater, keep="独一无二的一句")
    assert (AuditEvent.objects.count(), Notification.objects.count()) == before


def test_nothing_stands_before_the_close_and_nothing_changes_after(cast, world):
    raters = ask(world, peer=4)
    for rater in raters[:-1]:
        send(rater)
    assert ResultCell.objects.count() == 0
    close(world)
    before = list(ResultCell.objects.order_by("pk").values())
    with pytest.raises(ValidationError):
        send(raters[-1])
    assert list(ResultCell.objects.order_by("pk").values()) == before


@pytest.mark.django_db(transaction=True)
def test_two_tabs_send_at_once_and_one_answer_stands():
    cast = committed_cast()
    with tenant(cast.organization.pk):
        world = make_world(cast)
        rater = without_email(of(ask(world, peer=3), "peer")[0])
        token = choose_raters.issue_link(rater, by=cast.manager)
        body = filled(rater)
    browsers, statuses, ready = [Client(), Client()], [], threading.Barrier(2)
    for browser in browsers:
        opened(cast, browser, token)

    def press(browser):
        ready.wait()
        try:
            statuses.append(browser.post(cast.url("feedback/"), body).status_code)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press, args=[browser]) for browser in browsers]
    for one in presses:
        one.start()
    for one in presses:
        one.join(30)
    assert sorted(statuses) in ([200, 409], [200, 410])
    with tenant(cast.organization.pk):
        assert (FeedbackDraft.objects.filter(is_sent=True).count(), Rater.objects.get(pk=rater.pk).state) == (1, "answered")
