"""Believable, valid answers for any deliverable kind, made from its definition: for tests, journeys and the demo."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from django.utils import translation

from organizations.localized import read
from programs.rules.field_values import normalize
from programs.rules.fields import AUTHOR, Column, FieldDefinition, fields_by, parse
from programs.vocabulary import FieldType

# Words by a field's key, a few of each, Chinese and English.
WORDS: dict[str, list[list[str]]] = json.loads(Path(__file__).with_name("answer_words.json").read_text())
# Numbers that make sense under their key; anything else counts up from a small one.
NUMBERS = {
    "headcount": (420, 36, 58, 24),
    "share": (40, 35, 25),
    "weight": (40, 30, 30),
    "weekly_hours": (4,),
    "difficulty": (4, 3, 2),
    "importance": (5, 4, 3),
    "frequency": (5, 2, 4),
    "required": (4, 3),
    "present": (2, 2),
    "gap": (2, 1),
    "people": (36, 24),
    "n": (24, 18),
    "from_min": (0, 10, 30, 45),
    "to_min": (10, 30, 45, 60),
    "minutes": (8, 12),
    "stayed": (100, 95),
    "forms_sent": (24,),
    "forms_returned": (22,),
    "response_rate": (92,),
    "mean": ("4.5", "4.2", "4.6"),
    "favourable": (91, 84, 95),
    "pre": ("5.2",),
    "post": ("7.9",),
    "mastery": (83,),
    "year": (2026,),
    "quantity": (12, 30, 4),
    "unit_price": (1800, 420, 6500),
    "budget": (60000, 42000),
    "actual": (57200, 44100),
    "hours": (2, "1.5", 3),
    "rate": (300, 800),
    "base": (420, 3600, "0.8"),
    "cost": (176000, 49),
    "money": (12000,),
    "improvement": ("8.5",),
    "unit_value": (16500,),
    "confidence": (70,),
    "value": (94, "91.5", "93.2"),
    "amount": (18000, 9500, 6200),
    "benefits": (96000, 121000),
    "costs": (33700, 33700),
    "bcr": ("2.85", "3.59"),
    "roi": (185, 259),
    "payback_months": ("4.2", "3.3"),
    "courses": (3,),
    "draft": (58000,),
    "plan": (61000,),
    "by_learner": (19,),
    "by_superior": (15,),
    "both": (13,),
    "asked": (14,),
    "accepted": (6,),
    "views": (310,),
    "completed": (228,),
    "rating": ("4.4",),
    "reach": (900,),
    "new_users": (130,),
    "n_pairs": (22,),
    "count": (7,),
    "target": (95,),
}


def make_answers(
    fields: Sequence[Mapping],
    *,
    people: Sequence[int] = (),
    file: Mapping | None = None,
    today: date,
    language: str = "zh-hans",
    by: str = AUTHOR,
    rows: int | None = None,
    turn: int = 0,
) -> dict:
    """Canonical answers to the fields that the author (or the role `by`) fills in.

    `fields` as in a kind; `people`: ids to name; `file`: {id, name, hash} of a stored file. `rows`: rows per table
    where its limits allow; `turn`: another number gives other words.
    """
    definitions = fields_by(parse(fields), by)
    numbers = count(turn)
    with translation.override(language):
        raw = {definition.key: _field(definition, people, file, today, language, rows, next(numbers)) for definition in definitions}
    found = normalize(definitions, raw)
    assert not found.problems, found.problems
    return found.data


def _field(definition: FieldDefinition, people, file, today, language, rows, turn):
    if definition.type != FieldType.TABLE:
        return _value(definition, people, file, today, language, turn)
    wanted = min(max(rows or 3, definition.min_rows, 1), definition.max_rows)
    return [
        {
            column.key: _value(column, people, file, today, language, number + turn, number)
            for column in definition.columns
            if not column.calc
        }
        for number in range(wanted)
    ]


def _value(thing: FieldDefinition | Column, people, file, today, language, turn, row=0):
    match thing.type:
        case FieldType.INT | FieldType.DECIMAL | FieldType.MONEY | FieldType.PERCENT:
            values = NUMBERS.get(thing.key, (row + 1,))
            number = values[row % len(values)]
            return int(Decimal(str(number))) if thing.type == FieldType.INT else str(number)
        case FieldType.DATE:
            return (today + timedelta(days=21 * (row + 1))).isoformat()
        case FieldType.DATETIME:
            return datetime(today.year, today.month, today.day, 6, 30, tzinfo=UTC).isoformat()
        case FieldType.CHOICE:
            return thing.choices[(row if thing.choices[0].key not in ("1", "2") else row + 1) % len(thing.choices)].key
        case FieldType.MULTI:
            return [choice.key for choice in thing.choices[:2]]
        case FieldType.PERSON:
            return people[turn % len(people)]
        case FieldType.PEOPLE:
            return list(people[:2])
        case FieldType.FILE:
            return file
        case FieldType.LINK:
            return f"https://lms.example.com/courses/{turn + 1}"
    return _words(thing, language, row)


def _words(thing: FieldDefinition | Column, language: str, row: int) -> str:
    words = WORDS.get(thing.key)
    if words is None:
        return f"{read(thing.label)} {row + 1}"
    text = words[row % len(words)][0 if language.startswith("zh") else 1]
    return text[: thing.max_length] if thing.max_length else text
