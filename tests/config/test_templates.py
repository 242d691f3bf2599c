"""The strict security policy forbids inline code and style; what a template may hold so that it is never needed."""

import re

import pytest

from config.embedded.places import CHECKOUT

PAGES = sorted(path for path in (CHECKOUT / "templates").rglob("*.html") if not {"emails", "pdf"} & set(path.parts))
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "an inline handler": re.compile(r"\s(on[a-z]+|hx-on[:\w-]*)\s*="),
    "a script in an address": re.compile(r"=\s*[\"']?\s*(javascript|js):", re.IGNORECASE),
    "an expression in a trigger": re.compile(r"hx-trigger=\"[^\"]*\["),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>"),
    "an outside resource": re.compile(r"<(script|link|img|iframe)[^>]*\b(src|href)=\"(https?:)?//"),
    "a comment over several lines, which {# #} shows to the reader": re.compile(r"\{#(?:(?!#\}).)*$", re.MULTILINE),
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(CHECKOUT / "templates")))
def test_a_page_needs_nothing_that_the_security_policy_forbids(path):
    text = path.read_text(encoding="utf-8")
    markup = re.sub(r"\{%.*?%\}", "", re.sub(r"\{% comment.*?%\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL))

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(markup)] == []
