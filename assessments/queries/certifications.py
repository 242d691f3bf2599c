"""The certification report: decisions that count, their totals, and their rows. No work, score or reason of a trainee is in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.models import Certificate, Decision
from assessments.rules.half_years import Period, half_year
from assessments.rules.stacked_bar import Segment, segments
from assessments.vocabulary import CertificateState, Level, Outcome
from programs.models import Cohort

PER_PAGE = 20
Place = tuple[datetime, int]  # of a row in the order of deciding: when, and its id
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


@dataclass(frozen=True)
class Certification:
    """One row: who was decided on, with what, and the certificate that came of it."""

    name: str
    cohort: str
    outcome: str
    level: str
    decided_at: datetime
    number: str = ""
    state: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    certificate_id: int | None = None

    @property
    def decision(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def state_name(self) -> str:
        return str(CertificateState(self.state).label) if self.state else ""

    @property
    def cells(self) -> list[str]:
        """The row as text, in the order of HEADINGS, days as 2026-11-30."""
        decided_on = timezone.localtime(self.decided_at).date().isoformat()
        days = [day.isoformat() if day else "" for day in (self.issued_on, self.expires_on)]
        return [self.name, self.cohort, self.decision, self.level_name, decided_on, self.number, self.state_name, *days]


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
    paginator = Paginator(_with_names(decisions(filters)).order_by("-at", "-pk"), PER_PAGE)
    paginator.__dict__["count"] = total  # counted already
    page = paginator.get_page(number)
    return _certifications(list(page), today), page


def chunk(filters: Filters, after: Place | None, most: int, as_of: date) -> tuple[list[Certification], Place | None]:
    """The next rows in the order of deciding, after this place, and the place of the last of them; two queries."""
    found = decisions(filters)
    if after:
        at, pk = after
        found = found.filter(Q(at__gt=at) | Q(at=at, pk__gt=pk))
    rows = list(_with_names(found).order_by("at", "pk")[:most])
    return _certifications(rows, as_of), (rows[-1].at, rows[-1].pk) if rows else after


def table(rows: Iterable[Certification]) -> Iterator[list[str]]:
    """Head and rows as text, in the language in force."""
    yield [str(heading) for heading in HEADINGS]
    for row in rows:
        yield row.cells


def cohort_choices() -> list[tuple[str, str]]:
    """Cohorts to filter by; one query."""
    return [(str(pk), name) for pk, name in Cohort.objects.order_by("-start_on", "name").values_list("pk", "name")]


def _with_names(found: QuerySet[Decision]) -> QuerySet[Decision]:
    wanted = ("outcome", "level", "at", "enrollment__trainee__name", "enrollment__cohort__name")
    return found.select_related("enrollment__trainee", "enrollment__cohort").only(*wanted)


def _certifications(found: list[Decision], today: date) -> list[Certification]:
    """Rows with the newest certificate of each decision."""
    issued = Certificate.objects.with_standing().filter(decision__in=[each.pk for each in found]).order_by("issue")
    certificates = {certificate.decision_id: certificate for certificate in issued}
    return [_certification(decision, certificates.get(decision.pk), today) for decision in found]


def _certification(decision: Decision, certificate: Certificate | None, today: date) -> Certification:
    facts = {}
    if certificate:
        facts = {
            "number": certificate.number,
            "state": certificate.state(today),
            "issued_on": certificate.issued_on,
            "expires_on": certificate.expires_on,
            "certificate_id": certificate.pk,
        }
    enrollment = decision.enrollment
    name = certificate.name if certificate else enrollment.trainee.name
    return Certification(name, enrollment.cohort.name, decision.outcome, decision.level, decision.at, **facts)


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
