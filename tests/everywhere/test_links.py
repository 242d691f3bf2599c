"""No page leads its reader to a page that is not theirs: every link that somebody is shown opens."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client

from config.demo.accounts import PASSWORDS, accounts
from organizations.models import Member
from organizations.tenancy import tenant
from tests.crawl import kind_of
from tests.demo import inside

pytestmark = [pytest.mark.django_db, pytest.mark.proof, pytest.mark.usefixtures("demo_data")]
OF_A_KIND = 2  # pages that are looked at of one kind: whether a link stands there hangs on what the page is about
BESIDES = {"hengyue": [f"{name}@hengyue.example" for name in ("gao.yuan", "feng.xuemei", "pei.zhen", "meng.yuchen")]}


class Links(HTMLParser):
    """The addresses that a page leads to, in their order."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


def dead_links(client: Client, start: str) -> list[str]:
    """Where a link leads to no page, and from where."""
    waiting, seen, kinds, dead = [(start, "")], {start}, Counter(), []
    while waiting:
        path, source = waiting.pop(0)
        kind = kind_of(path)
        if kind is None or kinds[kind] >= OF_A_KIND:
            continue
        kinds[kind] += 1
        answer = client.get(path, follow=True)
        if answer.status_code != 200:
            dead.append(f"{path} is {answer.status_code}, from {source}")
            continue
        if answer.streaming or "html" not in answer["Content-Type"]:
            continue
        for link in Links(answer.text).found:
            address = urldefrag(urljoin(path, link)).url
            if address.startswith(start) and address not in seen:
                seen.add(address)
                waiting.append((address, path))
    return dead


@pytest.mark.parametrize("slug", list(PASSWORDS))
def test_every_link_that_somebody_is_shown_opens(slug):
    emails = [one.email for one in accounts() if one.organization == slug] + BESIDES.get(slug, [])
    found = {}
    for email in dict.fromkeys(emails):
        with inside(slug) as organization:
            user = Member.objects.select_related("user").get(email=email).user
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        with tenant(organization.pk):
            found[email] = dead_links(client, f"/o/{slug}/")
    assert {email: links for email, links in found.items() if links} == {}
