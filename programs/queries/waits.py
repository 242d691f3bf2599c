"""What waits for whom: the shape in which each app says it of its own, and what of programs stands in no sign-off step."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.conf import settings
from django.db.models import DateField, DateTimeField, F, Q, QuerySet, TextChoices, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from programs import paths
from programs.models import PlanPoint
from programs.queries.waiting_checkpoints import WORK, awaited_notes
from programs.vocabulary import Notice, Role

# Cast: a bare NULL has no type that others could be joined to.
NO_DAY, NO_TIME = Cast(Value(None), DateField()), Cast(Value(None), DateTimeField())


@dataclass(frozen=True)
class Wait:
    """One kind of matter that waits for people, named as the notice that told them.

    `rows` are of everybody in the open tenant; each says who is waited for, in whose programme, with what id, since when and
    until which day, the last two perhaps None. `deputies`: who stands in for an absent person may see to it. `secret`: who has
    done it already is nobody else's to know.
    """

    kind: TextChoices
    path: Callable[[int], str]
    rows: QuerySet
    deputies: bool = False
    secret: bool = False


def wait_rows(
    rows: QuerySet, *, who: str, trainee: str, of: str = "pk", since: str | Combinable = NO_TIME, due_on: str | Combinable = NO_DAY
) -> QuerySet:
    """Rows in that shape; `who` and `trainee` are the ways to the two people."""
    named = {
        "waits_for": who,
        "waits_name": f"{who}__name",
        "waits_of": of,
        "waits_since": since,
        "waits_due_on": due_on,
        "waits_owner": trainee,
        "waits_trainee": f"{trainee}__name",
    }
    return rows.order_by().annotate(**{name: F(what) if isinstance(what, str) else what for name, what in named.items()})


@cache
def elsewhere() -> tuple[Wait, ...]:
    """What the apps above say waits for whom: it stands in no queue of sign-offs. Built once: that takes longer than asking."""
    return tuple(wait for name in settings.WAITS for wait in import_module(name).waits())


@cache
def kinds_elsewhere() -> dict[str, Wait]:
    """The same by kind, for words and pages."""
    return {wait.kind.value: wait for wait in elsewhere()}


def waits() -> tuple[Wait, ...]:
    """Checkpoints without a note and points of plans without an answer. In the queue of who sees to them they stand already."""
    shown = PlanPoint.objects.running().filter(shown_at__isnull=False)
    named = Q(signer__isnull=False, signer__ended_at__isnull=True)
    mentor = Q(enrollment__support_roles__role=Role.MENTOR, enrollment__support_roles__ended_at__isnull=True)
    point = {"trainee": "enrollment__trainee", "since": "shown_at", "due_on": "due_on"}
    points = {"signer": shown.filter(named), "enrollment__support_roles__member": shown.filter(~named & mentor)}
    notes = wait_rows(
        awaited_notes(),
        who="member",
        trainee="enrollment__trainee",
        of=f"{WORK}pk",
        since="handed_in_at",
        due_on=f"{WORK}due_on",
    )
    return (
        Wait(Notice.CHECKPOINT_WAITING, paths.checkpoint, notes),
        *(Wait(Notice.POINT_SHOWN, paths.plan_point, wait_rows(rows, who=who, **point)) for who, rows in points.items()),
    )
