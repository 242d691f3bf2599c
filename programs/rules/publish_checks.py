"""What keeps a draft from being published, and what is only worth knowing. Each finding names the part to go to.

Nothing is published that nobody could finish: a task that waits for itself, a date after its phase, a deliverable that
nobody may sign. A text missing in one language is said and does not stop anyone.
Source: moonshot 10; programme map, Phases; decisions part 2, item 6.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from organizations.rules.working_calendar import PLAIN, WorkingCalendar
from programs.rules import fields, frame_checks, phase_schedule, pillar_weights, prerequisites, rubric, sign_off_route, stages
from programs.rules.findings import MESSAGES, PART_NAMES, REVIEWS, Area, Finding, Listed, Said
from programs.rules.version_content import Content, DeliverablePart, Part, TaskPart
from programs.vocabulary import ROLES_NAMED_IN_THE_FORM, Anchor, PhaseExit, Recurrence, Role, ScheduleKind

# Any start does: every date hangs on others by working days alone.
SOME_MONDAY = date(2024, 1, 1)
# Texts are by "zh-hans" and "en"; in the fields of a form by "zh" and "en".
TEXT_KEYS = frozenset({"zh-hans", "zh", "en"})


def check(content: Content) -> list[Area]:
    """Look at everything that a version must have before people start on it."""
    return [
        Area("weights", tuple(_weights(content)), len(content.tasks)),
        Area("exits", tuple(_exits(content))),
        Area("dates", tuple(_dates(content))),
        Area("prerequisites", tuple(_prerequisites(content))),
        Area("routes", (*_routes(content), *_stages(content)), len(content.deliverables)),
        Area("rubrics", tuple(_rubrics(content))),
        Area("forms", tuple(_forms(content))),
        Area("frame", tuple(frame_checks.findings(content))),
        Area("texts", tuple(_texts(content))),
    ]


def stopping(areas: list[Area]) -> list[Finding]:
    """The findings that must be put right before publishing."""
    return [finding for area in areas for finding in area.findings if finding.stops]


def _weights(content: Content) -> Iterator[Finding]:
    for task in content.tasks:
        if not pillar_weights.is_whole(task.weights):
            yield Finding("weights_not_whole", "task", task.key, {"sum": sum(task.weights)})


def _exits(content: Content) -> Iterator[Finding]:
    if not content.phases:
        yield Finding("no_phases")
    for phase in content.phases:
        tasks = [task for task in content.tasks if task.phase == phase.key]
        if not tasks:
            yield Finding("empty_phase", "phase", phase.key)
            continue
        holds = [task for task in tasks if task.required and (task.counts_for_exit or phase.exit == PhaseExit.ALL_REQUIRED)]
        if phase.exit not in (PhaseExit.NONE, PhaseExit.PER_CYCLE) and not holds:
            yield Finding("nothing_ends_it", "phase", phase.key)
    with_tasks = {task.module for task in content.tasks}
    for module in content.modules:
        if module.key not in with_tasks:
            yield Finding("empty_module", "module", module.key)
    for task in content.tasks:
        if not task.responsible:
            yield Finding("nobody_responsible", "task", task.key)


def _dates(content: Content) -> Iterator[Finding]:
    phases = [phase_schedule.PhasePlan(phase.key, max(phase.length_days, 1), phase.schedule) for phase in content.phases]
    tasks = [
        phase_schedule.TaskPlan(t.key, t.phase, t.anchor, t.anchor_task or "", t.offset, t.length, recurrence=t.recurrence)
        for t in content.tasks
    ]
    calendar = WorkingCalendar(PLAIN)
    try:
        schedule = phase_schedule.plan(phases, tasks, SOME_MONDAY, calendar)
    except ValueError as refusal:
        code, where = refusal.args[0], refusal.args[1] if len(refusal.args) > 1 else ""
        yield Finding(code if code in MESSAGES else "unknown_anchor", "task", where if isinstance(where, str) else where[0])
        return
    by_key = {phase.key: phase for phase in content.phases}
    for task in content.tasks:
        phase, dates = by_key[task.phase], schedule.phases[task.phase]
        # What hangs on the organization's own window falls due when that closes.
        if task.fiscal or phase.schedule != ScheduleKind.SEQUENTIAL or schedule.tasks[task.key].due <= dates.end:
            continue
        day = calendar.working_days_between(dates.start, schedule.tasks[task.key].due)
        yield Finding("ends_after_phase", "task", task.key, {"day": day, "days": phase.length_days})


def _prerequisites(content: Content) -> Iterator[Finding]:
    circle = prerequisites.find_circle({task.key: task.requires for task in content.tasks})
    if circle:
        yield Finding("circle", "task", circle[0], {"way": " → ".join([*circle[1:], circle[0]])})
    order = {phase.key: phase.number for phase in content.phases}
    phase_of = {task.key: task.phase for task in content.tasks}
    for task in content.tasks:
        for needed in task.requires:
            if needed in phase_of and order[phase_of[needed]] > order[task.phase]:
                yield Finding("later_phase", "task", task.key, {"other": needed})


def _routes(content: Content) -> Iterator[Finding]:
    projects = {project.key for project in content.projects}
    recurrence = {task.key: task.recurrence for task in content.tasks}
    for one in content.deliverables:
        if not one.task and not projects.intersection(one.projects):
            yield Finding("unknown_project", "deliverable", one.key)
        if one.minimum > 1 and not one.repeats:
            yield Finding("minimum_without_repeat", "deliverable", one.key, {"minimum": one.minimum})
        if one.both_steps and sum(one.author not in step["roles"] for step in one.route) < 2:
            yield Finding("both_steps_of_one", "deliverable", one.key)
        # A statement to the review panel is read and agreed; the panel decides in its cycle.
        agree_only = recurrence.get(one.task) == Recurrence.PER_CYCLE
        for stage in [stage["key"] for stage in one.stages] or [""]:
            yield from _route(one, stage, agree_only)


def _route(one: DeliverablePart, stage: str, agree_only: bool) -> Iterator[Finding]:
    """What keeps the route of a deliverable, or of one of its stages, from running."""
    route, named = stages.of_stage(one.route, stage), _named_by(one, stage)
    for role in sorted(ROLES_NAMED_IN_THE_FORM.intersection(role for step in route for role in step["roles"]) - named.keys()):
        yield Finding("not_asked_for", "deliverable", one.key, {"role": Role(role).label})
    seen = set()
    # Whatever is answered: with the steps that depend on an answer and without them.
    for steps in (route, stages.always_taken(route)):
        for problem in sign_off_route.check(_steps(steps), one.author, agree_only=agree_only, both_steps=one.both_steps, named_by=named):
            if problem not in seen:
                seen.add(problem)
                yield Finding("route", "deliverable", one.key, {"problem": Said(problem)})


def route_of(one: DeliverablePart, stage: str = "") -> list[sign_off_route.Step]:
    """A deliverable's route, or that of one of its stages, as the rule reads it."""
    return _steps(stages.of_stage(one.route, stage))


