"""One practice project with all that its page shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from organizations.models import Member
from organizations.rules.working_calendar import WorkingCalendar
from programs.models import Deliverable, Submission
from programs.queries.calendars import calendar_of
from programs.queries.frame import said_at, steps_at
from programs.queries.relations import Relations, relations_of
from programs.vocabulary import DeliverableState, Role
from projects.models import (
    BaselineAnswer,
    BaselineRequest,
    Gate,
    GateCondition,
    GateReview,
    Measure,
    MeasureValue,
    Milestone,
    PracticeProject,
    Risk,
)
from projects.queries.closing import final_is_named, handed_in
from projects.queries.reviewers import reviewers, voice_of
from projects.queries.standing import ProjectStanding, facts_of, standing_of
from projects.rules import gate_states
from projects.rules.attainment import attainment
from projects.rules.closing import Lack, lacking
from projects.rules.gantt import Bar, Cells, Chart, Month, chart
from projects.rules.milestone_dates import OnTime, holding_up, on_time
from projects.rules.risk_levels import LEVELS, level
from projects.vocabulary import GateState, ProjectState, RiskState

LEVEL_WORDS = {
    "high": ("bad", "alert", gettext_lazy("High")),
    "mid": ("warn", "alert", gettext_lazy("Medium")),
    "low": ("", "minus", gettext_lazy("Low")),
}
# A sparkline is drawn 200 wide and 40 high.
WIDTH, HEIGHT, EDGE = 200, 40, 4


@dataclass(frozen=True)
class MeasureLine:
    """A measure with its newest figure, how far it has come, and its course as a polyline."""

    measure: Measure
    values: list[MeasureValue]
    asked: list[BaselineRequest]  # other baselines, oldest first

    @property
    def last(self) -> MeasureValue | None:
        return self.values[-1] if self.values else None

    @property
    def waiting(self) -> BaselineRequest | None:
        """The request that the sponsor has not answered yet."""
        return next((one for one in self.asked if not one.is_answered), None)

    @property
    def attainment(self) -> Decimal | None:
        return attainment(self.measure.baseline, self.measure.target, self.last.value if self.last else None)

    @property
    def course(self) -> list[Decimal]:
        """Baseline and figures in order of their days."""
        start = [self.measure.baseline] if self.measure.baseline is not None else []
        return [*start, *(one.value for one in self.values)]

    @property
    def points(self) -> str:
        """The course as the points of a polyline; empty where there are fewer than two."""
        if len(self.course) < 2:
            return ""
        step = (WIDTH - 2 * EDGE) / (len(self.course) - 1)
        return " ".join(f"{EDGE + number * step:.1f},{self._height(value):.1f}" for number, value in enumerate(self.course))

    @property
    def goal(self) -> str:
        """The height of the target."""
        return f"{self._height(self.measure.target):.1f}" if self.measure.target is not None and self.points else ""

    def _height(self, value: Decimal) -> float:
        known = [*self.course, *([self.measure.target] if self.measure.target is not None else [])]
        low, high = min(known), max(known)
        share = float((value - low) / (high - low)) if high > low else 0.5
        return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)


@dataclass(frozen=True)
class RiskLine:
    """A risk with the word for how serious it is."""

    risk: Risk

    @property
    def level(self) -> str:
        return level(self.risk.probability, self.risk.impact)

    @property
    def tone(self) -> str:
        return LEVEL_WORDS[self.level][0]

    @property
    def icon(self) -> str:
        return LEVEL_WORDS[self.level][1]

    @property
    def word(self) -> str:
        return str(LEVEL_WORDS[self.level][2])


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone with the day on which it is to be expected."""

    milestone: Milestone
    expected_on: date
    holds_up: bool
    is_late: bool

    @property
    def said(self) -> str:
        """The bar in words."""
        day = date_format(self.expected_on, pgettext("format of a day, see Django's date filter", "j M"))
        return (_("reached %(day)s") if self.milestone.actual_on else _("expected %(day)s")) % {"day": day}


@dataclass(frozen=True)
class GateLine:
    """A gate in the strip: its state, who has spoken, what of it is open."""

    gate: Gate
    is_next: bool
    spoken: int
    asked: int
    open_conditions: int
    asks_me: bool


@dataclass(frozen=True)
class Document:
    """Something that the project hands in, with its newest version."""

    deliverable: Deliverable
    submission_id: int | None
    is_later: bool


