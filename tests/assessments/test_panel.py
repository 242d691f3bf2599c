"""The panel votes alone, once, on exactly what it read; votes open together; and only then is decided."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.test import Client

from assessments.actions import hand_to_panel
from assessments.actions.make_statement import make_statement
from assessments.models import Panelist, PanelVote
from assessments.vocabulary import Dimension
from notifications.models import Notification
from organizations.tenancy import tenant
from programs.actions.change_relations import change_relation
from tests.assessments.test_cycle import codes
from tests.assessments.world import LEVELS, REASONS, TODAY, cast_vote, close, freeze, make_world, voted_world
from tests.programs.committed import committed_cast
from tests.queries import query_count


@pytest.fixture
def world(cast):
    world = make_world(cast)
    close(world)
    return world


@pytest.fixture
def frozen(world):
    freeze(world)
    return world


def name(world, *members, chair=None, level="junior", by=None):
    hand_to_panel.name_panel(world.review, list(members), chair or (members[0] if members else None), level, by=by or world.cast.director)


# ── Who is on it ──


def test_a_panel_is_two_reviewers_or_more_with_a_chair_among_them(cast, world):
    tries = [
        ([cast.reviewer], cast.reviewer, {"members": "too_few"}),
        ([cast.reviewer, cast.reviewer], cast.reviewer, {"members": "too_few"}),
        ([cast.reviewer, cast.peer], cast.reviewer, {"members": "no_reviewer"}),
        ([cast.reviewer, cast.second_reviewer], cast.third_reviewer, {"chair": "chair_outside"}),
        ([cast.reviewer, cast.second_reviewer], None, {"chair": "chair_outside"}),
    ]
    for members, chair, expected in tries:
        with pytest.raises(ValidationError) as refusal:
            hand_to_panel.name_panel(world.review, members, chair, "junior", by=cast.director)
        assert codes(refusal) == expected
    assert Panelist.objects.count() == 0


def test_mentor_and_line_manager_cannot_vote_even_as_reviewers(cast, world):
    for role in ("mentor", "line_manager"):
        change_relation(world.enrollment, role, [cast.second_reviewer], by=cast.manager, today=TODAY)
        with pytest.raises(ValidationError) as refusal:
            name(world, cast.reviewer, cast.second_reviewer)
        assert codes(refusal) == {"members": "takes_part"}
        change_relation(world.enrollment, role, [cast.other_mentor], by=cast.manager, today=TODAY)


def test_only_the_director_names_it(cast, world):
    for part in ("manager", "reviewer", "trainee", "mentor", "admin"):
        with pytest.raises(PermissionDenied):
            name(world, cast.reviewer, cast.second_reviewer, by=cast.people[part])


def test_with_the_first_vote_the_panel_stands(cast, frozen):
    cast_vote(frozen, cast.reviewer)
    for again in (
        lambda: name(frozen, cast.reviewer, cast.third_reviewer),
        lambda: hand_to_panel.freeze(frozen.review, by=cast.director, today=TODAY),
        lambda: hand_to_panel.reopen(frozen.review, by=cast.director),
    ):
        with pytest.raises(ValidationError) as refusal:
            again()
        assert codes(refusal) == "begun"


# ── Voting ──


def test_votes_open_when_all_are_in(cast, frozen):
    cast_vote(frozen, cast.reviewer, outcome="not_yet")
    assert frozen.review.state == "voting"
    cast_vote(frozen, cast.second_reviewer)
    assert frozen.review.state == "voted"
    told = set(Notification.objects.filter(kind="votes_opened").values_list("recipient__name", flat=True))
    assert told == {cast.reviewer.name, cast.director.name}


def test_nobody_else_votes(cast, frozen):
    for part in ("third_reviewer", "director", "mentor", "line_manager", "trainee", "manager", "admin"):
        with pytest.raises(PermissionDenied):
            cast_vote(frozen, cast.people[part])


def test_who_becomes_the_mentor_steps_back(cast, frozen):
    change_relation(frozen.enrollment, "mentor", [cast.second_reviewer], by=cast.manager, today=TODAY)
    with pytest.raises(PermissionDenied):
        cast_vote(frozen, cast.second_reviewer)


def test_a_vote_has_a_level_and_reasons_for_each_dimension_and_is_cast_once(cast, frozen):
    with pytest.raises(ValidationError) as refusal:
        cast_vote(frozen, cast.reviewer, scores=LEVELS | {"5.2": 5}, reasons=REASONS | {"5.3": " "}, outcome="maybe", track="king")
    expected = {"score_5.2": "score_missing", "reason_5.3": "reason_missing", "outcome": "outcome_missing", "track": "unknown_track"}
    assert codes(refusal) == expected
    cast_vote(frozen, cast.reviewer)
    with pytest.raises(ValidationError) as refusal:
        cast_vote(frozen, cast.reviewer)
    assert codes(refusal) == "voted"


def test_a_vote_on_a_file_that_changed_since_is_refused(cast, frozen):
    read = frozen.review.file_hash
    hand_to_panel.reopen(frozen.review, by=cast.director)
    make_statement(frozen.review, "更正：带了两场", by=cast.mentor)
    freeze(frozen)
    assert frozen.review.file_hash != read
    with pytest.raises(ValidationError) as refusal:
        cast_vote(frozen, cast.reviewer, file_hash=read)
    assert codes(refusal) == "other_file"
    assert PanelVote.objects.count() == 0


def body(world, **other):
    filled = {f"score_{key}": "3" for key in Dimension.values} | {f"reason_{key}": "有据" for key in Dimension.values}
    return filled | {"outcome": "progress", "file_hash": world.review.file_hash} | other


@pytest.mark.django_db(transaction=True)
def test_two_voters_at_once_and_both_votes_count():
    cast = committed_cast()
    with tenant(cast.organization.pk):
        world = make_world(cast)
        close(world)
        freeze(world)
        url, sent = world.url(), body(world)
        browsers = [cast.sign_in(Client(), member) for member in world.panel]
    statuses, ready = [], threading.Barrier(2)

    def press(browser):
        ready.wait()
        try:
            statuses.append(browser.post(url, sent).status_code)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press, args=[browser]) for browser in browsers]
    for one in presses:
        one.start()
    for one in presses:
        one.join(30)
    assert statuses == [302, 302]
    with tenant(cast.organization.pk):
        assert (PanelVote.objects.count(), world.review.state) == (2, "voted")
        assert Notification.objects.filter(kind="votes_opened", recipient=cast.director).count() == 1


# ── The page ──


def test_the_page_has_the_file_and_the_vote_and_hides_others_votes(cast, client, world):
    make_statement(world.review, "带过两场分享会", by=cast.mentor)
    freeze(world)
    cast_vote(world, cast.reviewer, reasons=dict.fromkeys(Dimension.values, "只有我知道的理由"))
    cast.sign_in(client, cast.second_reviewer)
    page = client.get(world.url()).text
    assert ("带过两场分享会" in page, "只有我知道的理由" in page, 'id="vote"' in page) == (True, False, True)
    cast.sign_in(client, cast.director)
    assert "只有我知道的理由" not in client.get(world.url()).text
    cast_vote(world, cast.second_reviewer)
    for member in (cast.second_reviewer, cast.director):
        cast.sign_in(client, member)
        assert "只有我知道的理由" in client.get(world.url()).text
    for part in ("trainee", "mentor", "line_manager", "manager"):
        cast.sign_in(client, cast.people[part])
        assert "只有我知道的理由" not in client.get(world.url()).text


def test_a_refused_vote_keeps_what_was_typed(cast, client, frozen):
    cast.sign_in(client, cast.reviewer)
    answer = client.post(frozen.url(), body(frozen, **{"score_5.1": "", "reason_5.2": "长长的理由"}))
    assert (answer.status_code, "长长的理由" in answer.text) == (422, True)
    stale = client.post(frozen.url(), body(frozen, file_hash="0" * 64, **{"reason_5.2": "长长的理由"}))
    assert (stale.status_code, "长长的理由" in stale.text, "材料有变动" in stale.text) == (422, True, True)
    assert PanelVote.objects.count() == 0


def test_the_director_names_and_hands_over_on_the_page(cast, client, world):
    cast.sign_in(client, cast.director)
    assert client.get(world.url("panel/")).status_code == 200
    answer = client.post(
        world.url("panel/"),
        {"level": "junior", "members": [cast.reviewer.pk, cast.second_reviewer.pk], "chair": cast.reviewer.pk},
    )
    assert answer.status_code == 302
    assert client.post(world.url("freeze/")).status_code == 302
    assert world.review.state == "voting"


def test_the_page_asks_the_same_few_questions_for_two_votes_and_three(cast, client):
    world = voted_world(cast, peer=3)
    cast.sign_in(client, cast.director)
    client.get(world.url())
    with query_count() as two:
        client.get(world.url())
    Panelist.objects.create(review=world.review, member=cast.third_reviewer)
    with query_count() as three:
        client.get(world.url())
    assert (len(two), len(three)) == (len(two), len(two))
    assert len(two) <= 32


def test_statements_are_read_by_panel_and_director_before_the_decision(cast, client, world):
    make_statement(world.review, "只给评审组看", by=cast.mentor)
    for part, seen in (("director", True), ("reviewer", False), ("trainee", False), ("manager", False), ("line_manager", False)):
        cast.sign_in(client, cast.people[part])
        page = client.get(world.url())
        assert ("只给评审组看" in page.text) == seen, part
