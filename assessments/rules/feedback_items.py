"""The statements of 360 feedback as a template has them, and who is asked which. Source: content 6."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.rules.rater_anonymity import Item
from assessments.vocabulary import RaterGroup

LETTERS = {"S": RaterGroup.SUPERIOR, "P": RaterGroup.PEER, "B": RaterGroup.BUSINESS, "L": RaterGroup.LEARNER}
# Who is best asked, how many at most. Source: content 5.2; features 4, "360 feedback".
MOST_IN_GROUP, MOST_RATERS, FEWEST_RATERS = 6, 20, 8
MOST_REQUESTS = 8  # that one person answers at a time


@dataclass(frozen=True)
class Statement:
    """One statement with its words in both languages."""

    item: Item
    text: Mapping[str, str]


def statements(rows: Iterable[Mapping]) -> list[Statement]:
    """The template's rows {key, pillar, who, text}, in their order."""
    return [
        Statement(Item(row["key"], row["pillar"], frozenset(LETTERS[letter] for letter in row["who"] if letter in LETTERS)), row["text"])
        for row in rows
    ]


def asked_of(group: str, rows: Iterable[Statement]) -> list[Statement]:
    """What this group is asked; the trainee is asked everything."""
    return [row for row in rows if group == RaterGroup.SELF or group in row.item.groups]
