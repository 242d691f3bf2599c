"""What people in the demo write: data in content/<language>/*.toml, with words of the one who writes put in.

In a text `{region}` stands for a fact about the writer. A text of its own may be a sign for something that is only known
when it is written: "@+12" the twelfth working day from then, "@-3 14:00" a moment, "&ma_jun" a person, "#deck" a file.
A row of a table is a list in the order of the columns that are typed in.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from programs.rules.field_values import missing_required, normalize
from programs.rules.fields import FieldDefinition
from programs.vocabulary import FieldType

FOLDER = Path(__file__).parent / "content"
DAY = re.compile(r"@([+-]\d+)(?: (\d\d:\d\d))?")


@cache
def read(language: str) -> dict[str, Any]:
    """All texts of one language; several files may add to one table."""
    texts: dict[str, Any] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        _add(texts, tomllib.loads(path.read_text(encoding="utf-8")))
    return texts


def _add(texts: dict, more: Mapping) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(texts.get(key), dict):
            _add(texts[key], value)
        else:
            texts[key] = value


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with the writer's own words in it, which may hold such words in turn."""
    while "{" in text:
        text = text.format_map(facts)
    return text


class Writer:
    """Turns the texts of a deliverable into canonical answers. `sign` tells what a sign such as "&ma_jun" stands for."""

    def __init__(self, facts: Mapping[str, str], sign: Callable[[str], Any]):
        self.facts, self.sign = facts, sign

    def answers(self, fields: Sequence[FieldDefinition], texts: Mapping[str, Any], *, complete: bool = True) -> dict:
        """The answers to these fields, in the form in which the product stores them.

        Raises:
            ValueError: an answer does not fit its field, or (where complete) a required one is missing.
        """
        typed = {field.key: self._value(field, texts[field.key]) for field in fields if field.key in texts}
        found = normalize(fields, typed)
        problems = [*found.problems, *(missing_required(fields, found.data) if complete else ())]
        if problems:
            raise ValueError("; ".join(f"{p.field} {p.row} {p.column}: {p.code}" for p in problems))
        return found.data

    def _value(self, field: FieldDefinition, value: Any) -> Any:
        if field.type != FieldType.TABLE:
            return self._one(value)
        columns = [column.key for column in field.columns if not column.calc]
        return [dict(zip(columns, map(self._one, row), strict=False)) for row in value]

    def _one(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._one(one) for one in value]
        if not isinstance(value, str):
            return str(value) if isinstance(value, float) else value
        if value[:1] in ("&", "#") or DAY.fullmatch(value):
            return self.sign(fill(value, self.facts))
        return fill(value, self.facts)
