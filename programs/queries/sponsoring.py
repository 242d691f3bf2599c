"""The cohorts one sponsors: accepted or not, check-ins, the next act, and how many are where."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from organizations.models import Member
from programs.models import BudgetRequest, Cohort, Enrollment, PhaseProgress, SponsorAcceptance, SponsorCheckIn
from programs.queries.pipeline import ROW, Pipeline, phases_counted, pipeline_of, states_counted
from programs.rules.sponsoring import NextAct, next_act, planned_check_ins
from programs.vocabulary import CheckInKind, ScheduleKind

MOST = 12


@dataclass(frozen=True)
class CheckIn:
    """One meeting as it was written down."""

    kind: str
    held_on: date
    words: str
    by: str

    @property
    def kind_label(self) -> str:
        return str(CheckInKind(self.kind).label)


@dataclass(frozen=True)
class Asked:
    """Money that was asked for, and how much of it was approved; None before the decision."""

    pk: int
    amount: Decimal
    purpose: str
    by: str
    approved: Decimal | None
    decided_at: datetime | None


@dataclass(frozen=True)
class Sponsored:
    """One cohort as its sponsor sees it: counts, and nobody's name."""

    pk: int
    name: str
    start_on: date
    end_on: date | None
    manager: str
    accepted_at: datetime | None
    words: str
    check_ins: tuple[CheckIn, ...]  # newest first
    planned: int
    next: NextAct
    is_late: bool
    pipeline: Pipeline
    budget: tuple[Asked, ...] = ()  # newest first

    @property
    def to_decide(self) -> Asked | None:
        """The request for money that waits for the sponsor."""
        return next((one for one in self.budget if one.approved is None), None)


def sponsored(member: Member, today: date) -> list[Sponsored]:
    """The newest cohorts this person sponsors, the most urgent act first; two queries, one where there are none."""
    ends = PhaseProgress.objects.filter(enrollment__cohort=OuterRef("pk")).exclude(phase__schedule=ScheduleKind.RECURRING)
    accepted = SponsorAcceptance.objects.filter(cohort=OuterRef("pk"), member=member)
    held = SponsorCheckIn.objects.filter(cohort=OuterRef("pk")).order_by("-held_on", "-pk")
    check_in = JSONObject(kind=F("kind"), held_on=F("held_on"), words=F("words"), by=F("by__name"))
    asked = BudgetRequest.objects.filter(cohort=OuterRef("pk")).order_by("-asked_at", "-pk")
    request = JSONObject(
        pk=F("pk"), amount=F("amount"), purpose=F("purpose"), by=F("asked_by__name"), approved=F("approved"), decided_at=F("decided_at")
    )
    cohorts = list(
        Cohort.objects.filter(sponsor=member)
        .annotate(
            end_on=Subquery(ends.order_by("-planned_end_on").values("planned_end_on")[:1]),
            manager_name=F("manager__name"),
            accepted_at=Subquery(accepted.values("at")[:1]),
            words=Subquery(accepted.values("words")[:1]),
            held=ArraySubquery(held.values(facts=check_in)),
            asked=ArraySubquery(asked.values(facts=request)),
        )
        .order_by("-start_on", "-pk")[:MOST]
    )
    counts = _counts([cohort.pk for cohort in cohorts]) if cohorts else {}
    return sorted((_row(cohort, counts, today) for cohort in cohorts), key=lambda row: row.next.due_on or date.max)


def _counts(cohorts: list[int]) -> dict[int, list[tuple]]:
    """Rows of the pipeline by cohort."""
    row = ("cohort", *ROW)
    phases = phases_counted(PhaseProgress.objects.filter(enrollment__cohort__in=cohorts), cohort=F("enrollment__cohort_id"))
    states = states_counted(Enrollment.objects.filter(cohort__in=cohorts), of_cohort=F("cohort_id"))
    found = defaultdict(list)
    for cohort, *rest in phases.values_list(*row).union(states.values_list("of_cohort", *ROW), all=True):
        found[cohort].append(tuple(rest))
    return found


def _row(cohort: Cohort, counts: dict[int, list[tuple]], today: date) -> Sponsored:
    check_ins = tuple(CheckIn(**one | {"held_on": date.fromisoformat(one["held_on"])}) for one in cohort.held)
    following = next_act(
        cohort.accepted_at is not None, [(one.kind, one.held_on) for one in check_ins], cohort.start_on, cohort.end_on, today
    )
    return Sponsored(
        pk=cohort.pk,
        name=cohort.name,
        start_on=cohort.start_on,
        end_on=cohort.end_on,
        manager=cohort.manager_name or "",
        accepted_at=cohort.accepted_at,
        words=cohort.words or "",
        check_ins=check_ins,
        planned=planned_check_ins(cohort.start_on, cohort.end_on, today),
        next=following,
        is_late=following.is_late(today),
        pipeline=pipeline_of(counts.get(cohort.pk, [])),
        budget=tuple(_asked(one) for one in cohort.asked),
    )


def _asked(facts: dict) -> Asked:
    """JSON writes amounts as numbers: read by their digits, so that no cent is lost."""
    approved, decided_at = facts["approved"], facts["decided_at"]
    return Asked(
        pk=facts["pk"],
        amount=Decimal(str(facts["amount"])),
        purpose=facts["purpose"],
        by=facts["by"],
        approved=None if approved is None else Decimal(str(approved)),
        decided_at=parse_datetime(decided_at) if decided_at else None,
    )
