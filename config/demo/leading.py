"""Practice projects in the demo: chosen, sponsored, measured, brought before their gates, closed. Source: content/*/projects.toml."""

from datetime import date
from decimal import Decimal
from typing import Any

from config.demo.answering import deliver, texts_of
from config.demo.days import pick
from config.demo.path import PROJECT, Path
from config.demo.texts import fill
from programs.actions import submit_work
from programs.models import Deliverable, ProjectKind
from programs.vocabulary import Role
from projects.actions import change_plan, choose_project, close_project, hold_gate, name_sponsor, settle_condition
from projects.actions.hold_gate import NewCondition
from projects.models import Gate, GateCondition, PracticeProject
from projects.queries.gate_record import gate_record
from projects.vocabulary import Judgment, RiskState, Verdict


def lead(path: Path, chosen: int, *, rounds: tuple[int, ...] = ()) -> None:
    """A project from its choice so many working days ago on. `rounds`: as long ago was each round of its gates called.

    What the kind reports besides (D14, D15) comes when the content says so; with the last gate's round the summary (D13) is
    handed in and the project closed.
    """
    days, told = path.company.days, path.company.texts["projects"][path.who]
    first = days.ago(chosen)
    path.at(first, lambda: _choose(path, told), time="10:00")
    path.at(days.shift(first, 1), lambda: _accept(path, told), time="14:10")
    path.at(days.shift(first, 3), lambda: _plan(path, told), time="11:20")
    for name, values in told["values"].items():
        for ago, value in values:
            path.at(days.ago(ago), lambda name=name, value=value: _measure(path, told, name, value), key=f"{name}{ago}")
    if not rounds:
        path.draft("D11", days.shift(first, 5), texts_of(path, "D11"), without=("evaluation_plan", "resources", "risks"))
        return
    deliver(path, "D11", days.shift(first, 4), soon=True)
    for ago, facts in zip(rounds, told["rounds"], strict=True):
        _round(path, days.ago(ago), facts)
    for key, ago, signs in told.get("reports", ()):
        deliver(path, key, days.ago(ago), signs=signs, soon=True)
    if told.get("closes"):
        deliver(path, "D13", days.ago(rounds[-1] + 6), soon=True)
        path.at(days.ago(rounds[-1] - 8), lambda: _close(path), time="16:30")


def _project(path: Path) -> PracticeProject:
    return PracticeProject.objects.select_related("enrollment__cohort", "enrollment__trainee").get(enrollment=path.enrollment)


def _gate(path: Path, key: str) -> Gate:
    return Gate.objects.select_related("definition").get(project__enrollment=path.enrollment, definition__key=key)


def _choose(path: Path, told: dict) -> None:
    kind = ProjectKind.objects.get(version=path.enrollment.cohort.version_id, key=told["kind"])
    facts = {"name": fill(told["name"], path.facts), "problem": fill(told["problem"], path.facts)}
    choose_project.choose(path.works[PROJECT], kind, **facts, sponsor=path.person(Role.SPONSOR), by=path.trainee, today=path.today)


def _accept(path: Path, told: dict) -> None:
    if told.get("accepts"):
        name_sponsor.answer(_project(path), True, note=told["accepts"], by=path.person(Role.SPONSOR), today=path.today)


def _plan(path: Path, told: dict) -> None:
    """Measures get their baseline and target, risks are written down."""
    project = _project(path)
    for measure in project.measures.all():
        unit, baseline, target, source = told["measures"][measure.key]
        facts = {"unit": unit, "baseline": _number(baseline), "target": _number(target), "source": fill(source, path.facts)}
        change_plan.save_measure(project, measure, facts, by=path.trainee, today=path.today)
    for name, probability, impact, response in told["risks"]:
        facts = {"name": name, "probability": probability, "impact": impact, "response": response, "owner": path.trainee}
        change_plan.save_risk(project, None, {**facts, "state": RiskState.OPEN}, by=path.trainee, today=path.today)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _measure(path: Path, told: dict, key: str, value: str) -> None:
    measure = _project(path).measures.get(key=key)
    change_plan.record_value(
        measure, value=Decimal(value), on=path.today, source=fill(told["measures"][key][3], path.facts), by=path.trainee, today=path.today
    )


