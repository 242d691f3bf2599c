"""The list of reviews: what of them is mine, waits for my vote, is about those I support, or runs in my cohorts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject

from assessments import paths
from assessments.models import AppealPanelist, CertificationReview, Panelist, PanelVote, Rater, ReviewCycle
from assessments.models.readable import TAKE_PART
from assessments.vocabulary import CycleState, Level, RaterGroup, RaterState, ReviewState
from organizations.models import Member
from organizations.prepared import Prepared
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, CohortDeputy, SupportRole

MOST = 50
OWN, PANEL, SUPPORTED, CYCLE, BESIDES = "own", "panel", "supported", "cycle", "besides"
ROW = ("what", "of", "facts")


@dataclass(frozen=True)
class ReviewRow:
    """One review. Of feedback it counts as long as it gathers, of votes as long as it waits for them."""

    pk: int
    state: str
    level: str
    trainee: str
    cohort: str
    cycle_id: int
    number: int  # of the cycle
    closes_on: date
    asked: int = 0
    answered: int = 0
    panel_size: int = 0
    voted: int = 0
    has_voted: bool = False  # the reader

    @property
    def path(self) -> str:
        """Where it is looked at, inside the organization."""
        return paths.review(self.pk)

    @property
    def get_state_display(self) -> str:
        return str(ReviewState(self.state).label)

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label)


@dataclass(frozen=True)
class CycleRow:
    """One cycle of a cohort one runs: how many reviews it has, and how many are decided."""

    pk: int
    state: str
    cohort: str
    number: int
    closes_on: date
    total: int
    decided: int

    @property
    def get_state_display(self) -> str:
        return str(CycleState(self.state).label)


@dataclass(frozen=True)
class ReviewsPage:
    """All that the page shows. `requests` is how many people wait for this person's feedback."""

    own: list[ReviewRow]
    panel: list[ReviewRow]
    supported: list[ReviewRow]
    cycles: list[CycleRow]
    requests: int
    may_open: bool
    sees_pool: bool

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.panel or self.supported or self.cycles or self.requests or self.may_open)


def reviews_page(member: Member) -> ReviewsPage:
    """All of it; one query, however many reviews there are."""
    is_director = member.has_role(OrganizationRole.HR_DIRECTOR)
    found: dict[str, list[tuple[int, dict]]] = defaultdict(list)
    for what, of, facts in (FOR_DIRECTOR if is_director else FOR_MEMBER).rows(member.pk):
        found[what].append((of, facts))
    besides = found[BESIDES][0][1]
    return ReviewsPage(
        own=[_review(*row) for row in _newest_first(found[OWN])],
        panel=[_review(*row) for row in _newest_first(found[PANEL])],
        supported=[_review(*row) for row in _newest_first(found[SUPPORTED])],
        cycles=[_cycle(*row) for row in _newest_first(found[CYCLE])],
        requests=besides["requests"],
        may_open=besides["may_open"],
        sees_pool=is_director,
    )


def requests_of(member: Member) -> QuerySet[Rater]:
    """Requests for feedback that wait for this person; their own view among them."""
    return Rater.objects.filter(member=member, state=RaterState.ASKED, review__cycle__state=CycleState.OPEN)


def cohorts_run_by(member: Member) -> QuerySet[Cohort]:
    """Cohorts for which this person opens cycles."""
    if member.has_role(OrganizationRole.HR_DIRECTOR):
        return Cohort.objects.all()
    deputy = Exists(CohortDeputy.objects.filter(cohort=OuterRef("pk"), member=member))
    return Cohort.objects.filter(deputy) | Cohort.objects.filter(manager=member)


def request_list(member: Member) -> list[Rater]:
    """The requests that wait, by their last day; one query."""
    rows = requests_of(member).select_related("review__cycle__cohort", "review__enrollment__trainee")
    return sorted(rows, key=lambda rater: (rater.review.cycle.closes_on, rater.group != RaterGroup.SELF, rater.pk))


def _newest_first(rows: list[tuple[int, dict]]) -> list[tuple[int, dict]]:
    """Reviews of one cycle stand together."""
    return sorted(rows, key=lambda row: (row[1]["opens_on"], row[1].get("cycle_id", 0), row[0]), reverse=True)


def _review(pk: int, facts: dict[str, Any]) -> ReviewRow:
    counted = (facts.pop("feedback") or {}) | (facts.pop("votes") or {})
    return ReviewRow(pk=pk, **_read(facts), **counted)


