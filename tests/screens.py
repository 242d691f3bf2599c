"""`make screens`: every page for every role of the demo, wide and narrow, light and dark, in both languages, into screens/.

The main ones go to docs/screens/ as well, small enough to be kept; `python -m tests.screens main` takes these alone.
Ends with 1 where a page failed or its console complained.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests import chromium, servers

servers.set_environment()

import django  # noqa: E402  the settings read the environment set above
from django.conf import settings  # noqa: E402

# With a pool the template of the database could not be made.
del settings.DATABASES["default"]["OPTIONS"]["pool"]
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from config.demo.accounts import Account, accounts  # noqa: E402
from config.demo.seed import seed  # noqa: E402
from config.embedded.places import CHECKOUT, local_folder  # noqa: E402
from organizations.models import User  # noqa: E402
from tests.crawl import walk  # noqa: E402

FOLDER, KEPT = CHECKOUT / "screens", CHECKOUT / "docs" / "screens"
SIZES = {1440: 900, 375: 812}
THEMES = ("light", "dark")
LANGUAGES = ("zh-hans", "en")
MOST_MINUTES = 40
MOST_BYTES = 3_000_000
GUNICORN = ["-m", "gunicorn", "--workers=2", "--worker-class=gthread", "--threads=2", "--no-control-socket", "--log-level=warning"]
SIGN_IN = settings.AUTHENTICATION_BACKENDS[0]
# Pages that tell another story to each role; any other is taken once in each organization.
OF_EACH_ROLE = {"home.home", "programs.task", "programs.cohort", "programs.sign_offs", "mentorship.meetings", "assessments.review"}
# The main ones: organization, role, page, language, width, theme → name in docs/screens/.
MAIN = {
    ("hengyue", "trainee", "programs.my_program", "zh-hans", 1440, "light"): "my-program",
    ("hengyue", "trainee", "programs.my_program", "zh-hans", 375, "dark"): "my-program-phone-dark",
    ("hengyue", "trainee", "programs.task", "zh-hans", 1440, "light"): "task",
    ("hengyue", "trainee", "mentorship.my_plan", "zh-hans", 1440, "light"): "development-plan",
    ("hengyue", "mentor", "programs.sign_off", "zh-hans", 1440, "light"): "sign-off",
    ("hengyue", "mentor", "programs.sign_off", "en", 1440, "dark"): "sign-off-en-dark",
    ("hengyue", "hr_director", "programs.template~element=task", "zh-hans", 1440, "light"): "template",
    ("hengyue", "hr_director", "programs.cohort", "zh-hans", 1440, "light"): "cohort",
    ("hengyue", "hr_director", "home.home", "zh-hans", 1440, "dark"): "hr-desk-dark",
    ("hengyue", "hr_director", "programs.cohort_board", "zh-hans", 1440, "light"): "board",
    ("hengyue", "hr_director", "projects.project", "zh-hans", 1440, "light"): "project",
    ("hengyue", "reviewer", "assessments.review", "zh-hans", 1440, "light"): "review",
    ("hengyue", "trainee", "mentorship.meetings", "zh-hans", 375, "light"): "mentoring-phone",
    ("nordhamn", "admin", "assessments.reports", "en", 1440, "dark"): "reports-en-dark",
    ("nordhamn", "trainee", "programs.my_program", "en", 1440, "light"): "my-program-en",
    ("nordhamn", "mentor", "programs.sign_offs", "en", 375, "light"): "sign-offs-phone-en",
    ("nordhamn", "hr_director", "programs.cohort", "en", 1440, "light"): "cohort-en",
    ("nordhamn", "admin", "organizations.people", "en", 1440, "light"): "people-en",
    ("stranger", "stranger", "account_login", "zh-hans", 1440, "light"): "sign-in",
}


@dataclass
class Camera:
    """Takes pictures, and remembers what was met and what went wrong."""

    browser: Browser
    site: str
    end: float
    main_only: bool = False
    taken: int = 0
    met: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def visit(self, organization: str, role: str, start: list[str], cookie: str, language_of: "Speaker") -> None:
        """Everything this role reaches, in both languages."""
        context = self.browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", timezone_id="Asia/Shanghai")
        name = settings.SESSION_COOKIE_NAME
        if cookie:
            context.add_cookies([{"name": name, "value": cookie, "url": self.site}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self.faults.append(f"{page.url}: {said.text}") if said.type == "error" else None)
        page.on("response", lambda got: self.faults.append(f"{got.url}: {got.status}") if got.status >= 500 else None)
        wanted: list[tuple[str, str]] = []
        language_of.speak(context, LANGUAGES[0])
        for kind, path in walk(page, self.site, start):
            if kind in OF_EACH_ROLE or (organization, kind) not in self.met:
                self.met.add((organization, kind))
                wanted.append((kind, path))
                self._take(page, (organization, role, kind, LANGUAGES[0]))
        language_of.speak(context, LANGUAGES[1])
        for kind, path in wanted:
            if time.monotonic() > self.end:
                break
            page.goto(self.site + path)
            self._take(page, (organization, role, kind, LANGUAGES[1]))
        context.close()

    def _take(self, page: Page, about: tuple[str, str, str, str]) -> None:
        organization, role, kind, language = about
        folder = FOLDER / organization / role
        folder.mkdir(parents=True, exist_ok=True)
        if time.monotonic() > self.end:
            return
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                name = MAIN.get((*about, width, theme))
                if self.main_only and not name:
                    continue
                page.emulate_media(color_scheme=theme)
                dark = "-dark" if theme == "dark" else ""
                page.screenshot(path=folder / f"{kind}-{language[:2]}-{width}{dark}.png", full_page=True, animations="disabled")
                self.taken += 1
                if name:
                    keep(page.screenshot(animations="disabled"), name)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0 and not self.main_only:
                self.faults.append(f"{organization} {role} {kind} {language}: {wide} px wider than {width}")


@dataclass(frozen=True)
class Speaker:
    """Whose language changes: a person's, or a stranger's browser's."""

    user: int | None

    def speak(self, context, language: str) -> None:
        """From the next page on everything is in this language."""
        if self.user:
            User.objects.filter(pk=self.user).update(language=language)
        else:
            context.set_extra_http_headers({"Accept-Language": language})


