"""In which language somebody without a sign-in reads what an organization sent them."""

import pytest
from django.conf import settings
from django.test import Client

from organizations.models import Organization


@pytest.mark.parametrize("page", ["feedback/", "answer/nowhere/"])
@pytest.mark.parametrize(
    ("wants", "cookie", "read"),
    [("sv-SE,sv;q=0.9", "", "en"), ("", "", "en"), ("zh-CN", "", "zh-Hans"), ("de,zh;q=0.5", "", "zh-Hans"), ("sv", "zh-hans", "zh-Hans")],
)
def test_the_organizations_own_where_the_browser_wants_neither(cast, page, wants, cookie, read):
    Organization.objects.filter(pk=cast.organization.pk).update(language="en")
    browser = Client(headers={"accept-language": wants})
    if cookie:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert f'<html lang="{read}"' in browser.get(cast.url(page)).text