def _round(path: Path, day: date, facts: dict[str, Any]) -> None:
    """The trainee calls a gate, its reviewers speak on the next days, the record (D12) follows what they decided."""
    days, key = path.company.days, facts["gate"]
    number = int(key[1:])
    path.at(day, lambda: _call(path, key, facts), time="09:40")
    for role, verdict, reasons in facts["voices"]:
        day = days.shift(day, 1)
        speak = lambda role=role, verdict=verdict, reasons=reasons: _speak(path, key, facts, role, verdict, reasons)  # noqa: E731
        path.at(day, speak, key=f"{key}{role}{facts['gate']}")
    if not facts["voices"] or any(verdict in (Verdict.REWORK, Verdict.STOP) for _role, verdict, _reasons in facts["voices"]):
        return
    day = days.shift(day, 1)
    path.at(day, lambda: _record(path, key, number), time="15:20")
    for at, role in enumerate((Role.MENTOR, Role.SPONSOR)):
        scores = {"evidence": 3, "candor": 3 + pick(path.who + key, 2), "conditions_closed": 3} if role == Role.MENTOR else None
        path.sign("D12", days.shift(day, 1 + at), path.person(role), number=number, note=facts["signed"] if not at else "", scores=scores)
    if settled := facts.get("settled"):
        path.at(days.shift(day, 8), lambda: _settle(path, key, settled), time="13:45")


def _call(path: Path, key: str, facts: dict) -> None:
    project, gate = _project(path), _gate(path, key)
    # What the plan has before this gate was reached on the day that was agreed.
    for milestone in project.milestones.filter(gate__isnull=True, actual_on__isnull=True, planned_on__lte=path.today):
        change_plan.save_milestone(project, milestone, {"actual_on": milestone.planned_on}, by=path.trainee, today=path.today)
    hold_gate.call(gate, {name: fill(text, path.facts) for name, text in facts["evidence"].items()}, by=path.trainee, today=path.today)


def _speak(path: Path, key: str, facts: dict, role: str, verdict: str, reasons: str) -> None:
    gate = _gate(path, key)
    judgments = {one["key"]: {"judgment": Judgment.MET, "note": ""} for one in gate.definition.criteria}
    if verdict != Verdict.GO:
        judgments |= {name: {"judgment": judged, "note": note} for name, (judged, note) in facts["judged"].items()}
    conditions = [
        NewCondition(fill(what, path.facts), path.person(owner).pk, path.company.days.shift(path.today, ahead))
        for what, owner, ahead in (facts["conditions"] if verdict == Verdict.GO_WITH_CONDITIONS else ())
    ]
    said = {"judgments": judgments, "reasons": fill(reasons, path.facts), "conditions": conditions, "round": gate.round}
    hold_gate.review(gate, verdict, **said, by=path.person(role), today=path.today)


def _record(path: Path, key: str, number: int) -> None:
    deliverable = Deliverable.objects.get(work=path.works[PROJECT], kind__key="D12", number=number, ended_at__isnull=True)
    submit_work.submit(deliverable, gate_record(_gate(path, key)), note="", by=path.trainee, today=path.today)


def _settle(path: Path, key: str, note: str) -> None:
    for condition in GateCondition.objects.filter(gate=_gate(path, key), settled_at__isnull=True):
        settle_condition.settle(condition, note, by=path.person(Role.MENTOR), today=path.today)


def _close(path: Path) -> None:
    project = _project(path)
    if not project.is_over:
        close_project.close(project, by=path.trainee, today=path.today)
