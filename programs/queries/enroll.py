"""Whom one may enroll: people found by words, and what became of a pasted list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from organizations.models import Member
from programs.models import Enrollment
from programs.queries.cohort_list import RUNNING
from programs.queries.directory import Directory
from programs.rules import pasted_people

MOST_FOUND = 20


@dataclass(frozen=True)
class Busy:
    """Someone who is in a running programme already."""

    name: str
    cohort: str


@dataclass(frozen=True)
class Candidates:
    """A pasted list sorted out: whom it names, who is busy, which lines name nobody or several people."""

    people: tuple[int, ...]
    busy: tuple[Busy, ...]
    unknown: tuple[str, ...]
    twice: int  # lines that name someone whom an earlier line has named
    line_managers: Mapping[int, int | None]


@dataclass(frozen=True)
class Hit:
    """Someone found by words. `written` names them and nobody else in a list."""

    pk: int
    name: str
    note: str
    written: str
    is_busy: bool


def candidates(text: str, directory: Directory) -> Candidates:
    """Sort out a pasted list; two queries."""
    known, unknown, twice = {}, [], 0
    for words in pasted_people.read(text):
        pk = next((found for word in words if (found := directory.find(word))), None)
        if pk is None:
            unknown.append(pasted_people.said(words))
        elif pk in known:
            twice += 1
        else:
            known[pk] = None
    running = Enrollment.objects.filter(trainee__in=known, state__in=RUNNING)
    busy = {pk: Busy(name, cohort) for pk, name, cohort in running.values_list("trainee_id", "trainee__name", "cohort__name")}
    managers = dict(Member.objects.filter(pk__in=known).values_list("pk", "line_manager_id"))
    return Candidates(tuple(pk for pk in known if pk not in busy), tuple(busy.values()), tuple(unknown), twice, managers)


def people_found(words: str) -> Sequence[Hit]:
    """The first people whose name, pinyin, department, e-mail or number holds these words; one query."""
    wanted = " ".join(words.split())[:80]
    if not wanted:
        return []
    columns = ("name", "sort_name", "department", "email", "employee_number")
    matches = Q()
    for column in columns:
        matches |= Q(**{f"{column}__icontains": wanted})
    running = Enrollment.objects.filter(trainee=OuterRef("pk"), state__in=RUNNING)
    rows = Member.objects.active().filter(matches).annotate(is_busy=Exists(running)).order_by("is_busy", "sort_name", "pk")[:MOST_FOUND]
    return [Hit(one.pk, one.name, one.department or one.title, _written(one), one.is_busy) for one in rows]


def _written(member: Member) -> str:
    """As a line of the list: the name for people, the address or number to be certain."""
    if member.email:
        return f"{member.name} <{member.email}>"
    return f"{member.employee_number}\t{member.name}" if member.employee_number else member.name
