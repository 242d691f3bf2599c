"""The certification report: decisions that count, their totals, and their rows. No work, score or reason of a trainee is in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextChoices, TextField
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.db.models.functions import Cast, TruncDate, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.models import Certificate, CertificateRevocation, Decision
from assessments.rules.half_years import Period, half_year
from assessments.rules.stacked_bar import Segment, segments
from assessments.vocabulary import CertificateState, Level, Outcome
from documents.rules.paper_validity import paper_validity
from organizations.prepared import Prepared, among
from programs.models import Cohort, Enrollment

PER_PAGE = 20
# What decisions come to, in the order of the chart, and the colour of each on screen and on paper.
RESULTS = (
    ("intermediate", pgettext_lazy("level of a training manager", "Intermediate"), "f-brand", "#0b6b50"),
    ("junior", pgettext_lazy("level of a training manager", "Junior"), "f-done", "#8fc7b1"),
    ("kept", pgettext_lazy("result in a report", "Kept"), "f-2", "#d3e8de"),
    ("not_yet", Outcome.NOT_YET.label, "f-warn", "#e8bd7d"),
    ("progress", pgettext_lazy("result in a report", "Progress"), "f-idle", "#cdd6d1"),
)
HEADINGS = (
    pgettext_lazy("of a person", "Name"),
    gettext_lazy("Cohort"),
    pgettext_lazy("on a certification", "Decision"),
    gettext_lazy("Level"),
    gettext_lazy("Decided on"),
    gettext_lazy("Certificate"),
    gettext_lazy("State"),
    gettext_lazy("Issued on"),
    gettext_lazy("Valid until"),
)


@dataclass(frozen=True)
class Filters:
    """Which decisions: of one cohort (its id), decided from one day to another, with one outcome. Empty: all."""

    cohort: int | None = None
    since: date | None = None
    until: date | None = None
    outcome: str = ""

    def as_address(self) -> dict[str, str]:
        """The filters as they stand in an address; those that are empty are left out."""
        said = {"cohort": self.cohort, "since": self.since, "until": self.until, "outcome": self.outcome}
        return {name: str(value) for name, value in said.items() if value}

    @classmethod
    def from_address(cls, said: dict[str, str]) -> "Filters":
        """What `as_address` wrote."""
        days = {name: date.fromisoformat(said[name]) if said.get(name) else None for name in ("since", "until")}
        return cls(cohort=int(said["cohort"]) if said.get("cohort") else None, outcome=said.get("outcome", ""), **days)


@dataclass(frozen=True)
class Group:
    """A row of a chart: counts by result in the order of RESULTS, and their bar."""

    label: str
    counts: tuple[int, ...]
    bar: list[Segment]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Each count with its name."""
        return [(label, count) for (_key, label, _class, _fill), count in zip(RESULTS, self.counts, strict=True)]

    @property
    def drawn(self) -> list[tuple[Segment, str, str]]:
        """Each part of the bar with its colours on screen and on paper."""
        return [(segment, RESULTS[segment.index][2], RESULTS[segment.index][3]) for segment in self.bar]

    @property
    def said(self) -> str:
        """The bar in words."""
        return _(", ").join(f"{label} {count}" for label, count in self.cells if count) or "0"


@dataclass(frozen=True)
class Totals:
    """How many decisions, by cohort and by half-year."""

    cohorts: list[Group]
    periods: list[Group]
    all: Group


