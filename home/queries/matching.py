"""How what is typed into the search becomes a condition: names in either script, localized texts, the nearest name."""

import json
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from django.db.models import F, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Replace

from organizations.localized import LANGUAGES

LONGEST = 80
MOST_WORDS = 6
BETWEEN = "\n"  # nobody types it


def typed(raw: str) -> str:
    """What was typed, as one line without control characters and not longer than a name can be."""
    printable = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in raw[: LONGEST * 4])
    return " ".join(printable.split())[:LONGEST].strip()


def called(words: str, path: str = "") -> Q:
    """People of this name, pinyin, employee number or e-mail: every word is in one of them, in any order.

    "linyuan" finds 林予安 as "lin yu an" does: `letters` is the pinyin without spaces, see `letters_of`.
    """
    all_words = Q()
    for word in words.split()[:MOST_WORDS]:
        # Of an e-mail the beginning, or more than the name: else everybody is found by the company's domain.
        email = "icontains" if "@" in word else "istartswith"
        of_word = Q()
        for column in ("name__icontains", "sort_name__icontains", "employee_number__icontains", f"email__{email}"):
            for spelling in _spellings(word):
                of_word |= Q(**{f"{path}{column}": spelling})
        all_words &= of_word
    return all_words | Q(letters__contains=letters(words))


def letters_of(path: str = "") -> Combinable:
    """Pinyin without spaces, for the annotation `letters` that `called` asks."""
    return Replace(f"{path}sort_name", Value(" "), Value(""))


def letters(words: str) -> str:
    """The same of what was typed."""
    return unicodedata.normalize("NFKC", words).casefold().replace(" ", "")


def spoken(path: str) -> Combinable:
    """What a localized text says in all its languages, without the signs by which it is kept: "en" finds no text for being English."""
    text = Cast(F(path), TextField())
    for language in LANGUAGES:
        for before in ('", ', "{"):
            text = Replace(text, Value(f'{before}"{language}": "'), Value(BETWEEN), output_field=TextField())
    return Replace(text, Value('"}'), Value(""), output_field=TextField())


def says(words: str, name: str) -> Q:
    """A text annotated by `spoken` under this name has the words, in whichever language."""
    found = Q()
    for spelling in _spellings(words):
        found |= Q(**{f"{name}__icontains": json.dumps(spelling, ensure_ascii=False)[1:-1]})
    return found


def numbered(words: str, path: str) -> Q:
    """A key that begins like what was typed: 1.1 finds 1.1.a, D7 finds D7."""
    return Q(**{f"{path}__istartswith": unicodedata.normalize("NFKC", words)})


def nearest(words: str, names: Iterable[tuple[str, str]]) -> str:
    """The one name most like what was typed, or nothing; `names` are pairs of a name and its pinyin."""
    known = {}
    for name, pinyin in names:
        known.setdefault(name.casefold(), name)
        known.setdefault(letters(pinyin), name)
    known.pop("", None)
    wanted = letters(words)
    # One wrong sign of two or three is much in Chinese, and little in letters.
    close = get_close_matches(wanted, known, n=1, cutoff=0.5 if any(ord(sign) > 0x2E7F for sign in wanted) else 0.7)
    return known[close[0]] if close else ""


def _spellings(word: str) -> set[str]:
    """As typed, and in plain width: ＤＥ７ is DE7."""
    return {word, unicodedata.normalize("NFKC", word)}
