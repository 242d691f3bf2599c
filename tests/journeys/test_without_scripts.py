"""No JavaScript at all: a draft, handing in, and the mentor's decision, by plain forms."""

import pytest
from django.utils import timezone

from programs.models import Draft, SignOff
from tests.factories.programs import deliverable_of, enroll_cast

pytestmark = pytest.mark.browser


def test_a_draft_a_version_and_a_decision_without_scripts(story):
    with story.here:
        deliverable = deliverable_of(enroll_cast(story.cast, today=timezone.localdate()), "D1")
    trainee = story.visit("trainee", "en", java_script_enabled=False)
    page = trainee.go(story.url("my/program/"))
    page.locator(f'main .list a[href*="/tasks/{deliverable.work_id}/"]').first.click()
    trainee.press("Submit")
    assert page.locator("#id_points_error").is_visible()
    page.locator("[name=points]").fill("Every store counts its losses in another way.")
    trainee.press("Save draft")
    assert trainee.sees("Your draft is saved.")
    assert page.locator("[name=points]").input_value() == "Every store counts its losses in another way."
    with story.here:
        assert Draft.objects.count() == 1
    trainee.press("Submit")
    assert trainee.sees("Version 1 is handed in.")

    mentor = story.visit("mentor", "en", java_script_enabled=False)
    page = mentor.go(story.url("signoffs/"))
    with page.expect_navigation():
        page.locator(".queue li", has_text="D1").locator("a").first.click()
    mentor.press("Approve")
    assert page.locator('[data-score][aria-invalid="true"]').count() == 2
    for level in page.locator('[data-score] label:has(input[value="4"])').all():
        level.click()
    page.locator('[name="decision-note"]').fill("Short and true.")
    mentor.press("Approve")
    assert mentor.sees("You approved D1 by 林予安.")
    with story.here:
        assert list(SignOff.objects.values_list("by__name", "outcome", "note")) == [("周敏", "approved", "Short and true.")]
