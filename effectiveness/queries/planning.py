"""The worksheets a person reads, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from effectiveness.models.worksheet import Worksheet
from organizations.models import Member

MOST_SHOWN = 50  # of one kind: the newest


@dataclass(frozen=True)
class Shelf:
    """Worksheets of one kind, newest first."""

    tool: Any
    sheets: list[Worksheet]


def shelves(tools: Sequence[Any], member: Member) -> list[Shelf]:
    """What this person reads of each tool; a query each."""
    return [Shelf(tool, list(tool.model.objects.visible_to(member).select_related("enrollment__trainee")[:MOST_SHOWN])) for tool in tools]
