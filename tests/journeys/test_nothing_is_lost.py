"""Two windows, a sign-in that has expired, a server that is gone: what one typed is still there, and is kept in the end."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from programs.models import Draft
from tests.cast import PASSWORD
from tests.factories.programs import deliverable_of, enroll_cast
from tests.organizations.passwords import give_password

pytestmark = pytest.mark.browser


@pytest.fixture
def task(story) -> str:
    """Where the trainee writes the first deliverable of a small program."""
    with story.here:
        give_password(story.cast.trainee)
        deliverable = deliverable_of(enroll_cast(story.cast, today=timezone.localdate()), "D1")
    return story.url(f"tasks/{deliverable.work_id}/")


def is_kept(page) -> None:
    page.locator('[data-draft-state][data-state="saved"]').wait_for()


def kept(story) -> str:
    with story.here:
        return Draft.objects.get().data["points"][-1]


def test_two_windows_are_shown_side_by_side_and_nothing_is_overwritten(story, task):
    trainee = story.visit("trainee", "en")
    first, second = trainee.go(task), trainee.page.context.new_page()
    trainee.watch(second)
    second.goto(story.address + task)
    first.locator("[name=points]").fill("Written at the desk")
    is_kept(first)
    second.locator("[name=points]").fill("Written at the station")
    clash = second.locator("[data-draft-conflict]")
    clash.get_by_text("This draft was changed in another window").wait_for()
    assert (clash.locator("del").all_inner_texts(), clash.locator("ins").all_inner_texts()) == (["desk"], ["station"])
    assert second.locator("[name=points]").input_value() == "Written at the station"
    assert kept(story) == "Written at the desk"
    clash.get_by_role("button", name="Keep what I have here").click()
    is_kept(second)
    assert kept(story) == "Written at the station"
    # The other window learns it as soon as it goes on, by its button as well as by itself.
    first.locator("[name=points]").fill("Written at the desk, later")
    first.get_by_role("button", name="Save draft").click()
    first.get_by_role("heading", name="Two windows wrote the same draft").wait_for()
    first.get_by_role("button", name="Keep what I have here").click()
    first.locator("[name=points]").wait_for()
    assert (first.locator("[name=points]").input_value(), kept(story)) == ("Written at the desk, later",) * 2


def test_an_expired_sign_in_keeps_what_is_typed_until_one_is_back(story, task):
    trainee = story.visit("trainee", "en")
    page = trainee.go(task)
    Session.objects.all().delete()
    page.locator("[name=points]").fill("Typed after the night")
    page.get_by_text("You are signed out. What you wrote stays here.").wait_for()
    assert page.locator("[name=points]").input_value() == "Typed after the night"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    other = opened.value
    trainee.watch(other)
    other.locator("[name=login]").fill("trainee@hengyue.example")
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("form").get_by_role("button", name="Sign in").click()
    other.wait_for_url("**/o/hengyue/**")
    other.close()
    page.bring_to_front()
    is_kept(page)
    assert kept(story) == "Typed after the night"
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Version 1 is handed in.").wait_for()


def test_a_dead_server_keeps_what_is_typed_until_it_answers(story, task):
    trainee = story.visit("trainee")
    page = trainee.go(task)
    page.route("**/draft/", lambda route: route.abort())
    page.locator("[name=points]").fill("在电梯里写的")
    page.get_by_text(trainee.words("Not saved yet: no connection. What you wrote stays here; we keep trying.")).wait_for()
    assert page.locator("[name=points]").input_value() == "在电梯里写的"
    page.unroute("**/draft/")
    is_kept(page)
    assert kept(story) == "在电梯里写的"
    trainee.faults = [fault for fault in trainee.faults if "net::ERR_FAILED" not in fault]
