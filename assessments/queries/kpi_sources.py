"""KPI figures that the product has itself, so that nobody types them: the seam between a review and what lies below it.

Each source answers figures for formulas of rules/kpi_formulas.py, with the rows they are counted from. They are proposed: a person
takes them over, or writes others and says why. What is not here is typed in. Source: content 7.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.queries.capability import MET, quality, scored_work
from assessments.queries.file_words import said_value
from assessments.rules.kpi_formulas import Result, Unanswerable, compute
from effectiveness.models import AnnualPlan, Behavior, KeyResult, ResultsStudy
from effectiveness.queries.sessions_held import HeldSession, SessionsHeld, sessions_held
from effectiveness.queries.study_page import study_page
from effectiveness.rules.level_one import FEWEST
from programs.models import Deliverable, Enrollment
from programs.queries.answers import said_number
from projects.models import Measure, MeasureValue, Milestone, PracticeProject
from projects.queries.standing import facts_of
from projects.rules.milestone_dates import on_time
from projects.vocabulary import ProjectState

CENT = Decimal("0.01")
REPORT = "D14"  # with it a return on investment may be shown

# What each is counted from; said where there is nothing yet.
COUNTED_FROM = {
    "K1": gettext_lazy("attendance of the sessions held"),
    "K2": gettext_lazy("closed surveys with five answers or more"),
    "K3": gettext_lazy("tests that five people or more took"),
    "K4": gettext_lazy("behaviors looked for in a study of results"),
    "K5": gettext_lazy("milestones of practice projects that are due"),
    "K6": gettext_lazy("levels of approved versions"),
    "K7": gettext_lazy("a measure of a practice project, or a key result of the annual plan, that has all three figures"),
    "K8": gettext_lazy("a study with benefits, full costs and a named method, where a level 3-4 and ROI report belongs to the project"),
}


@dataclass(frozen=True)
class Gathered:
    """Figures for a KPI as the product has them, their source in words, the rows behind them, and what one has to know of them."""

    key: str
    figures: Mapping[str, Decimal | str]
    source: str
    rows: list[tuple[str, str]] = field(default_factory=list)  # what, and what it says
    remark: str = ""

    @property
    def result(self) -> Result:
        """What comes out."""
        return compute(self.key, self.figures)

    @property
    def said(self) -> str:
        """The value in words."""
        return said_value(self.result.value, self.result.high)


def gathered(enrollment: Enrollment, today: date) -> dict[str, Gathered]:
    """By KPI: what the product knows of this trainee today; fourteen queries at most. Figures without a value are no proposal."""
    held = sessions_held(enrollment, today)
    sources = (_of_sessions(held), _of_behavior(enrollment), _of_projects(enrollment, today), _of_work(enrollment), _of_return(enrollment))
    return {one.key: one for source in sources for one in source if _has_value(one)}


def _has_value(one: Gathered) -> bool:
    try:
        compute(one.key, one.figures)
    except Unanswerable:
        return False
    return True


def _of_sessions(held: SessionsHeld) -> Iterator[Gathered]:
    """K1 to K3. What few people said or scored is in no sum, and not listed."""
    covered, count = held.coverage, len(held.sessions)
    told = ngettext("Attendance of %(n)s session in Trellis", "Attendance of %(n)s sessions in Trellis", count) % {"n": count}
    remark = _("Each person on the lists counts once; who has left does not. A target group beyond the lists is not known here.")
    yield Gathered(
        "K1",
        {"attended": Decimal(covered.attended), "target": Decimal(covered.people)},
        told,
        [(one.name, _("%(stayed)s of %(n)s stayed for 80%%") % {"stayed": one.stayed, "n": len(one.seats)}) for one in held.sessions],
        remark,
    )
    points, count = held.points, held.forms
    told = ngettext("%(n)s answer to surveys in Trellis", "%(n)s answers to surveys in Trellis", count) % {"n": count}
    yield Gathered(
        "K2",
        {"favourable": Decimal(points.favorable), "answers": Decimal(points.given)},
        told,
        [(one.name, _said_reaction(one)) for one in held.answered],
        _left_out(len(held.asked) - len(held.answered)),
    )
    learned = held.learned
    gain = _("Normalized gain of %(n)s pairs: %(gain)s.") % {"n": learned.pairs, "gain": learned.normalized}
    remarks = [gain if learned.normalized is not None else "", _left_out(len(held.tested) - len(held.measured))]
    count = len(held.measured)
    told = ngettext("%(n)s test in Trellis", "%(n)s tests in Trellis", count) % {"n": count}
    yield Gathered(
        "K3",
        {"passed": Decimal(held.people_passed), "tested": Decimal(held.people_tested)},
        told,
        [(one.name, _said_learning(one)) for one in held.measured],
        " ".join(filter(None, remarks)),
    )


def _of_behavior(enrollment: Enrollment) -> Iterator[Gathered]:
    """K4, of all studies; what the learner alone saw stands apart."""
    rows = list(Behavior.objects.filter(sheet__enrollment=enrollment).select_related("sheet").order_by("sheet", "position", "pk"))
    alone = sum(row.by_learner - row.both for row in rows)
    yield Gathered(
        "K4",
        {"seen": Decimal(sum(row.both for row in rows)), "behaviours": Decimal(sum(row.n for row in rows))},
        _("Studies of results in Trellis: %(names)s") % {"names": _(", ").join(dict.fromkeys(row.sheet.title for row in rows))[:200]},
        [(row.behavior, _("seen by both in %(both)s of %(n)s") % {"both": row.both, "n": row.n}) for row in rows],
        _("Seen by the learner alone, and not added: %(n)s.") % {"n": alone},
    )


def _of_projects(enrollment: Enrollment, today: date) -> Iterator[Gathered]:
    """K5 of all projects that were not stopped; K7 of the first measure that has all three figures."""
    projects = PracticeProject.objects.filter(enrollment=enrollment).exclude(state=ProjectState.STOPPED)
    by_project: dict[str, list[Milestone]] = {}
    for milestone in Milestone.objects.filter(project__in=projects).select_related("project").order_by("project", "position", "pk"):
        by_project.setdefault(milestone.project.name, []).append(milestone)
    times = {name: on_time(facts_of(milestones), today) for name, milestones in by_project.items()}
    yield Gathered(
        "K5",
        {"reached": Decimal(sum(one.reached for one in times.values())), "due": Decimal(sum(one.due for one in times.values()))},
        _("Milestones of practice projects in Trellis, against the baseline"),
        [(name, _("%(reached)s of %(due)s due reached in time") % {"reached": one.reached, "due": one.due}) for name, one in times.items()],
    )
    goals = _measures(projects) or _key_results(enrollment)
    first = next((goal for goal in goals if _has_value(goal)), None)
    if first:
        remark = _("The first of them that has all three figures. For another write its figures, and say which and why.")
        source = _("Measure in Trellis: %(name)s") % {"name": first.source[:200]}
        yield Gathered("K7", first.figures, source, [row for goal in goals for row in goal.rows], remark if len(goals) > 1 else "")


def _measures(projects) -> list[Gathered]:
    newest = MeasureValue.objects.filter(measure=OuterRef("pk")).order_by("-on", "-pk")
    rows = Measure.objects.filter(project__in=projects, baseline__isnull=False, target__isnull=False)
    rows = rows.annotate(actual=Subquery(newest.values("value")[:1]), taken_on=Subquery(newest.values("on")[:1]))
    return [
        _goal(f"{row.project.name} · {row.name}", row.baseline, row.target, row.actual)
        for row in rows.filter(actual__isnull=False).select_related("project").order_by("project", "position", "pk")
    ]


def _key_results(enrollment: Enrollment) -> list[Gathered]:
    plan = AnnualPlan.objects.filter(enrollment=enrollment).order_by("-year", "-pk")[:1]
    rows = KeyResult.objects.filter(sheet__in=Subquery(plan.values("pk"))).order_by("position", "pk")
    return [_goal(row.key_result, row.start, row.target, row.now) for row in rows]


def _goal(name: str, baseline: Decimal, target: Decimal, actual: Decimal) -> Gathered:
    told = {"baseline": _plain(baseline), "target": _plain(target), "actual": _plain(actual)}
    said = _("from %(baseline)s to %(target)s, now %(actual)s") % told
    return Gathered("K7", {"baseline": baseline, "target": target, "actual": actual}, name, [(name, said)])


def _of_work(enrollment: Enrollment) -> Iterator[Gathered]:
    """K6."""
    scored = scored_work(enrollment)
    met, criteria = quality(scored)
    rows = [
        (f"{one.key} {one.label}".strip(), _("%(met)s of %(n)s criteria at level 3 or above") % {"met": reached, "n": len(one.criteria)})
        for one in scored
        for reached in [sum(each["level"] >= MET for each in one.criteria)]
    ]
    yield Gathered("K6", {"met": Decimal(met), "criteria": Decimal(criteria)}, _("Levels of approved versions in Trellis"), rows)


def _of_return(enrollment: Enrollment) -> Iterator[Gathered]:
    """K8, of the study changed last that names a method; only where the project has a level 3-4 and ROI report."""
    if not Deliverable.objects.filter(work__enrollment=enrollment, kind__key=REPORT, ended_at__isnull=True).exists():
        return
    sheet = ResultsStudy.objects.filter(enrollment=enrollment).exclude(isolation="").first()
    page = study_page(sheet) if sheet else None
    if page is None or page.range is None:
        return
    low, high = page.range.conservative, page.range.likely
    missing, worth = _(", ").join(str(kind.label) for kind in page.missing_costs), _("%(amount)s in the first year, conservatively")
    benefits = [(str(line.row), worth % {"amount": _plain(line.worth.conservative)}) for line in page.benefits]
    yield Gathered(
        "K8",
        {
            "benefits_low": low.benefits.quantize(CENT),
            "benefits_high": high.benefits.quantize(CENT),
            "costs": page.cost,
            "isolation": sheet.isolation,
        },
        _("Study in Trellis: %(name)s") % {"name": sheet.title},
        benefits + [(f"{row.get_kind_display()} · {row.name}", _plain(row.amount)) for row in page.costs],
        _("No line yet for: %(kinds)s. Full costs leave nothing out.") % {"kinds": missing} if missing else "",
    )


def _said_reaction(one: HeldSession) -> str:
    points, told = one.points, []
    if points is not None and points.given:
        told.append(_("%(favorable)s%% favorable") % {"favorable": round(points.favorable / points.given * 100)})
        told.append(_("mean %(mean)s of 5") % {"mean": points.mean})
    told.append(ngettext("%(n)s answer", "%(n)s answers", len(one.answers)) % {"n": len(one.answers)})
    if one.rate is not None and one.rate <= 100:
        told.append(_("response rate %(rate)s%%") % {"rate": one.rate})
    return _(", ").join(told)


def _said_learning(one: HeldSession) -> str:
    found = one.learning
    if found is None:
        return ""
    return _("%(passed)s of %(n)s at the pass mark of %(mark)s") % {"passed": found.passed, "n": found.tested, "mark": one.pass_mark}


def _left_out(count: int) -> str:
    """That of some sessions nothing is in the sum."""
    if not count:
        return ""
    said = ngettext(
        "%(n)s session is left out: still open, or fewer than %(fewest)s people.",
        "%(n)s sessions are left out: still open, or fewer than %(fewest)s people.",
        count,
    )
    return said % {"n": count, "fewest": FEWEST}


def _plain(value: Decimal) -> str:
    return said_number(value.quantize(CENT).normalize())