class Certification(NamedTuple):
    """One row of the page: who was decided on, with what, and the certificate that came of it."""

    name: str
    cohort: str
    outcome: str
    level: str
    decided_on: date
    number: str
    state: str
    certificate_id: int | None

    @property
    def decision(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def state_name(self) -> str:
        return str(CertificateState(self.state).label) if self.state else ""


def decisions(filters: Filters) -> QuerySet[Decision]:
    """Decisions that count: after an appeal the second one alone."""
    found = Decision.objects.filter(Q(after_appeal=True) | ~Exists(Decision.objects.filter(review=OuterRef("review"), after_appeal=True)))
    if filters.cohort:
        found = found.filter(enrollment__cohort=filters.cohort)
    if filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.since:
        found = found.filter(at__gte=timezone.make_aware(datetime.combine(filters.since, time.min)))
    if filters.until:
        found = found.filter(at__lt=timezone.make_aware(datetime.combine(filters.until + timedelta(days=1), time.min)))
    return found


def totals(filters: Filters) -> Totals:
    """Counts by cohort and by half-year; one query."""
    counted = (
        decisions(filters)
        .annotate(month=TruncMonth("at"))
        .values_list("enrollment__cohort__name", "month", "outcome", "level")
        .annotate(n=Count("pk"))
        .order_by()
    )
    by_cohort: dict[str, list[int]] = {}
    by_period: dict[Period, list[int]] = {}
    everything = [0] * len(RESULTS)
    for cohort, month, outcome, level, n in counted:
        place = _place(outcome, level)
        period = by_period.setdefault(half_year(month), [0] * len(RESULTS))
        for counts in (by_cohort.setdefault(cohort, [0] * len(RESULTS)), period, everything):
            counts[place] += n
    return Totals(
        cohorts=_groups(sorted(by_cohort.items())),
        periods=_groups([(_period(period), counts) for period, counts in sorted(by_period.items(), reverse=True)]),
        all=_groups([(_("All"), everything)])[0],
    )


def preview(filters: Filters, total: int, number: str | int, today: date) -> tuple[list[Certification], Page]:
    """One page of rows, newest first; two queries."""
    paginator = Paginator(_facts(decisions(filters)).order_by("-at", "-pk"), PER_PAGE)
    paginator.__dict__["count"] = total  # counted already
    page = paginator.get_page(number)
    return _certifications(list(page), today), page


def chunk(filters: Filters, after: int | None, most: int, as_of: date) -> tuple[list[list[str]], int | None]:
    """The next rows as text in the order of deciding, after this decision, and the last of them; three queries.

    Cells are in the order of HEADINGS and the language in force, days as 2026-11-30. A long report says the same few words
    and days a hundred thousand times, so each is made once.
    """
    found = decisions(filters)
    if after:
        at = Decision.objects.values_list("at", flat=True).get(pk=after)
        found = found.filter(TupleGreaterThan(Tuple("at", "pk"), (at, after)))
    facts = list(_facts(found).order_by("at", "pk")[:most])
    people, outcomes, levels = _people(facts), _labels(Outcome), {"": "", **_labels(Level)}
    standings: dict[tuple, tuple[str, str, str]] = {}
    rows = []
    for _pk, enrollment, outcome, level, decided_on, _certificate, named, number, *standing in facts:
        key = tuple(standing)
        if key not in standings:
            standings[key] = _standing_as_text(*key, as_of)
        name, cohort = people[enrollment]
        rows.append([named or name, cohort, outcomes[outcome], levels[level], decided_on, number or "", *standings[key]])
    return rows, facts[-1][0] if facts else after


def table(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Head and rows as text, in the language in force."""
    yield [str(heading) for heading in HEADINGS]
    yield from rows


def cohort_choices() -> list[tuple[str, str]]:
    """Cohorts to filter by; one query."""
    return [(str(pk), name) for pk, name in Cohort.objects.order_by("-start_on", "name").values_list("pk", "name")]


def _facts(found: QuerySet[Decision]) -> QuerySet[Decision]:
    """What rows are made of: how it ended and when, the newest certificate with its standing.

    Who it was is asked for apart. Joined, the planner begins with all enrollments, of which it takes the organization to have
    few, and sorts all decisions for each batch. The day comes as text, for a moment is slow to read. And what hardly any row
    has (a second certificate, a revocation, one in its place) is looked up in the few that there are.
    """
    issued_again = Certificate.objects.filter(issue__gt=1).values("decision")
    newer = Certificate.objects.filter(decision=OuterRef("pk"), issue__gt=OuterRef("issue"))
    return (
        found.annotate(
            issued=F("certificates__pk"),
            issue=F("certificates__issue"),
            decided_on=Cast(TruncDate("at"), TextField()),
            is_revoked=Exists(CertificateRevocation.objects.filter(certificate=OuterRef("issued"))),
            is_replaced=Exists(Certificate.objects.filter(replaces=OuterRef("issued"), replaces__isnull=False)),
        )
        .filter(~Q(pk__in=issued_again) | ~Exists(newer))
        .values_list(
            "pk", "enrollment_id", "outcome", "level", "decided_on", "issued", "certificates__name",
            "certificates__number", "certificates__issued_on", "certificates__expires_on", "is_revoked", "is_replaced",
        )
    )  # fmt: skip


def _people(facts: list[tuple]) -> dict[int, tuple[str, str]]:
    """Trainee and cohort of the enrollments in these rows; one query."""
    return {pk: (trainee, cohort) for pk, trainee, cohort in PEOPLE.rows(list({row[1] for row in facts}))}


def _named(enrollments: list[int]) -> QuerySet:
    return Enrollment.objects.filter(among("pk", enrollments)).values_list("pk", "trainee__name", "cohort__name")


PEOPLE = Prepared(_named, list)


def _certifications(facts: list[tuple], today: date) -> list[Certification]:
    people, rows = _people(facts), []
    for _pk, enrollment, outcome, level, decided_on, certificate, named, number, *standing in facts:
        name, cohort = people[enrollment]
        decided, state = date.fromisoformat(decided_on), _state(*standing, today)
        rows.append(Certification(named or name, cohort, outcome, level, decided, number or "", state, certificate))
    return rows


def _state(issued_on: date | None, expires_on: date | None, is_revoked: bool, is_replaced: bool, today: date) -> str:
    """The state of a certificate; empty where none was issued."""
    return paper_validity(today, valid_until=expires_on, is_revoked=is_revoked, is_replaced=is_replaced) if issued_on else ""


def _standing_as_text(issued_on: date | None, expires_on: date | None, is_revoked: bool, is_replaced: bool, as_of: date) -> tuple:
    """State and both days of a certificate."""
    state = _state(issued_on, expires_on, is_revoked, is_replaced, as_of)
    days = (day.isoformat() if day else "" for day in (issued_on, expires_on))
    return str(CertificateState(state).label) if state else "", *days


def _labels(words: type[TextChoices]) -> dict[str, str]:
    return {word.value: str(word.label) for word in words}


def _place(outcome: str, level: str) -> int:
    """Which of RESULTS a decision is."""
    key = level if outcome == Outcome.CERTIFIED else outcome
    return [result[0] for result in RESULTS].index(key)


def _period(period: Period) -> str:
    year, half = period
    return _("%(year)s, first half") % {"year": year} if half == 1 else _("%(year)s, second half") % {"year": year}


def _groups(counted: list[tuple[str, list[int]]]) -> list[Group]:
    largest = max((sum(counts) for _label, counts in counted), default=0)
    return [Group(label, tuple(counts), segments(counts, largest)) for label, counts in counted]
