"""Every form that people meet: pages walked as each role by the links on them, and the forms read out of their HTML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

MOST_PAGES = 180  # of one role


@dataclass
class MetForm:
    """One form as a page filled it in: whose page, where it goes, and its values by the name of their field."""

    role: str
    page: str
    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # those one may type anything into

    @property
    def view(self) -> str:
        """The name of the address it goes to."""
        return name_of(self.action)

    @property
    def kind(self) -> tuple:
        """The same for two forms that ask for the same at the same address."""
        return self.method, self.view, frozenset({*self.values, *self.files})

    def __str__(self) -> str:
        return f"{self.role} {self.method} {self.action} (on {self.page})"


class _Page(HTMLParser):
    """Collects links and forms; a field outside its form names it by id."""

    def __init__(self):
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict] = []
        self.fields: list[tuple[str, str, str | None, str]] = []  # id of the form, name, value, type
        self.within = ""
        self.select = self.text = None

    def handle_starttag(self, tag, attributes):
        facts = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in facts and "download" not in facts:
            self.links.append(facts["href"])
        elif tag == "form":
            self.within = facts.get("id") or f"#{len(self.forms)}"
            self.forms.append(facts | {"id": self.within})
        elif tag == "option" and self.select is not None:
            self.select[2].append((facts.get("value", ""), "selected" in facts))
        elif tag == "select":
            self.select = (facts.get("form", self.within), facts.get("name", ""), [])
        elif tag == "textarea":
            self.text = [facts.get("form", self.within), facts.get("name", ""), ""]
        elif tag in ("input", "button"):
            self._typed(facts, "button" if tag == "button" else facts.get("type", "text"))

    def _typed(self, facts: dict[str, str], kind: str) -> None:
        if facts.get("name"):
            # A box that is not ticked sends nothing, but its name is a field.
            value = None if kind in ("radio", "checkbox") and "checked" not in facts else facts.get("value", "")
            self.fields.append((facts.get("form", self.within), facts["name"], value, kind))
        if "formaction" in facts:
            self.forms.append({"id": "", "method": "post", "action": facts["formaction"], "like": facts.get("form", self.within)})

    def handle_data(self, data):
        if self.text is not None:
            self.text[2] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.within = ""
        elif tag == "select" and self.select is not None:
            form, name, options = self.select
            chosen = next((value for value, is_chosen in options if is_chosen), options[-1][0] if options else "")
            self.fields.append((form, name, chosen, "select"))
            self.select = None
        elif tag == "textarea" and self.text is not None:
            self.fields.append((*self.text, "text"))
            self.text = None


def name_of(path: str) -> str:
    """The name of an address; empty for one that is not ours."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def _page_kind(path: str) -> tuple:
    query = dict(parse_qsl(urlsplit(path).query))
    told = tuple(sorted(f"{name}={value.partition(':')[0]}" for name, value in query.items() if name in ("view", "element", "step")))
    return name_of(path), told or tuple(sorted(query))


def read_forms(html: str, role: str, page: str) -> tuple[list[str], list[MetForm]]:
    """Links and forms of one page."""
    found = _Page()
    found.feed(html)
    forms = []
    for facts in found.forms:
        form = MetForm(role, page, urljoin(page, facts.get("action") or page), facts.get("method", "get").lower())
        for owner, name, value, kind in found.fields:
            if owner == facts.get("like", facts["id"]) and name and name != "csrfmiddlewaretoken":
                if kind == "file":
                    form.files.append(name)
                    continue
                form.values.setdefault(name, []).extend([] if value is None else [value])
                form.texts += [name] if kind in ("text", "search") else []
        forms.append(form)
    return [urldefrag(urljoin(page, link)).url for link in found.links], forms


def meet(client: Client, role: str, start: list[str], many: Mapping[str, int], look=lambda path, answer: None) -> Iterator[MetForm]:
    """Open page after page as whoever the client is signed in as; the forms there. `look(path, answer)` is shown each answer.

    One page of each kind, or as many as `many` says by its name: those differ by what they are about.
    """
    waiting, seen, opened = list(dict.fromkeys(start)), set(), {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        kind = _page_kind(path)
        if path in seen or not kind[0] or opened.get(kind, 0) >= many.get(kind[0], 1):
            continue
        seen.add(path)
        opened[kind] = opened.get(kind, 0) + 1
        answer = client.get(path)
        look(path, answer)
        if answer.status_code == 302:
            waiting.insert(0, urljoin(path, answer["Location"]))
            continue
        if answer.streaming:
            answer.getvalue()  # a file is closed where it has been read
            continue
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        links, forms = read_forms(answer.content.decode(), role, path)
        yield from forms
        waiting += [link for link in links if link.startswith("/") and not link.startswith("/static/")]
