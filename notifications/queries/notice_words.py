"""A notice in words, in the language and by the clock in force."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import select_template

from organizations.localized import read

# The only part that may have several lines: what a person wrote.
FREE_TEXT = "note"


@dataclass(frozen=True)
class NoticeWords:
    """One line that says what happened, and what to know about it."""

    title: str
    body: str


def notice_words(kind: str, words: dict[str, Any]) -> NoticeWords:
    """The words of templates/notices/<kind>.txt: the first line is the title. Plain text: whoever shows it escapes it."""
    template = select_template([f"notices/{kind}.txt", "notices/other.txt"])
    title, _end, body = template.render({name: _read(name, value) for name, value in words.items()}).strip().partition("\n")
    return NoticeWords(" ".join(title.split()), body.strip())


def _read(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        value = read(value)
    if not isinstance(value, str):
        return value
    if name.endswith("_on"):
        return date.fromisoformat(value)
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    return value if name == FREE_TEXT else " ".join(value.split())
