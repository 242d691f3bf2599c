"""A frozen file in words, in the reader's language: what a panel has before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.queries.growth import GOALS, in_words
from assessments.queries.results import Results, results
from assessments.queries.scheme import scheme_of
from assessments.rules.certification_levels import Answer, Facts, check
from assessments.rules.feedback_items import statements
from assessments.vocabulary import Dimension, Level, Outcome
from organizations.localized import read
from programs.queries.answers import AnsweredField
from programs.vocabulary import Role


@dataclass(frozen=True)
class KpiWords:
    """One KPI as it is read; an empty `value` where there is none, and then `note` says why."""

    key: str
    name: str
    formula: str
    value: str
    n: int | None
    source: str
    note: str
    confirmed_by: str


@dataclass(frozen=True)
class WorkWords:
    """One approved deliverable with its levels."""

    key: str
    name: str
    mean: str
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Previous:
    """How the last review ended."""

    cycle: int
    outcome: str
    scores: tuple[tuple[str, str, int | None], ...]  # dimension, its name, level
    plan: tuple["PointWords", ...]


@dataclass(frozen=True)
class PointWords:
    """A point of the last review's plan; `met_on` is empty where nobody had signed it off."""

    what: str
    due_on: date
    met_on: date | None
    note: str


@dataclass(frozen=True)
class FileWords:
    """The file, section by section."""

    level: str
    held: str
    kpis: list[KpiWords]
    capability: str
    pillars: list[tuple[int, str, str]]
    work: list[WorkWords]
    feedback: Results | None
    goals: list[AnsweredField]
    summary: list[AnsweredField]
    statements: list[tuple[str, str, str]]
    previous: Previous | None
    needs: list[tuple[str, list[Answer]]]


def file_words(file: Mapping[str, Any], version: int) -> FileWords:
    """The file in words; at most seven queries, for names of what answers point at and the template's words."""
    scheme = scheme_of(version)
    pillars = {one["key"]: read(one["name"]) for one in file["capability"]["pillars"]}
    growth, feedback = file["growth"], file["feedback"]
    return FileWords(
        level=str(Level(file["level"]).label),
        held=str(Level(file["held"]).label) if file["held"] else "",
        kpis=kpi_words(file["kpis"], scheme["kpis"]),
        capability=file["capability"]["mean"] or "",
        pillars=[(number, read(one["name"]), one["mean"] or "") for number, one in enumerate(file["capability"]["pillars"], start=1)],
        work=[_work(one) for one in file["capability"]["work"]],
        feedback=results(feedback["cells"], feedback["groups"], statements(scheme["items360"]), pillars),
        goals=in_words(growth["goals_of"], {GOALS: growth["goals"]}, GOALS),
        summary=in_words(growth["summary_of"], growth["summary"]),
        statements=[(str(Role(one["role"]).label), one["name"], one["text"]) for one in file["statements"]],
        previous=_previous(file["previous"]),
        needs=needs_of(file["facts"]),
    )


def needs_of(facts: Mapping[str, Any], scores: Mapping[str, int] | None = None) -> list[tuple[str, list[Answer]]]:
    """What each level needs, and whether it is met, by the label of the level."""
    known = Facts.from_file(facts)
    return [(str(level.label), check(level, known, scores)) for level in Level]


def kpi_words(rows: Sequence[Mapping[str, Any]], definitions: Sequence[Mapping[str, Any]]) -> list[KpiWords]:
    """Every KPI of the template with its value, where there is one."""
    by_key = {row["key"]: row for row in rows}
    nothing = {"value": None, "value_high": None, "n": None, "source": "", "note": "", "confirmed_by": ""}
    return [_kpi(one, by_key.get(one["key"], nothing)) for one in definitions]


def said_value(value: Decimal | str | None, high: Decimal | str | None = None) -> str:
    """A percentage, or a range of two; empty for none."""
    if value is None:
        return ""
    if high is not None and Decimal(high) != Decimal(value):
        return _("%(low)s–%(high)s%%") % {"low": _plain(value), "high": _plain(high)}
    return _("%(number)s%%") % {"number": _plain(value)}


def _plain(value: Decimal | str) -> str:
    return f"{Decimal(value).normalize():,f}"


def _kpi(one: Mapping[str, Any], row: Mapping[str, Any]) -> KpiWords:
    return KpiWords(
        key=one["key"],
        name=read(one["name"]),
        formula=read(one["formula"]),
        value=said_value(row["value"], row["value_high"]),
        n=row["n"],
        source=row["source"],
        note=row["note"],
        confirmed_by=row["confirmed_by"],
    )


def _work(one: Mapping[str, Any]) -> WorkWords:
    name = f"{read(one['name'])} · {one['label']}" if one["label"] else read(one["name"])
    levels = tuple((read(criterion["name"]), criterion["level"]) for criterion in one["criteria"])
    return WorkWords(one["key"], name, one["mean"], levels)


def _previous(before: Mapping[str, Any] | None) -> Previous | None:
    if before is None:
        return None
    outcome = str(Outcome(before["outcome"]).label)
    if before["level"]:
        outcome = f"{outcome} · {Level(before['level']).label}"
    scores = tuple((dimension.value, str(dimension.label), before["scores"].get(dimension)) for dimension in Dimension)
    return Previous(before["cycle"], outcome, scores, tuple(map(_point, before["plan"])))


def _point(one: Mapping[str, Any]) -> PointWords:
    met_on = one.get("met_on")
    return PointWords(one["what"], date.fromisoformat(one["due_on"]), date.fromisoformat(met_on) if met_on else None, one.get("note", ""))
