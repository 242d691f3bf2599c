"""What a page says, by eye or by ear, and which words of it are of the other language."""

import re
from html.parser import HTMLParser

SAID_BY = {"title", "aria-label", "placeholder", "alt", "label"}
# Codes and marks, not words; `data-url` and the like never reach a reader.
MARKS = {"data-key", "data-score", "data-weight", "data-level", "data-advice", "data-theme", "data-density", "data-min", "data-max"}
EMPTY = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "use",
    "path",
    "rect",
    "circle",
}
LANGUAGES = {"English", "简体中文"}  # each calls itself by its own name
CHINESE = re.compile(r"[㐀-鿿豈-﫿，。：；？！、《》“”]")
WORD = re.compile(r"[A-Za-z]{2,}")
# What Chinese has taken over, or what is the same in every language.
SAME = re.compile(
    r"[\w.+-]+@[\w.-]+\w"  # an e-mail address
    r"|\b(Asia|Europe|America|Africa|Australia|Pacific)/\w+|\{\w+\}"  # a time zone, a place that a script fills in
    r"|https?://\S+|…/o/[\w/]+"  # an address
    r"|[^\s/]+\.(pdf|pptx|docx|xlsx|csv|png|mp4)\b|\b[0-9a-f]{64}\b"  # a file by name, whatever its script; a content hash
    r"|\b(IDP|HRBP|HR|LMS|ABCD|SAMR|ADDIE|OKR|KPI|ROI|BCR|BP|min|TTT|IT|AI|VR|TOTP|MB|KB|UTC|CNY|QR|UTF|API|CSV|XLSX|PDF|NPS)\b"
    r"|\b(PDF|PPTX|DOCX|XLSX|CSV|MP4|PNG|JPG|SVG)\b"
    r"|\b[A-Z0-9]{4,5}(-[A-Z0-9]{4,5})+\b"  # a code to type
    r"|\bTRL-\d{4}-\d{6}\b"  # the number of a certificate
    r"|\b(D|C|G|F|K|T|SF|PH|PL|CI|WF)\d+\b|\b\d(\.\d)?\.[A-Za-z]\b",
    re.ASCII,
)


class Said(HTMLParser):
    """Texts and spoken attributes of a page. Left out: scripts, keys, marks of people, what says to be in another language."""

    def __init__(self, language: str):
        super().__init__()
        self.language = language
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _is_left_out(self) -> bool:
        return any(left_out for _tag, left_out in self._open)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = {name: value or "" for name, value in attrs}
        other = tag != "html" and given.get("lang", self.language) != self.language
        left_out = tag in {"script", "style", "kbd"} or "avatar" in given.get("class", "").split() or other
        if not (left_out or self._is_left_out):
            self.texts += [value for name, value in given.items() if self._is_said(tag, name, given)]
        if tag not in EMPTY:
            self._open.append((tag, left_out))

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in [opened for opened, _left_out in self._open]:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_left_out:
            self.texts.append(" ".join(data.split()))

    @staticmethod
    def _is_said(tag: str, name: str, given: dict) -> bool:
        if name == "value":
            return tag == "input" and given.get("type") in {"submit", "button", "reset"}
        return name in SAID_BY or (name.startswith("data-") and name not in MARKS and " " in given[name])


def said(page: str, language: str) -> list[str]:
    """Every text of the page; `language` as in its lang attribute."""
    reader = Said(language)
    reader.feed(page)
    return reader.texts


def english_in(texts: list[str]) -> list[str]:
    """Texts that hold English words on a Chinese page."""
    return sorted({text for text in texts if text not in LANGUAGES and WORD.search(SAME.sub(" ", text))})


def chinese_in(texts: list[str], own: list[str]) -> list[str]:
    """Texts that hold Chinese on an English page; `own` is what people of the tenant wrote themselves."""
    found = set()
    for text in set(texts) - LANGUAGES:
        rest = text
        for value in own:
            rest = rest.replace(value, "")
        if CHINESE.search(rest.replace("“", "").replace("”", "")):
            found.add(text)
    return sorted(found)