@dataclass(frozen=True)
class ProjectPage:
    """All that the page of one project shows. `leads`: the reader is its trainee and it is not over."""

    project: PracticeProject
    standing: ProjectStanding
    gates: list[GateLine]
    chart: Chart
    milestones: list[MilestoneLine]
    on_time: OnTime
    measures: list[MeasureLine]
    risks: list[RiskLine]
    matrix: list[tuple[int, list[tuple[str, int]]]]
    conditions: list[GateCondition]
    documents: list[Document]
    mentors: list[str]
    reviewers: dict[str, list[str]]
    lacks: tuple[Lack, ...]
    leads: bool
    reads_task: bool
    is_asked: bool
    relations: Relations
    kind_stays: bool
    later: Document | None
    today: date

    @property
    def plan_rows(self) -> list[tuple[MilestoneLine, Bar, tuple[Cells, ...]]]:
        """The chart's rows with their milestones."""
        return [(line, bar, cells) for line, (bar, cells) in zip(self.milestones, self.chart.rows, strict=True)]

    @property
    def months(self) -> list[tuple[Month, str]]:
        """The chart's months with their names."""
        form = pgettext("format of a month in the journey, see Django's date filter", "M")
        return [(month, date_format(month.first, form)) for month in self.chart.months]

    @property
    def next_gate(self) -> Gate | None:
        return self.standing.next_gate

    @property
    def to_review(self) -> Gate | None:
        """The gate that waits for the reader's verdict."""
        return next((line.gate for line in self.gates if line.asks_me), None)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing any more."""
        return not self.lacks and not self.project.is_over

    @property
    def to_write(self) -> Deliverable | None:
        """What the trainee has to hand in next: what came back first, then what is due first."""
        # A gate's own record is written when the gate is decided.
        ahead = {line.gate.definition.key for line in self.gates if not line.gate.decided_at}
        waiting = [one.deliverable for one in self.documents if not one.is_later and one.deliverable.label not in ahead]
        open_now = [one for one in waiting if one.state == DeliverableState.OPEN and one.due_on]
        returned = next((one for one in waiting if one.state == DeliverableState.RETURNED), None)
        return returned or min(open_now, key=lambda one: one.due_on, default=None)

    @property
    def at(self) -> str:
        """The steps of the workflow that the next milestone of the kind's own plan is about; none once all are reached."""
        about = {one["key"]: one.get("workflow_steps", ()) for one in self.project.kind.milestones}
        ahead = (line.milestone for line in self.milestones if line.milestone.actual_on is None)
        following = next((one for one in ahead if one.key in about), None)
        is_told = following is not None and not self.project.is_over
        return said_at(steps_at(self.project.workflow, about[following.key])) if is_told else ""

    @property
    def open_risks(self) -> int:
        return sum(line.risk.state == RiskState.OPEN for line in self.risks)


def project_for(member: Member, pk: int, today: date) -> PracticeProject | None:
    """A project that this person sees, themselves or for someone who is away."""
    found = PracticeProject.objects.open_to(member, today)
    related = ("enrollment__cohort", "enrollment__trainee", "kind", "work", "sponsor", "figures_owner")
    found = found.select_related(*related).annotate(workflow=F("kind__version__workflow"))
    return found.prefetch_related("enrollment__cohort__deputies").filter(pk=pk).first()


