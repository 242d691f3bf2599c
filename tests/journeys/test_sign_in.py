"""Someone without e-mail: the first sign-in by number and code, a password of their own, another language, and back again."""

import pytest

from organizations.actions import issue_sign_in_code
from organizations.models import Member
from organizations.rules.sign_in_codes import shown
from tests.cast import make_organization

pytestmark = pytest.mark.browser
NEW = "four quiet herons wading"


def test_in_by_number_and_code_then_by_number_and_password(story):
    with story.here:
        worker = Member.objects.create(name="罗小梅", sort_name="luo xiao mei", employee_number="A-1007", roles=["member"])
        code = issue_sign_in_code.issue(worker, by=story.cast.admin)
    make_organization("elsewhere", "另一家")
    visitor = story.visit()
    page = visitor.go("/")
    page.wait_for_url("**/accounts/login/**")
    visitor.follow("Sign in with your employee number")

    # The code is of one organization; the same words for every reason.
    try_number(visitor, "elsewhere", shown(code))
    refused = visitor.words(
        "Organization, number and password or code do not go together. Codes expire after seven days; ask for a new one."
    )
    assert visitor.sees(refused)
    assert page.locator("[name=number]").input_value() == "A-1007"
    try_number(visitor, "hengyue", shown(code))
    page.locator("[name=password1]").fill("short")
    page.locator("[name=password2]").fill("short")
    visitor.press("Save and go on")
    assert page.locator("#id_password1_error, #id_password2_error").first.is_visible()
    page.locator("[name=password1]").fill(NEW)
    page.locator("[name=password2]").fill(NEW)
    visitor.press("Save and go on")
    assert page.url.endswith(story.url())

    with page.expect_navigation():
        page.locator(".top").get_by_role("button", name="English").click()
    visitor.language = "en"
    assert (page.url, page.locator("html").get_attribute("lang")) == (story.address + story.url(), "en")
    page.locator("details.me summary").click()
    visitor.press("Sign out")
    visitor.go(f"/accounts/login/number/?organization={story.cast.organization.slug}")
    try_number(visitor, "hengyue", shown(code))
    assert visitor.sees(
        visitor.words("Organization, number and password or code do not go together. Codes expire after seven days; ask for a new one.")
    )
    try_number(visitor, "hengyue", NEW)
    assert page.url.endswith(story.url())
    assert page.locator("html").get_attribute("lang") == "en"


def try_number(visitor, organization: str, secret: str) -> None:
    visitor.page.locator("[name=organization]").fill(organization)
    visitor.page.locator("[name=number]").fill("A-1007")
    visitor.page.locator("[name=secret]").fill(secret)
    visitor.press("Sign in")
