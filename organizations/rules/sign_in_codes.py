"""One-time codes for people without e-mail: how they look, how long they live."""

import unicodedata
from datetime import timedelta

# Without 0 O 1 I L: a code is read aloud, or from a slip of paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8  # 31^8, 39 bits; ASVS 6.5.4 asks for 20
LIFETIME = timedelta(days=7)
MOST_ATTEMPTS = 5


def normalized(typed: str) -> str:
    """What was typed, as the code is kept: wide letters narrow, capitals, no spaces or hyphens."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(character for character in plain if not character.isspace() and character not in "-–—")


def looks_like_a_code(typed: str) -> bool:
    """Whether a wrong secret was meant as a code. A mistyped password uses up no attempt of a code."""
    code = normalized(typed)
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def shown(code: str) -> str:
    """The code in two halves, as one reads it out: ABCD-EFGH."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
