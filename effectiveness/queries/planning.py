"""The worksheets a person reads, by kind, and the programmes whose training has figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from effectiveness.models import TrainingSession
from effectiveness.models.worksheet import Worksheet
from effectiveness.vocabulary import SessionState
from organizations.models import Member
from programs.models import Enrollment

MOST_SHOWN = 50  # of one kind: the newest


@dataclass(frozen=True)
class Shelf:
    """Worksheets of one kind, newest first."""

    tool: Any
    sheets: list[Worksheet]


def shelves(tools: Sequence[Any], member: Member) -> list[Shelf]:
    """What this person reads of each tool; a query each."""
    return [Shelf(tool, list(tool.model.objects.visible_to(member).select_related("enrollment__trainee")[:MOST_SHOWN])) for tool in tools]


def boards(found: Sequence[Shelf], member: Member) -> list[Enrollment]:
    """Programmes with worksheets that are read by others too, or with sessions held; one's own first. One query."""
    read = {sheet.enrollment_id: sheet.enrollment for shelf in found if not shelf.tool.private for sheet in shelf.sheets}
    held = TrainingSession.objects.visible_to(member).filter(state=SessionState.HELD, enrollment__isnull=False)
    for one in Enrollment.objects.visible_to(member).filter(training_sessions__in=held).select_related("trainee").distinct():
        read.setdefault(one.pk, one)
    return sorted(read.values(), key=lambda one: (one.trainee_id != member.pk, one.trainee.sort_name, one.pk))