def _cycle(pk: int, facts: dict[str, Any]) -> CycleRow:
    counted = facts.pop("reviews") or {"total": 0, "decided": 0}
    return CycleRow(pk=pk, **_read(facts), **counted)


def _read(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as a row takes them: days are text in JSON, and what it was sorted by has done its part."""
    return {name: value for name, value in facts.items() if name != "opens_on"} | {"closes_on": date.fromisoformat(facts["closes_on"])}


def _page(pk: int, *roles: str) -> QuerySet:
    """The whole page. Each list is found from this person's side and cut before anything of its reviews is counted."""
    member = Member(pk=pk, roles=list(roles))
    reviews = CertificationReview.objects.order_by("-cycle__opens_on", "-cycle", "-pk")
    on_appeals = AppealPanelist.objects.filter(member=member).values("appeal__decision__review")
    on_panels = Panelist.objects.filter(member=member).values("review").union(on_appeals)
    supports = SupportRole.objects.filter(member=member, role__in=TAKE_PART, ended_at__isnull=True).values("enrollment")
    besides = Member.objects.filter(pk=pk).annotate(
        what=Value(BESIDES, CharField()),
        of=F("pk"),
        facts=JSONObject(requests=_number(requests_of(member), "member"), may_open=Exists(cohorts_run_by(member))),
    )
    return besides.values_list(*ROW).union(
        _reviews(OWN, reviews.filter(enrollment__trainee=member), member),
        _reviews(PANEL, reviews.filter(pk__in=on_panels).exclude(state=ReviewState.GATHERING), member),
        _reviews(SUPPORTED, reviews.filter(enrollment__in=supports), member),
        _cycles(ReviewCycle.objects.run_by(member).order_by("-opens_on", "-pk")),
        all=True,
    )


def _reviews(what: str, reviews: QuerySet, member: Member) -> QuerySet:
    """Reviews as rows of the page."""
    of_review = {"review": OuterRef("pk")}
    feedback = JSONObject(
        asked=Count("pk", filter=~Q(state=RaterState.PROPOSED)), answered=Count("pk", filter=Q(state=RaterState.ANSWERED))
    )
    votes = JSONObject(
        panel_size=_number(Panelist.objects.filter(**of_review), "review"),
        voted=_number(PanelVote.objects.filter(**of_review), "review"),
        has_voted=Exists(PanelVote.objects.filter(member=member, **of_review)),
    )
    facts = JSONObject(
        state=F("state"),
        level=F("level"),
        trainee=F("enrollment__trainee__name"),
        cohort=F("cycle__cohort__name"),
        cycle_id=F("cycle_id"),
        number=F("cycle__number"),
        opens_on=F("cycle__opens_on"),
        closes_on=F("cycle__closes_on"),
        feedback=_while(ReviewState.GATHERING, _counted(Rater.objects.filter(**of_review), "review", feedback)),
        votes=_while(ReviewState.VOTING, votes),
    )
    return reviews.annotate(what=Value(what, CharField()), of=F("pk"), facts=facts).values_list(*ROW)[:MOST]


def _cycles(cycles: QuerySet) -> QuerySet:
    """Cycles as rows of the page."""
    reviews = JSONObject(total=Count("pk"), decided=Count("pk", filter=Q(state=ReviewState.DECIDED)))
    facts = JSONObject(
        state=F("state"),
        cohort=F("cohort__name"),
        number=F("number"),
        opens_on=F("opens_on"),
        closes_on=F("closes_on"),
        reviews=_counted(CertificationReview.objects.filter(cycle=OuterRef("pk")), "cycle", reviews),
    )
    return cycles.annotate(what=Value(CYCLE, CharField()), of=F("pk"), facts=facts).values_list(*ROW)[:MOST]


def _counted(rows: QuerySet, by: str, counts: Combinable) -> Subquery:
    """Counts over rows that all have the same `by`; null where there are none."""
    return Subquery(rows.order_by().values(by).annotate(n=counts).values("n"))


def _number(rows: QuerySet, by: str) -> Coalesce:
    return Coalesce(_counted(rows, by, Count("pk")), 0)


def _while(state: ReviewState, facts: Combinable) -> Case:
    """What is asked for of reviews in this state alone."""
    return Case(When(state=state, then=facts), output_field=JSONField())


FOR_MEMBER, FOR_DIRECTOR = Prepared(_page, int), Prepared(lambda pk: _page(pk, OrganizationRole.HR_DIRECTOR), int)
