"""People as one pastes them: a column of a spreadsheet, the line "To" of a letter, numbers one below the other."""

import re

MOST = 1000
LONGEST = 254
SEPARATORS = re.compile(r"[\n\r,;，；、]+")
IN_BRACKETS = re.compile(r"[<＜]([^<>＜＞\s]+@[^<>＜＞\s]+)[>＞]")


def read(text: str) -> list[tuple[str, ...]]:
    """Each person pasted, as the words by which they may be known, likeliest first; nobody twice.

    A line "HY-00123<tab>林予安" is one person known by either; "Lin <lin@example.com>" is known by the address.
    """
    found: dict[tuple[str, ...], None] = {}
    for part in SEPARATORS.split(text):
        words = [*IN_BRACKETS.findall(part), *IN_BRACKETS.sub("\t", part).split("\t")]
        known_by = tuple(dict.fromkeys(" ".join(word.split())[:LONGEST] for word in words if word.strip()))
        if known_by:
            found[known_by] = None
    return list(found)


def said(known_by: tuple[str, ...]) -> str:
    """One pasted person as they were written."""
    return " ".join(known_by)
