"""What the HR director sees of everybody: how many are in which phase, who is at risk and why, what waits for whom.

One statement for all of it, with what the cohorts on the same page count: a desk has few questions to spend.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, F, Min, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from home.queries.cohorts import PLANS, WAITING, plans_signed, steps_waiting
from home.queries.waits import counted_by_person
from organizations.models import CalendarDay
from organizations.prepared import Prepared
from organizations.rules.working_calendar import WorkingCalendar
from programs.models import StepSigner, SupportRole
from programs.queries.pipeline import ROW, RUNNING, Pipeline, phases_counted, pipeline_of, states_counted
from programs.queries.risks import at_risk, own_facts, read_facts, returned_work, risk_words, waiting_steps
from programs.queries.sign_off_queue import waited
from programs.rules.risk import IDLE_DAYS, RETURNED_DAYS, risks
from programs.vocabulary import Role, StepState

MOST_AT_RISK, MOST_PEOPLE = 8, 6
READ_AT_RISK, READ_PEOPLE = 200, 200  # so many are read; more than that are not counted
MOST_REASONS = 2
RISK, RETURNED, WAITS, MENTOR, SIGNER, ASKED, DAY = "risk", "returned", "waits", "mentor", "signer", "asked", "day"


@dataclass(frozen=True)
class AtRisk:
    """One trainee who may not get there, with the reasons in words."""

    enrollment_id: int
    cohort_id: int
    name: str
    cohort: str
    late: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Someone on whom trainees wait. `trainees` counts those they mentor, `late` decisions past their date."""

    name: str
    trainees: int = 0
    waiting: int = 0
    late: int = 0
    oldest: datetime | None = None
    now: datetime | None = None

    @property
    def waited(self) -> str:
        """How long the oldest of it has waited, in words."""
        return waited(self.oldest, self.now) if self.oldest and self.now else ""


@dataclass(frozen=True)
class Overview:
    """The director's part of the desk."""

    pipeline: Pipeline
    everybody_at_risk: tuple[AtRisk, ...] = ()
    mentors: tuple[Person, ...] = ()
    signers: tuple[Person, ...] = ()
    counted: tuple[tuple[str, int, int], ...] = field(default=())  # for the cohorts on the same page

    @property
    def at_risk(self) -> tuple[AtRisk, ...]:
        """The worst of them."""
        return self.everybody_at_risk[:MOST_AT_RISK]

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than are counted."""
        return len(self.everybody_at_risk) == READ_AT_RISK

    @cached_property
    def busiest(self) -> tuple[Person, ...]:
        """The mentors with most trainees."""
        return self.mentors[:MOST_PEOPLE]

    @cached_property
    def longest(self) -> tuple[Person, ...]:
        """Those on whom somebody has waited for longest."""
        return self.signers[:MOST_PEOPLE]


def overview(now: datetime, today: date) -> Overview:
    """Everything of it; one query."""
    found = EVERYTHING.rows(today, today - timedelta(days=RETURNED_DAYS), today - timedelta(days=IDLE_DAYS))
    rows = _by_kind(found)
    signers = dict(rows[SIGNER])
    return Overview(
        pipeline=pipeline_of(found),
        everybody_at_risk=_at_risk(rows, today),
        mentors=tuple(_mentor(facts, signers.get(of, {}), now) for of, facts in sorted(rows[MENTOR], key=lambda row: -row[1]["n"])),
        signers=tuple(sorted((_person(of, now) for of in _asked(rows).values()), key=lambda one: one.oldest or now)),
        counted=tuple((what, of, facts["n"]) for what in (WAITING, PLANS) for of, facts in rows[what]),
    )


def pipeline() -> Pipeline:
    """How many are in which phase, and nothing of anybody: for an admin; one query."""
    return pipeline_of(COUNTS.rows())


def _by_kind(rows: Sequence[tuple[str, int, Any]]) -> dict[str, list[tuple[int, Any]]]:
    found = defaultdict(list)
    for what, of, facts in rows:
        found[what].append((of, facts))
    return found


def _at_risk(rows: dict[str, list[tuple[int, Any]]], today: date) -> tuple[AtRisk, ...]:
    days = {date.fromisoformat(facts["day"]): facts["is_working"] for _of, facts in rows[DAY]}
    calendars: dict[str, WorkingCalendar] = {}
    returned = _first(rows[RETURNED], "at")
    waits = _first(rows[WAITS], "due_on")
    found = []
    for pk, own in rows[RISK]:
        facts = own | {"returned": returned.get(pk), "waits": waits.get(pk)}
        calendar = calendars.setdefault(facts["calendar"], WorkingCalendar(facts["calendar"], days))
        reasons = risks(read_facts(facts), today, calendar)
        if reasons:
            said = tuple(risk_words(one) for one in reasons[:MOST_REASONS])
            found.append(AtRisk(pk, facts["cohort_id"], facts["name"], facts["cohort"], len(facts["late"]), said))
    return tuple(found)


def _first(rows: list[tuple[int, Any]], since: str) -> dict[int, Any]:
    """Of each trainee's facts the oldest; what begins a day or a second alike in the order of keys."""
    return dict(sorted(rows, key=lambda row: (row[1][since], row[1]["key"]), reverse=True))


