"""What the tests of design read off a version, and what a form of the builder sends."""

from html.parser import HTMLParser

from programs.models import TemplateVersion
from programs.queries.version_content import load_content
from programs.rules.version_content import Content, Part
from tests.standing import draft, published

__all__ = ["content_of", "draft", "part_of", "published", "sent_by"]


def content_of(version: TemplateVersion) -> Content:
    """What the version says now."""
    return load_content([version.pk])[version.pk]


def part_of(version: TemplateVersion, kind: str, key: str) -> Part:
    """One part as it is now."""
    return content_of(version).find(kind, key)


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside = self.area = self.select = None
        self.hidden_template = 0
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.inside = given.get("class") == "editor-form"
        if tag == "template":
            self.hidden_template += 1
        if not self.inside or self.hidden_template:
            return
        name = given.get("name")
        ticked = given.get("type") in ("checkbox", "radio")
        if tag == "input" and name and (not ticked or "checked" in given):
            self.found.setdefault(name, []).append(given.get("value", "on" if ticked else ""))
        elif tag == "textarea":
            self.area = name
            self.found.setdefault(name, []).append("")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.found.setdefault(self.select, []).append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None
        if tag == "template":
            self.hidden_template -= 1
        if tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.found[self.area][-1] += data

    def handle_entityref(self, name):
        raise AssertionError(name)


def sent_by(response) -> dict[str, list[str]]:
    """What the browser would send if one pressed Save on this page."""
    reader = _Fields()
    reader.feed(response.content.decode())
    # A browser leaves out the line break with which a text begins in the markup.
    return {name: [value.removeprefix("\n").replace("\r\n", "\n") for value in values] for name, values in reader.found.items()}
