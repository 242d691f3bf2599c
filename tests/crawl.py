"""Walks what one person can reach by links: one page of each kind, so that a new page is met without being named."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

# What in a query makes another page of the same address; anything else is the same page filtered.
TELLING = frozenset({"view", "matter", "element"})
# A link in a drawing has an address of its own kind.
ABSOLUTE = "all => all.filter(a => !a.download).map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
FILES = frozenset({"work_file", "file", "document", "download", "certificate_paper"})


def kind_of(address: str) -> str | None:
    """Which page an address shows, whoever and whatever it is about; None for a file, or for no page of ours."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    # meeting.ics, certifications.csv
    if found.url_name in FILES or found.url_name.endswith("_document") or "." in parts.path:
        return None
    said = [f"{name}={value.partition(':')[0]}" for name, value in parse_qsl(parts.query) if name in TELLING]
    return "~".join([found.view_name.replace(":", "."), *sorted(said)])


def walk(page: Page, site: str, start: list[str], most: int = 60) -> Iterator[tuple[str, str]]:
    """Open page after page, breadth first; gives each one's kind and path while it is open."""
    waiting, met = list(start), set()
    while waiting and len(met) < most:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind is None or kind in met:
            continue
        met.add(kind)
        page.goto(site + path)
        yield kind, path
        links = page.locator("a[href]").evaluate_all(ABSOLUTE)
        ours = [urldefrag(link).url.removeprefix(site) for link in links if link.startswith(f"{site}/")]
        waiting += [path for path in dict.fromkeys(ours) if kind_of(path) not in met]