def _mentor(facts: dict, waiting: dict, now: datetime) -> Person:
    oldest = datetime.fromisoformat(waiting["oldest"]) if waiting else None
    return Person(facts["name"], facts["n"], waiting.get("n", 0), waiting.get("late", 0), oldest, now)


def _asked(rows: dict[str, list[tuple[int, Any]]]) -> dict[int, list[dict]]:
    """Of each person all that waits for them: decisions in sign-offs, and whatever else they are asked for."""
    found = defaultdict(list)
    for of, facts in (*rows[SIGNER], *rows[ASKED]):
        found[of].append(facts)
    return found


def _person(waits: list[dict], now: datetime) -> Person:
    since = min((facts["oldest"] for facts in waits if facts["oldest"]), default=None)
    oldest = datetime.fromisoformat(since) if since else None
    return Person(waits[0]["name"], 0, sum(facts["n"] for facts in waits), sum(facts["late"] for facts in waits), oldest, now)


def _everything(today: date, returned_before: date, idle_since: date) -> QuerySet:
    risk = own_facts(today, name=F("trainee__name"), cohort=F("cohort__name"), cohort_id=F("cohort_id"), calendar=F("cohort__calendar"))
    worst = _of(at_risk(today, returned_before, idle_since), RISK, F("pk")).annotate(facts=risk)
    mentors = SupportRole.objects.filter(role=Role.MENTOR, ended_at__isnull=True, enrollment__state__in=RUNNING).order_by()
    trainees = Count("enrollment", distinct=True)
    asked = StepSigner.objects.filter(step__state=StepState.READY, step__ready_at__isnull=False).order_by()
    late = Count("pk", filter=Q(step__due_on__lt=today))
    oldest = Min("step__ready_at")
    days = _of(CalendarDay.objects.order_by(), DAY, F("pk")).annotate(facts=JSONObject(day=F("day"), is_working=F("is_working")))
    return _counts().union(
        worst.values_list(*ROW)[:READ_AT_RISK],
        _of(returned_work(), RETURNED, F("enrollment")).values_list(*ROW),
        _of(waiting_steps(), WAITS, F("enrollment")).values_list(*ROW),
        _of(mentors, MENTOR, F("member_id"), "member__name")
        .annotate(order=trainees, facts=JSONObject(name=F("member__name"), n=trainees))
        .order_by("-order")
        .values_list(*ROW)[:READ_PEOPLE],
        _of(asked, SIGNER, F("member_id"), "member__name")
        .annotate(order=oldest, facts=JSONObject(name=F("member__name"), n=Count("pk"), late=late, oldest=oldest))
        .order_by("order")
        .values_list(*ROW)[:READ_PEOPLE],
        *(rows.annotate(what=Value(ASKED, CharField())).values_list(*ROW)[:READ_PEOPLE] for rows in counted_by_person(today)),
        *(_counted(rows, what) for rows, what in ((steps_waiting(), WAITING), (plans_signed(), PLANS))),
        days.values_list(*ROW),
        all=True,
    )


def _counts() -> QuerySet:
    return phases_counted().values_list(*ROW).union(states_counted().values_list(*ROW), all=True)


def _of(rows: QuerySet, what: str, of, *group: str) -> QuerySet:
    """Rows of a kind, named by what they are of; counted by that where `group` says by what else."""
    named = rows.annotate(what=Value(what, CharField()), of=of)
    return named.values("what", "of", *group) if group else named


def _counted(rows: QuerySet, what: str) -> QuerySet:
    counted = rows.annotate(of=F("cohort"), what=Value(what, CharField())).order_by().values("what", "of")
    return counted.annotate(facts=JSONObject(n=Count("pk"))).values_list(*ROW)


EVERYTHING, COUNTS = Prepared(_everything, date, date, date), Prepared(_counts)
