"""The clauses that every mentoring agreement begins from, in both languages."""

import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "builtin" / "agreement.toml"


@lru_cache
def clauses() -> tuple[dict, ...]:
    """Each clause as {key, text: {language: words}}; the rhythm still stands in braces."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple({"key": one["key"], "text": {"zh-hans": one["zh"], "en": one["en"]}} for one in read["clauses"])
