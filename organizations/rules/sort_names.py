"""The order of people in lists."""

from pypinyin import lazy_pinyin

LONGEST = 160


def sort_name(name: str) -> str:
    """Chinese names by their pinyin, others as written, all in small letters: 林予安 becomes "lin yu an".

    One can search by it too: "lin" finds 林予安.
    """
    return " ".join(" ".join(lazy_pinyin(name)).lower().split())[:LONGEST]
