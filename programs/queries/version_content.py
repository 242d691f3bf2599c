"""All that template versions say, in one statement for each however many parts they have."""

import json
from collections.abc import Iterable
from dataclasses import fields as fields_of
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from organizations.prepared import Prepared
from programs.models import (
    CheckDefinition,
    DeliverableKind,
    GateDefinition,
    Module,
    Phase,
    Pillar,
    Prerequisite,
    ProjectKind,
    SuccessFactor,
    TaskDefinition,
    TemplateVersion,
)
from programs.rules import version_content
from programs.rules.version_content import Content

MODELS: dict[str, tuple[type[Model], type]] = {
    "pillars": (Pillar, version_content.PillarPart),
    "phases": (Phase, version_content.PhasePart),
    "modules": (Module, version_content.ModulePart),
    "tasks": (TaskDefinition, version_content.TaskPart),
    "deliverables": (DeliverableKind, version_content.DeliverablePart),
    "checks": (CheckDefinition, version_content.CheckPart),
    "projects": (ProjectKind, version_content.ProjectPart),
    "gates": (GateDefinition, version_content.GatePart),
    "factors": (SuccessFactor, version_content.FactorPart),
}
# Another part is named by its key.
BY_KEY = {"phase": F("phase__key"), "module": F("module__key"), "task": F("task__key"), "anchor_task": F("anchor_task__key")}
REQUIRES = ArraySubquery(Prerequisite.objects.filter(task=OuterRef("pk")).order_by("requires__key").values("requires__key"))
TEXTS = {"name", "summary", "aim", "framework", "covers", "goal", "exit_text", "what", "judged", "purpose", "mentor_support"}


def load_content(versions: Iterable[int]) -> dict[int, Content]:
    """The content of versions by their id; one query for each."""
    return {row["pk"]: _content(row) for version in versions for row in WHOLE.rows(version)}


def content_to_read(version: TemplateVersion) -> Content:
    """The content of a version, only to be shown: this process keeps that of published ones, which nobody can change."""
    if version.is_draft:
        return load_content([version.pk])[version.pk]
    return _published(version.organization_id, version.pk, version.content_hash)


@lru_cache(maxsize=8)
def _published(_organization: int, version: int, _content_hash: str) -> Content:
    return load_content([version])[version]


def _whole(version: int) -> QuerySet:
    columns = {f"all_{name}": _parts(model, part) for name, (model, part) in MODELS.items()}
    own = ("summary", "aim", "framework", "workflow", "levels", "review_scheme")
    return TemplateVersion.objects.filter(pk=version).values("pk", *own, **columns)


WHOLE = Prepared(_whole, int)


def _parts(model: type[Model], part: type) -> ArraySubquery:
    values = {one.name: BY_KEY.get(one.name, F(one.name)) for one in fields_of(part) if one.name != "requires"}
    if model is TaskDefinition:
        values["requires"] = REQUIRES
    rows = model.objects.filter(version=OuterRef("pk")).order_by("number" if model is Phase else "position", "pk")
    return ArraySubquery(rows.values(part_json=JSONObject(**values)))


def _content(row: dict) -> Content:
    own = {name: _text(row[name].data) for name in ("summary", "aim", "framework")}
    json_columns = {name: row[name] for name in ("workflow", "levels", "review_scheme")}
    parts = {
        name: tuple(part(**{key: _text(value) if key in TEXTS else value for key, value in one.items()}) for one in row[f"all_{name}"])
        for name, (_model, part) in MODELS.items()
    }
    return Content(**own, **json_columns, **parts)


def _text(stored: str | dict | None) -> dict:
    """A localized text as it lies in the database: JSON, or one text for every language."""
    if isinstance(stored, str) and stored.startswith("{"):
        stored = json.loads(stored)
    if isinstance(stored, dict):
        return {language: text for language, text in stored.items() if text}
    return {"zh-hans": stored, "en": stored} if stored else {}
