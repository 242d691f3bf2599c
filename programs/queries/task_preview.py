"""A task of a template version as a trainee would see it; out of the version alone."""

from dataclasses import dataclass, replace

from organizations.localized import read
from programs.models import TemplateVersion
from programs.queries.task_trail import Entry, Scores, role_words, scores_of, trail_of
from programs.queries.version_content import load_content
from programs.rules import stages
from programs.rules.version_content import CheckPart, Content, DeliverablePart, TaskPart
from programs.rules.written_text import Block, blocks
from programs.vocabulary import DeliverableState, LearningMethod, Role


@dataclass(frozen=True)
class PreviewedDeliverable:
    """A deliverable before anybody has begun it."""

    part: DeliverablePart
    name: str
    purpose: str
    scores: Scores
    trail: list[Entry]


@dataclass(frozen=True)
class PreviewedCheck:
    """A check before anybody has answered it."""

    name: str
    items: list[str]
    by: str


@dataclass(frozen=True)
class TaskPreview:
    """The task's page."""

    version: TemplateVersion
    part: TaskPart
    name: str
    module: str
    method: str
    responsible: str
    what: list[Block]
    judged: list[Block]
    questions: list[str]
    pillar_names: list[str]
    level_names: list[str]
    deliverables: list[PreviewedDeliverable]
    checks: list[PreviewedCheck]


def task_preview(template_id: int, key: str, number: int | None, readable: frozenset[int] | None) -> TaskPreview | None:
    """The task of this key in a version (the newest without a number) that the person reads; two queries. None where it is missing."""
    versions = TemplateVersion.objects.filter(template=template_id, template__archived_at__isnull=True).select_related("template")
    if number is not None:
        versions = versions.filter(number=number)
    if readable is not None:
        versions = versions.filter(pk__in=readable)
    version = versions.order_by("-number").first()
    content = load_content([version.pk])[version.pk] if version else None
    task = content.find("task", key) if content else None
    return _preview(version, content, task) if task else None


def _preview(version: TemplateVersion, content: Content, task: TaskPart) -> TaskPreview:
    module = content.find("module", task.module)
    level_names = [read(level["name"]) for level in content.levels]
    return TaskPreview(
        version=version,
        part=task,
        name=read(task.name),
        module=f"{module.key} {read(module.name)}",
        method=str(LearningMethod(task.method).label),
        responsible=role_words(task.responsible) if task.responsible else "",
        what=blocks(read(task.what)),
        judged=blocks(read(task.judged)),
        questions=[read(one["text"]) for one in task.questions],
        pillar_names=[read(pillar.name) for pillar in content.pillars],
        level_names=level_names,
        deliverables=[
            _deliverable(one, level_names) for whole in content.deliverables if whole.task == task.key for one in _by_stage(whole)
        ],
        checks=[_check(one) for one in content.checks if one.task == task.key],
    )


def _by_stage(one: DeliverablePart) -> list[DeliverablePart]:
    """The deliverable, or what is handed in at each of its stages."""
    found = []
    for stage in one.stages:
        fields, route = stages.of_stage(one.fields, stage["key"]), stages.of_stage(one.route, stage["key"])
        name = {language: f"{words} · {read(stage['name'])}" for language, words in one.name.items()}
        rubric = one.rubric if any(step.get("scores") for step in route) else []
        found.append(replace(one, name=name, fields=fields, route=route, rubric=rubric))
    return found or [one]


def _deliverable(one: DeliverablePart, level_names: list[str]) -> PreviewedDeliverable:
    # Without dates: they are planned when someone is enrolled.
    trail = trail_of([], one, DeliverableState.OPEN, {}, 0, str(Role(one.author).label), None)
    return PreviewedDeliverable(
        one,
        read(one.name),
        read(one.purpose),
        scores_of(one, [], level_names),
        [entry for entry in trail if entry.what != "next_submit"],
    )


def _check(one: CheckPart) -> PreviewedCheck:
    return PreviewedCheck(read(one.name), [read(item["text"]) for item in one.items], role_words(one.by) if one.by else "")
