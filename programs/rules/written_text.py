"""A template's longer texts: plain paragraphs, and lines that begin with a dash as a list."""

from dataclasses import dataclass

DASH = "- "


@dataclass(frozen=True)
class Block:
    """A paragraph (one line) or a list."""

    is_list: bool
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """The text's paragraphs and lists in order; empty lines separate."""
    found: list[Block] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        if not line.startswith(DASH):
            found.append(Block(False, (line,)))
        elif found and found[-1].is_list:
            found[-1] = Block(True, (*found[-1].lines, line.removeprefix(DASH).strip()))
        else:
            found.append(Block(True, (line.removeprefix(DASH).strip(),)))
    return found