def keep(png: bytes, name: str) -> None:
    """Write one of the main ones with 256 colors, chosen so that a rare one (a red date) is not lost: a third of the size."""
    KEPT.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(KEPT / f"{name}.png", optimize=True)


@contextmanager
def serving() -> Iterator[str]:
    """The site, served as in production, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(os.environ.get("SCREENS_PORT", "0"))))
        port = probe.getsockname()[1]
    command = [sys.executable, *GUNICORN, f"--bind=127.0.0.1:{port}", "config.wsgi:application"]
    with open(local_folder("test", "logs") / "screens.log", "w") as out:
        child = subprocess.Popen(command, cwd=CHECKOUT, stdout=out, stderr=out)
    try:
        for _try in range(150):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10).close()
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(30)


def cookie_of(account: Account) -> tuple[str, int]:
    """The session of a signed-in person of the demo, and who they are."""
    client, user = Client(), User.objects.get(email=account.email)
    client.force_login(user, backend=SIGN_IN)
    return client.cookies[settings.SESSION_COOKIE_NAME].value, user.pk


def main() -> int:
    """Make the data, take all pictures, say what was wrong."""
    if not chromium.path():
        print("Chromium is not installed (deploy/libraries.sh browser): no screens were taken")
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    with servers.database():
        print("Making demo data …")
        seed(print)
        signed_in = [(account, *cookie_of(account)) for account in accounts()]
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread
        with serving() as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**chromium.launch_options())
            camera = Camera(browser, site, time.monotonic() + 60 * MOST_MINUTES, main_only="main" in sys.argv[1:])
            camera.visit(
                "stranger", "stranger", ["/accounts/login/", "/accounts/login/number/", "/accounts/password/reset/"], "", Speaker(None)
            )
            roles: dict[tuple[str, str], int] = {}
            for account, cookie, user in signed_in:
                number = roles[account.organization, account.role] = roles.get((account.organization, account.role), 0) + 1
                role = account.role if number == 1 else f"{account.role}-{number}"
                camera.visit(account.organization, role, [f"/o/{account.organization}/", "/accounts/profile/"], cookie, Speaker(user))
                print(f"  {account.organization} {role}: {camera.taken} so far")
            browser.close()
        connections.close_all()
    if time.monotonic() > camera.end:
        camera.faults.append(f"stopped after {MOST_MINUTES} minutes")
    missing = [name for name in MAIN.values() if not (KEPT / f"{name}.png").exists()]
    size = sum(path.stat().st_size for path in KEPT.glob("*.png"))
    if missing or size > MOST_BYTES:
        camera.faults.append(f"docs/screens: {size} bytes, missing: {', '.join(missing) or 'none'}")
    print(f"{camera.taken} screens in screens/, {len(MAIN)} in docs/screens/")
    for fault in dict.fromkeys(camera.faults):
        print(f"  {fault}")
    return 1 if camera.faults else 0


if __name__ == "__main__":
    sys.exit(main())
