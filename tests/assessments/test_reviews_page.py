"""The list of reviews: by role what it holds, with how many answers and votes, and at one price."""

import pytest
from django.utils import timezone

from assessments.actions import respond
from assessments.models import AppealPanelist, ReviewCycle
from assessments.queries.reviews_page import reviews_page
from organizations.models import Member
from organizations.tenancy import tenant
from programs.models import SupportRole
from tests.assessments.world import TODAY, ask, cast_vote, close, decided_world, freeze, make_world, send
from tests.factories.decisions import make_review
from tests.queries import query_count


def lists(member: Member) -> dict[str, list[int]]:
    """How long each list of the page is, without the empty ones."""
    shown = reviews_page(member)
    found = {name: len(getattr(shown, name)) for name in ("own", "panel", "supported", "cycles")}
    return {name: count for name, count in found.items() if count}


def test_each_sees_what_they_have_a_part_in(cast):
    world = make_world(cast)
    close(world)
    freeze(world)
    found = {part: lists(cast.people[part]) for part in ("trainee", "mentor", "line_manager", "manager", "director", "reviewer", "peer")}
    assert found == {
        "trainee": {"own": 1},
        "mentor": {"supported": 1},
        "line_manager": {"supported": 1},
        "manager": {"cycles": 1},
        "director": {"cycles": 1},
        "reviewer": {"panel": 1},
        "peer": {},
    }


def test_what_may_be_done_stands_on_top(cast):
    make_world(cast)
    shown = {part: reviews_page(cast.people[part]) for part in ("trainee", "manager", "director", "peer")}
    assert {part: (page.requests, page.may_open, page.sees_pool, page.is_empty) for part, page in shown.items()} == {
        "trainee": (1, False, False, False),  # their own view
        "manager": (0, True, False, False),
        "director": (0, True, True, False),
        "peer": (0, False, False, True),
    }


def test_a_review_on_the_panel_of_which_one_is_not_yet_is_not_listed(cast):
    world = make_world(cast)
    close(world)
    assert lists(cast.reviewer) == {}
    freeze(world)
    assert lists(cast.reviewer) == {"panel": 1}


def test_while_it_gathers_it_says_how_many_have_answered(cast, client):
    world = make_world(cast)
    raters = ask(world, peer=3)
    for rater in raters[:2]:
        send(rater)
    [row] = reviews_page(cast.trainee).own
    assert (row.state, row.asked, row.answered) == ("gathering", len(raters), 2)
    page = cast.sign_in(client, cast.trainee).get(cast.url("reviews/")).text
    assert (f"{len(raters)} 人中 2 人已反馈 · 截至" in page, f'href="{world.url()}"' in page) == (True, True)


def test_while_the_panel_votes_it_says_how_many_have_and_whose_vote_is_wanted(cast, client):
    world = make_world(cast)
    close(world)
    freeze(world)
    cast_vote(world, cast.reviewer)
    rows = {part: reviews_page(cast.people[part]).panel[0] for part in ("reviewer", "second_reviewer")}
    assert {part: (row.voted, row.panel_size, row.has_voted) for part, row in rows.items()} == {
        "reviewer": (1, 2, True),
        "second_reviewer": (1, 2, False),
    }
    said = {part: cast.sign_in(client, cast.people[part]).get(cast.url("reviews/")).text for part in rows}
    assert {part: "你的一票" in text for part, text in said.items()} == {"reviewer": False, "second_reviewer": True}
    assert "2 人中 1 人已投" in said["reviewer"]


def test_a_cycle_says_how_many_are_decided(cast):
    world = decided_world(cast)
    [row] = reviews_page(cast.manager).cycles
    assert (row.pk, row.number, row.total, row.decided, row.state) == (world.cycle.pk, 1, 1, 1, "finished")


def test_who_is_asked_about_an_appeal_finds_the_review(cast):
    world = decided_world(cast)
    appeal = respond.appeal(world.review.decisions.get(), "基线数据取错了时间", by=cast.trainee, today=TODAY)
    assert lists(cast.third_reviewer) == {}
    AppealPanelist.objects.create(appeal=appeal, member=cast.third_reviewer)
    assert lists(cast.third_reviewer) == {"panel": 1}


def test_supporting_in_two_roles_or_no_more_lists_a_review_once_or_not(cast):
    world = make_world(cast)
    SupportRole.objects.create(enrollment=world.enrollment, member=cast.mentor, role="business_head")
    assert lists(cast.mentor) == {"supported": 1}
    SupportRole.objects.filter(member=cast.mentor).update(ended_at=timezone.now())
    assert lists(cast.mentor) == {}


def test_the_newest_cycle_stands_first(cast):
    world = make_world(cast)
    before = make_review(cast, world.enrollment, number=2)
    ReviewCycle.objects.filter(pk=before.cycle_id).update(opens_on="2026-01-05", closes_on="2026-02-05")
    assert [row.number for row in reviews_page(cast.trainee).own] == [1, 2]
    ReviewCycle.objects.filter(pk=before.cycle_id).update(opens_on="2026-12-07", closes_on="2026-12-21")
    assert [row.number for row in reviews_page(cast.trainee).own] == [2, 1]


def test_another_tenant_sees_nothing_of_it(cast, client):
    make_world(cast)
    cast.sign_in(client, cast.outsider)
    assert client.get(cast.url("reviews/")).status_code == 404
    with tenant(cast.rival.pk):
        assert lists(cast.outsider) == {}


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize(("part", "statements"), [("trainee", 8), ("line_manager", 9), ("manager", 9), ("director", 9)])
def test_the_page_asks_a_fixed_number(cast, client, part, statements, more):
    world = make_world(cast)
    for number in range(more):
        make_review(cast, world.enrollment, number=2 + number)
    cast.sign_in(client, cast.people[part]).get(cast.url("reviews/"))
    with query_count() as seen:
        client.get(cast.url("reviews/"))
    assert len(seen) == statements, "\n".join(seen)
