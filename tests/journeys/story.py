"""What a story needs: people at browsers of their own, and those who may not do what they do."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from organizations.models import Member
from organizations.tenancy import tenant
from tests.cast import Cast

PATIENCE_MS = 20_000
# How a refused form (422), a clash (409), an expired sign-in (401) and what one may not see look to the console.
REFUSALS = tuple(f"the server responded with a status of {status}" for status in (401, 403, 404, 409, 422))


@dataclass
class Visitor:
    """One person at a browser, reading in one language."""

    member: Member | None
    page: Page
    address: str
    language: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """Keep what the console says against the page: script errors, and what the policy of content stops."""
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(refusal in message.text for refusal in REFUSALS):
            self.faults.append(f"{message.location['url']}: {message.text}")

    def words(self, msgid: str, context: str = "", **values: object) -> str:
        """A text as this person reads it."""
        with translation.override(self.language):
            text = pgettext(context, msgid) if context else gettext(msgid)
        return text % values if values else text

    def go(self, path: str, status: int = 200) -> Page:
        """Open a page of the site."""
        answer = self.page.goto(self.address + path)
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def button(self, msgid: str, context: str = "", **values: object) -> Locator:
        """The button that says so."""
        return self.page.get_by_role("button", name=self.words(msgid, context, **values)).first

    def press(self, msgid: str, context: str = "", **values: object) -> None:
        """Press a button and wait for the page that follows."""
        with self.page.expect_navigation():
            self.button(msgid, context, **values).click()

    def follow(self, msgid: str, context: str = "", **values: object) -> None:
        """Follow a link and wait for its page."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=self.words(msgid, context, **values)).first.click()

    def keys(self, *keys: str) -> None:
        """Press keys, once the page listens to the keyboard."""
        self.page.wait_for_load_state("networkidle")
        for key in keys:
            self.page.keyboard.press(key)

    def key(self, *keys: str) -> None:
        """Press keys of which the last leads to another page."""
        self.page.wait_for_load_state("networkidle")
        with self.page.expect_navigation():
            self.keys(*keys)

    def sees(self, text: str) -> bool:
        """Whether the page, or the message over it, says this."""
        return text in self.page.locator("body").inner_text()

    def type_in(self, typed: Mapping[str, list[str]]) -> None:
        """Fill in the form of a deliverable, as_typed() says what; tables get the rows they need."""
        for name, values in typed.items():
            if name.endswith("-rows"):
                table = name.removesuffix("-rows")
                count = self.page.locator(f'table[data-rows="{table}"] tbody tr')
                while count.count() < int(values[-1]):
                    self.page.locator(f'[data-rows-add="{table}"]').click()
        fields = self.page.locator("form[data-draft-url] [name]")
        kinds = fields.evaluate_all("all => Object.fromEntries(all.map(one => [one.name, one.type]))")
        for name, values in typed.items():
            if not name.endswith("-rows") and kinds[name] != "hidden":
                self._fill(self.page.locator(f'form[data-draft-url] [name="{name}"]'), kinds[name], values)

    def _fill(self, found: Locator, kind: str, values: list[str]) -> None:
        if kind in ("radio", "checkbox"):
            for value in values:
                found.and_(self.page.locator(f'[value="{value}"]')).check()
        elif kind.startswith("select"):
            found.select_option(values)
        else:
            found.fill(values[-1])


class Story:
    """A company, its people at their browsers, and strangers who try the same."""

    def __init__(self, cast: Cast, address: str, browser: Browser):
        self.cast, self.address, self.browser = cast, address, browser
        self.visitors: list[Visitor] = []

    @property
    def here(self) -> AbstractContextManager:
        """The company's tenant, for what the story reads and writes itself. Never around a step in the browser."""
        return tenant(self.cast.organization.pk)

    def url(self, path: str = "") -> str:
        """A page inside the company."""
        return self.cast.url(path)

    def person(self, part: str) -> Member:
        """Someone of the cast by their part; `outsider` is of the rival."""
        return self.cast.outsider if part == "outsider" else self.cast.people[part]

    def visit(self, part: str = "", language: str = "zh-hans", **options) -> Visitor:
        """A browser of one's own, signed in as someone of the cast; signed out where no part is named."""
        member = self.person(part) if part else None
        context = self.browser.new_context(
            locale="zh-CN" if language == "zh-hans" else "en-GB", timezone_id="Asia/Shanghai", reduced_motion="reduce", **options
        )
        if member:
            member.user.language = language
            member.user.save()
            self.sign_in(context, member)
        self.visitors.append(Visitor(member, context.new_page(), self.address, language))
        return self.visitors[-1]

    def sign_in(self, context: BrowserContext, member: Member) -> None:
        """Put the cookie of a signed-in person into a browser; the form has a story of its own."""
        client = self.cast.sign_in(Client(), member)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])

    def refused(self, path: str, data: Mapping | None = None, **expected: int) -> None:
        """Whoever is named gets this status for the page, or for sending `data` to it; the rival's director always 404."""
        expected |= {"outsider": 404}
        found = {}
        for part in expected:
            client = self.cast.sign_in(Client(), self.person(part))
            answer = client.get(path) if data is None else client.post(path, data)
            found[part] = answer.status_code
        assert found == expected, f"{path}: {found}"

    def end(self) -> None:
        """Close all browsers; a word on a console is a fault of the story."""
        for visitor in self.visitors:
            visitor.page.context.close()
        faults = [fault for visitor in self.visitors for fault in visitor.faults]
        assert not faults, "\n".join(faults)