def project_page(project: PracticeProject, member: Member, today: date) -> ProjectPage:
    """The page of a project that was found by `project_for`; a fixed number of queries."""
    relations = relations_of([project.enrollment], today)[project.enrollment_id]
    calendar = calendar_of(project.enrollment.cohort.calendar)
    reviews = Prefetch("reviews", GateReview.objects.only("gate_id", "round", "role", "member_id"))
    kept = Prefetch("conditions", GateCondition.objects.select_related("owner", "settled_by", "gate__definition"))
    gates = list(project.gates.select_related("definition").prefetch_related(reviews, kept).order_by("position"))
    conditions = sorted((one for gate in gates for one in gate.conditions.all()), key=lambda one: (one.due_on, one.pk))
    milestones = list(project.milestones.order_by("position", "pk"))
    risks = list(project.risks.select_related("owner").order_by("-state", "pk"))
    newest = Submission.objects.filter(deliverable=OuterRef("pk"), number=OuterRef("last_number")).values("pk")
    # A project that was stopped keeps its own; the one that followed has others.
    ended_at = project.ended_at if project.state == ProjectState.STOPPED else None
    rows = Deliverable.objects.filter(work=project.work_id, kind__task__isnull=True, ended_at=ended_at)
    deliverables = list(rows.select_related("kind").annotate(newest=Subquery(newest)).order_by("kind__position", "number"))
    facts = handed_in(deliverables)
    documents = [
        Document(row, row.newest, not fact.counts and row.kind.final_after_days is not None)
        for row, fact in zip(deliverables, facts, strict=True)
    ]
    standing = standing_of(project, gates, conditions, milestones, risks, calendar, today)
    chain = holding_up(facts_of(milestones), milestones[-1].pk) if milestones else ()
    by_role = {role: reviewers(project, [role], relations)[role] for gate in gates for role in gate.definition.reviewers}
    mentors = relations.people.get(Role.MENTOR, frozenset())
    names = dict(Member.objects.filter(pk__in=mentors.union(*by_role.values())).values_list("pk", "name"))
    still_open = [one.what for one in conditions if not one.settled_at]
    states = [(gate.definition.key, gate.state) for gate in gates]
    lines = _milestone_lines(milestones, standing, set(chain), today)
    return ProjectPage(
        project=project,
        standing=standing,
        gates=[_gate_line(gate, standing.next_gate, member, by_role, relations) for gate in gates],
        chart=_chart(lines, project, calendar, today),
        milestones=lines,
        on_time=on_time(facts_of(milestones), today),
        measures=_measure_lines(project),
        risks=[RiskLine(one) for one in risks],
        matrix=_matrix(risks),
        conditions=conditions,
        documents=documents,
        mentors=[names[pk] for pk in sorted(mentors)],
        reviewers={role: [names[pk] for pk in sorted(people)] for role, people in by_role.items()},
        lacks=() if project.is_over else lacking(states, facts, still_open, final_is_named(project)),
        leads=project.is_led_by(member) and not project.is_over,
        reads_task=_reads_task(project, member),
        is_asked=project.sponsor_id == member.pk and not project.accepted_at and not project.is_over,
        kind_stays=any(row.last_number for row in deliverables) or any(gate.round for gate in gates),
        later=next((one for one in documents if one.is_later and one.deliverable.state != DeliverableState.APPROVED), None),
        today=today,
        relations=relations,
    )


def _reads_task(project: PracticeProject, member: Member) -> bool:
    return type(project.work).objects.visible_to(member).filter(pk=project.work_id).exists()


def _gate_line(gate: Gate, after: Gate | None, member: Member, by_role: dict[str, frozenset[int]], relations: Relations) -> GateLine:
    given = {one.role: one.member_id for one in gate.reviews.all() if one.round == gate.round}
    missing = gate_states.missing_roles(gate.definition.reviewers, given)
    return GateLine(
        gate=gate,
        is_next=after is not None and gate.pk == after.pk,
        spoken=len(given),
        asked=len(gate.definition.reviewers),
        open_conditions=sum(one.settled_at is None for one in gate.conditions.all()),
        asks_me=gate.state == GateState.CALLED and voice_of(member.pk, by_role, missing, given.values(), relations) is not None,
    )


def _milestone_lines(milestones: list[Milestone], standing: ProjectStanding, chain: set[int], today: date) -> list[MilestoneLine]:
    lines = []
    for one in milestones:
        due = standing.expected[one.pk]
        late = one.actual_on is None and (due < today or due > (one.baseline_on or one.planned_on))
        lines.append(MilestoneLine(one, due, one.pk in chain and late, late))
    return lines


def _chart(lines: list[MilestoneLine], project: PracticeProject, calendar: WorkingCalendar, today: date) -> Chart:
    days = {line.milestone.pk: line.expected_on for line in lines}
    bars = []
    for line in lines:
        one = line.milestone
        begins = days.get(one.depends_on_id)
        start = min(calendar.add_working_days(begins, 1), line.expected_on) if begins else min(project.start_on, line.expected_on)
        look = "done" if one.actual_on else "risk" if line.is_late else "now" if start <= today <= line.expected_on else ""
        bars.append(Bar(one.pk, start, line.expected_on, one.gate_id is not None, look))
    return chart(bars, today)


def _measure_lines(project: PracticeProject) -> list[MeasureLine]:
    values = Prefetch("values", MeasureValue.objects.order_by("on", "pk"))
    answered = Exists(BaselineAnswer.objects.filter(request=OuterRef("pk")))
    asked = Prefetch("baseline_requests", BaselineRequest.objects.annotate(is_answered=answered).order_by("at", "pk"))
    measures = project.measures.prefetch_related(values, asked).order_by("position", "pk")
    return [MeasureLine(one, list(one.values.all()), list(one.baseline_requests.all())) for one in measures]


def _matrix(risks: list[Risk]) -> list[tuple[int, list[tuple[str, int]]]]:
    """Open risks by probability (rows, highest first) and impact: the level of each field, and how many risks lie there."""
    count = Counter((one.probability, one.impact) for one in risks if one.state == RiskState.OPEN)
    return [(row, [(level(row, column), count[row, column]) for column in LEVELS]) for row in reversed(LEVELS)]
