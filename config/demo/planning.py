"""Worksheets of the toolkit in the demo: needs, budgets, plans, pilots, studies, influence logs. Source: content/*/planning.toml.

A row is a list in the order of its form's columns; a row of another part is named by its number, 0 for none. "@-12" is the
twelfth working day before today. Money is for the year to come. `ends` is when what took weeks was written down: its last part,
and the facts that `closing` changes.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from config.demo.path import Path
from config.demo.texts import DAY, fill
from effectiveness.actions import keep_worksheet
from effectiveness.models import TrainingBudget
from effectiveness.models.worksheet import Worksheet
from effectiveness.queries.worksheet_rows import mark_of
from effectiveness.views.tools import TOOLS, Part, Tool


def keep_worksheets(paths: Mapping[str, Path]) -> None:
    """All worksheets of the content: each begun on its day, and one part of it filled in on each of the next."""
    tools = {tool.key: tool for tool in TOOLS}
    for told in next(iter(paths.values())).company.texts["planning"]:
        _keep(paths[told["who"]], tools[told["tool"]], told)


def _keep(path: Path, tool: Tool, told: Mapping[str, Any]) -> None:
    days = path.company.days
    begun, sheet = days.ago(told["days_ago"]), []
    key = f"{tool.key}{told['days_ago']}"
    path.at(begun, lambda: sheet.append(_begin(path, tool, told["facts"])), key=key)
    filled = [part for part in tool.parts if part.key in told]
    for number, part in enumerate(filled, start=1):
        day = days.ago(told["ends"]) if "ends" in told and part is filled[-1] else days.shift(begun, number)
        path.at(day, lambda part=part: _fill(path, sheet[0], part, told[part.key]), key=f"{key}{part.key}")
    if "closing" in told:
        path.at(days.ago(told["ends"] - 1), lambda: keep_worksheet.change(sheet[0], told["closing"], by=path.trainee), key=f"{key}closing")


def _begin(path: Path, tool: Tool, told: Mapping[str, Any]) -> Worksheet:
    facts = {name: _said(path, value) for name, value in told.items()}
    if "year" in tool.form.base_fields:
        facts["year"] = path.company.days.today.year + 1
    if "budget" in facts:
        facts["budget"] = TrainingBudget.objects.get(enrollment=path.enrollment, title=facts["budget"])
    return keep_worksheet.begin(tool.model, path.enrollment, facts, by=path.trainee)


def _fill(path: Path, sheet: Worksheet, part: Part, told: list[list]) -> None:
    rows = getattr(sheet, part.key)
    columns = part.form._meta.fields
    others = {name: [None, *getattr(sheet, other).all()] for name, other in part.form.chosen_from.items()}
    said = [{name: _said(path, value) for name, value in zip(columns, row, strict=True)} for row in told]
    for row in said:
        row |= {name: choices[row[name]] for name, choices in others.items()}
        # What is not known yet, where a figure may be missing.
        row |= {name: None for name, value in row.items() if value == "" and rows.model._meta.get_field(name).null}
    keep_worksheet.keep_rows(sheet, part.key, [(None, row) for row in said], mark_of(()), by=path.trainee)


def _said(path: Path, value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(str(value))
    if not isinstance(value, str):
        return value
    days = path.company.days
    return days.ago(-int(day[1])) if (day := DAY.fullmatch(value)) else fill(value, path.facts)
