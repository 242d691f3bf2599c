"""Reads the built-in program (programs/builtin/*.toml; format: its README) into the same parts that a version consists of."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from programs.rules import fields
from programs.rules.version_content import (
    CheckPart,
    Content,
    DeliverablePart,
    FactorPart,
    GatePart,
    ModulePart,
    PhasePart,
    PillarPart,
    ProjectPart,
    TaskPart,
    Text,
)

FOLDER = Path(__file__).resolve().parent / "builtin"
PHASES = ("ph1_onboarding", "ph2_core_skills", "ph3_practice_projects", "ph4_deepening", "ph5_certification")


@dataclass(frozen=True)
class BuiltinProgram:
    """The built-in program: its own key and name, and all it says."""

    key: str
    name: Text
    content: Content


@cache
def read_builtin() -> BuiltinProgram:
    """The built-in program; read once per process."""
    frame = _load("frame")
    phases = [_load(name) for name in PHASES]
    program = frame["program"]
    modules = [(file["phase"]["key"], module) for file in phases for module in file["modules"]]
    tasks = [(phase, module, task) for phase, module in modules for task in module["tasks"]]
    projects = [project for file in phases for project in file.get("projects", ())]
    return BuiltinProgram(
        key=program["key"],
        name=_text(program["name"]),
        content=Content(
            summary=_text(program["summary"]),
            aim=_joined(program["aim"]),
            framework=_joined(program["framework"]),
            workflow=[_plain(step) for step in frame["workflow"]["steps"]],
            levels=[_plain(level) for level in frame["levels"]],
            review_scheme={name: _plain(phases[-1][name]) for name in ("kpis", "items360", "levels")},
            pillars=tuple(
                PillarPart(one["key"], number, *(_text(one[text]) for text in ("name", "covers", "aim")))
                for number, one in enumerate(frame["pillars"], start=1)
            ),
            phases=tuple(_phase(file["phase"]) for file in phases),
            modules=tuple(_module(number, phase, module) for number, (phase, module) in enumerate(modules, start=1)),
            tasks=tuple(_task(number, *found) for number, found in enumerate(tasks, start=1)),
            deliverables=_deliverables(phases, tasks, projects),
            checks=tuple(
                CheckPart(one["key"], task["key"], number, _text(one["name"]), _plain(one["items"]), one["by"], one["bulk"])
                for number, (task, one) in enumerate(((task, one) for *_, task in tasks for one in task.get("checks", ())), start=1)
            ),
            projects=tuple(_project(number, project) for number, project in enumerate(projects, start=1)),
            gates=tuple(
                GatePart(one["key"], number, _text(one["name"]), one["offset"], _plain(one["criteria"]), one["reviewers"])
                for number, one in enumerate((gate for file in phases for gate in file.get("gates", ())), start=1)
            ),
            factors=tuple(
                FactorPart(one["key"], number, _text(one["name"]), _text(one["aim"]), [_signal(signal) for signal in one["signals"]])
                for number, one in enumerate(_load("success_factors")["factors"], start=1)
            ),
        ),
    )


def _load(name: str) -> dict:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _text(pair: dict) -> Text:
    return {"zh-hans": pair["zh"].strip(), "en": pair["en"].strip()}


def _joined(element: dict) -> Text:
    """Name and text as one: the name is the first line."""
    name, text = _text(element["name"]), _text(element["text"])
    return {language: f"{name[language]}\n\n{text[language]}" for language in name}


def _plain(value):
    """Inside JSON: {key, zh, en} becomes {key, text}, and {zh, en} a text."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"zh", "en"}:
        return _text(value)
    answer = {name: _plain(one) for name, one in value.items() if name not in ("zh", "en")}
    return answer | {"text": _text(value)} if "zh" in value else answer


def _signal(one: dict) -> dict:
    return {"key": one["key"]} | {name: _text({"zh": one[f"{name}_zh"], "en": one[f"{name}_en"]}) for name in ("name", "formula")}


def _phase(one: dict) -> PhasePart:
    texts = {name: _text(one[name]) for name in ("name", "goal", "exit_text")}
    return PhasePart(**{name: one[name] for name in ("key", "number", "length_days", "schedule", "exit")}, **texts)


def _module(number: int, phase: str, one: dict) -> ModulePart:
    return ModulePart(one["key"], phase, number, _text(one["name"]), _text(one["summary"]), one["responsible"], one["workflow_steps"])


def _task(number: int, phase: str, module: dict, one: dict) -> TaskPart:
    same = ("key", "method", "responsible", "anchor", "offset", "length", "hours", "required", "counts_for_exit", "recurrence", "fiscal")
    return TaskPart(
        phase=phase,
        module=module["key"],
        position=number,
        questions=_plain(one.get("questions", [])),
        anchor_task=one.get("anchor_task"),
        requires=sorted(one["requires"]),
        **{f"weight_{pillar}": weight for pillar, weight in enumerate(module["weights"], start=1)},
        **{name: _text(one[name]) for name in ("name", "what", "judged")},
        **{name: one[name] for name in same},
    )


def _deliverables(phases: list[dict], tasks: list[tuple], projects: list[dict]) -> tuple[DeliverablePart, ...]:
    on_tasks = [(task["key"], one) for *_, task in tasks for one in task.get("deliverables", ())]
    on_projects = [(None, one) for file in phases for one in file.get("deliverables", ())]
    found = sorted([*on_tasks, *on_projects], key=lambda pair: int(pair[1]["key"][1:]))
    return tuple(
        DeliverablePart(
            task=task,
            projects=[project["key"] for project in projects if one["key"] in project["deliverables"]],
            position=number,
            name=_text(one["name"]),
            purpose=_text(one["purpose"]),
            private=one.get("private", False),
            both_steps=one.get("both_steps", False),
            stages=_plain(one.get("stages", [])),
            layout=one["pdf"],
            offset=one.get("offset"),
            length=one.get("length"),
            final_after_days=one.get("final_after_days"),
            fields=fields.as_json(fields.parse(one["fields"])),
            rubric=_plain(one["rubric"]),
            route=[{"scores": False} | _plain(step) for step in one["route"]],
            **{name: one[name] for name in ("key", "hours", "author", "required", "repeats", "minimum")},
        )
        for number, (task, one) in enumerate(found, start=1)
    )


def _project(number: int, one: dict) -> ProjectPart:
    texts = {name: _text(one[name]) for name in ("name", "goal", "mentor_support")}
    lists = {name: _plain(one[name]) for name in ("measures", "activities", "milestones")}
    return ProjectPart(key=one["key"], position=number, weights=one["weights"], **texts, **lists)
