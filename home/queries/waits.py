"""What waits for a person besides sign-offs, told by each app of its own; and the same counted, of everybody."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Count, F, Min, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from organizations.models import Member
from organizations.prepared import Prepared
from programs.queries.sign_off_queue import waited
from programs.queries.stood_in_for import stood_in_for
from programs.queries.waits import Wait, elsewhere, kinds_elsewhere
from programs.queries.waits import waits as of_programs

MOST = 20
COLUMNS = ("waits_kind", "waits_of", "waits_since", "waits_due_on", "waits_trainee")


@dataclass(frozen=True)
class Matter:
    """One thing somebody is asked for. `waited` is empty where nobody wrote down since when."""

    name: str
    path: str
    trainee: str
    waited: str
    due_on: date | None
    is_late: bool


def matters_of(member: Member, now: datetime, today: date) -> tuple[Matter, ...]:
    """What this person is asked for, what is due first on top; one query."""
    rows = sorted(OWN.rows(member.pk, today), key=lambda row: (row[3] or date.max, row[2] or now, row[0], row[1]))
    return tuple(_matter(kinds_elsewhere()[kind], of, since, due_on, trainee, now, today) for kind, of, since, due_on, trainee in rows)


def counted_by_person(today: date) -> tuple[QuerySet, ...]:
    """Everybody's, with `of` and facts: how many, how many of them late, since when. Without what is nobody else's to know."""
    counts = {"n": Count("pk"), "late": Count("pk", filter=Q(waits_due_on__lt=today)), "oldest": Min("waits_since")}
    return tuple(
        wait.rows.values(of=F("waits_for")).annotate(facts=JSONObject(name=Min("waits_name"), **counts))
        for wait in (*of_programs(), *elsewhere())
        if not wait.secret
    )


def _matter(wait: Wait, of: int, since: datetime | None, due_on: date | None, trainee: str, now: datetime, today: date) -> Matter:
    said = waited(since, now) if since else ""
    return Matter(str(wait.kind.label), wait.path(of), trainee, said, due_on, bool(due_on and due_on < today))


def _own(member: int, today: date) -> QuerySet:
    absent = stood_in_for(member, today)
    found = []
    for wait in elsewhere():
        mine = Q(waits_for=member)
        if wait.deputies:
            mine |= Q(waits_for__in=absent) & ~Q(waits_owner=member)
        rows = wait.rows.filter(mine).annotate(waits_kind=Value(wait.kind.value, CharField()))
        found.append(rows.values_list(*COLUMNS)[:MOST])
    return found[0].union(*found[1:])


OWN = Prepared(_own, int, date)