def _steps(route: list) -> list[sign_off_route.Step]:
    return [sign_off_route.Step(step["kind"], tuple(step["roles"]), bool(step.get("scores")), step.get("days", 3)) for step in route]


def _stages(content: Content) -> Iterator[Finding]:
    tasks = {task.key: task for task in content.tasks}
    for one in content.deliverables:
        known, answers = {stage["key"] for stage in one.stages}, _answers(one)
        if any(entry.get("stage", "") not in {"", *known} for entry in (*one.fields, *one.route)):
            yield Finding("unknown_stage", "deliverable", one.key)
        conditions = [step["when"] for step in one.route if step.get("when")]
        if any(not condition["is"] or not answers.get(condition["field"], set()).issuperset(condition["is"]) for condition in conditions):
            yield Finding("unknown_answer", "deliverable", one.key)
        if not one.stages:
            continue
        task = tasks.get(one.task)
        if task is None or one.repeats or task.recurrence != Recurrence.ONCE:
            yield Finding("stages_not_once", "deliverable", one.key)
        lengths = [stage["length"] for stage in one.stages]
        if lengths != sorted(set(lengths)) or (task and lengths[-1] > task.length):
            yield Finding("stage_dates", "deliverable", one.key)
        for stage in one.stages:
            if not stages.of_stage(one.fields, stage["key"]):
                yield Finding("empty_stage", "form", one.key, {"stage": stage["key"]})


def _answers(one: DeliverablePart) -> dict[str, set[str]]:
    """What can be chosen in each field of the form."""
    return {field["key"]: {choice["key"] for choice in field.get("choices", ())} for field in one.fields}


