"""The order of people in lists."""

LONGEST = 160


def sort_name(name: str) -> str:
    """Chinese names by their pinyin, others as written, all in small letters: 林予安 becomes "lin yu an".

    One can search by it too: "lin" finds 林予安.
    """
    from pypinyin import lazy_pinyin  # here: its dictionary takes 50 MiB, and only who adds or renames people needs it

    return " ".join(" ".join(lazy_pinyin(name)).lower().split())[:LONGEST]