def _named_by(one: DeliverablePart, stage: str) -> dict[str, str]:
    try:
        return fields.named_by(fields.parse(stages.of_stage(one.fields, stage)), one.author)
    except ValueError:
        return {}


def _rubrics(content: Content) -> Iterator[Finding]:
    for one in content.deliverables:
        criteria = [rubric.Criterion(criterion["key"], criterion["weight"]) for criterion in one.rubric]
        for problem in rubric.check_rubric(criteria):
            yield Finding("rubric", "rubric", one.key, {"problem": Said(problem)})
        scores = any(step.get("scores") for step in one.route)
        per_cycle = any(task.key == one.task and task.recurrence == Recurrence.PER_CYCLE for task in content.tasks)
        if criteria and not scores and not per_cycle:
            yield Finding("unscored_rubric", "deliverable", one.key)
        if scores and not criteria:
            yield Finding("scores_without_rubric", "rubric", one.key)
        for criterion in one.rubric:
            if len(criterion["levels"]) != len(rubric.LEVELS) or not all(any(level.values()) for level in criterion["levels"]):
                yield Finding("level_missing", "rubric", one.key, {"criterion": criterion["key"]})


def _forms(content: Content) -> Iterator[Finding]:
    for one in content.deliverables:
        for problem in fields.check_definition(fields.parse(one.fields)):
            # Said among the texts, where it stops nobody.
            if problem.code not in ("missing_label", "choice_without_label") or _is_unlabeled(one, problem.field):
                yield Finding("field", "form", one.key, {"field": problem.field, "problem": Said(problem)})
    for check_ in content.checks:
        if not check_.items:
            yield Finding("empty_check", "check", check_.key)
        if not check_.by:
            yield Finding("nobody_checks", "check", check_.key)
        for key in _doubles([item["key"] for item in check_.items]):
            yield Finding("double_key", "check", check_.key, {"entry": key})


def _is_unlabeled(one: DeliverablePart, key: str) -> bool:
    """Whether something of the field has no label in any language."""
    return any(not any(text.values()) for definition in one.fields if definition["key"] == key for text in _labels(definition))


def _labels(definition: Mapping) -> Iterator[Mapping]:
    yield definition["label"]
    for inner in (*definition.get("columns", ()), *definition.get("choices", ())):
        yield from _labels(inner)


def _doubles(keys: list[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})


def _texts(content: Content) -> Iterator[Finding]:
    yield from _missing("version", "", {name: getattr(content, name) for name in ("summary", "aim", "framework")})
    for kind in ("workflow", "levels"):
        yield from _missing(kind, "", {kind: getattr(content, kind)})
    for name, kind in REVIEWS.items():
        yield from _missing(kind, "", {kind: content.review_scheme.get(name, [])})
    for part in content.parts():
        kind = _kind(part)
        if not any(part.name.values()):
            yield Finding("no_name", kind, part.key)
        if isinstance(part, TaskPart) and not any(part.what.values()):
            yield Finding("nothing_to_do", kind, part.key)
        yield from _missing(kind, part.key, vars(part))


def _missing(kind: str, key: str, values: Mapping) -> Iterator[Finding]:
    lacking = {name: _lacking(value) for name, value in values.items() if name in PART_NAMES}
    for language, code in (("en", "no_english"), ("zh", "no_chinese")):
        names = [name for name, languages in lacking.items() if language in languages]
        if names:
            yield Finding(code, kind, key, {"what": Listed(names)})


def _lacking(value: object) -> set[str]:
    """The languages ("en", "zh") in which a text somewhere in the value is missing; one that is written in none lacks none."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if one.keys() <= TEXT_KEYS:
                written = {name[:2] for name, words in one.items() if words and not words.isspace()}
                if len(written) == 1:
                    found |= {"en", "zh"} - written
            else:
                waiting += one.values()
    return found


def _kind(part: Part) -> str:
    return type(part).__name__.removesuffix("Part").lower()


def beginning_from(content: Content, key: str) -> list[str]:
    """The keys of tasks whose dates are counted from this one's due date."""
    return [task.key for task in content.tasks if task.anchor == Anchor.TASK and task.anchor_task == key]


def waiting_for(content: Content, key: str) -> list[str]:
    """The keys of tasks that stay locked until this one is done."""
    return [task.key for task in content.tasks if key in task.requires]
