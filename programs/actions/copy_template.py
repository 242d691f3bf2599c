"""Copy the built-in program into the organization, and any content into a version."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.builtin_reader import read_builtin
from programs.models import (
    CheckDefinition,
    DeliverableKind,
    GateDefinition,
    Module,
    Phase,
    Pillar,
    Prerequisite,
    ProgramTemplate,
    ProjectKind,
    SuccessFactor,
    TaskDefinition,
    TemplateVersion,
)
from programs.policies.design import may_design
from programs.rules.version_content import Content, Part
from programs.vocabulary import Anchor


@transaction.atomic
def copy_template(name: LazyI18nString, *, by: Member) -> TemplateVersion:
    """A template of the organization's own, as draft 1, with all of the built-in program in both languages.

    Some twenty statements, however long the program is.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "name_missing".
    """
    if not may_design(by):
        raise PermissionDenied(_("Only the HR director shapes programs. Ask them to copy the template."))
    if not str(name).strip():
        raise ValidationError({"name": ValidationError(_("Give the template a name."), code="name_missing")})
    builtin = read_builtin()
    template = ProgramTemplate.objects.create(name=name, source=builtin.key, created_by=by)
    version = write_version(template, 1, builtin.content)
    record(AuditAction.TEMPLATE_COPIED, version, by=by, after={"source": builtin.key, "name": name.data})
    return version


def write_version(template: ProgramTemplate, number: int, content: Content) -> TemplateVersion:
    """A new draft with this content. Parts keep their keys; what points at another part finds it by key."""
    version = TemplateVersion.objects.create(
        template=template,
        number=number,
        summary=LazyI18nString(content.summary),
        aim=LazyI18nString(content.aim),
        framework=LazyI18nString(content.framework),
        workflow=content.workflow,
        levels=content.levels,
        review_scheme=content.review_scheme,
    )
    _write(Pillar, version, content.pillars)
    phases = _write(Phase, version, content.phases)
    modules = _write(Module, version, content.modules, phase=phases)
    tasks = _write_tasks(version, content, phases, modules)
    _write(DeliverableKind, version, content.deliverables, task=tasks)
    _write(CheckDefinition, version, content.checks, task=tasks)
    _write(ProjectKind, version, content.projects)
    _write(GateDefinition, version, content.gates)
    _write(SuccessFactor, version, content.factors)
    return version


def _write(model, version: TemplateVersion, parts, **others: dict) -> dict:
    """Insert parts in one statement; `others` maps a column to the rows it may point at. Answers the new rows by key."""
    rows = model.objects.bulk_create([model(version=version, **_values(model, part, others)) for part in parts])
    return {row.key: row for row in rows}


def _values(model, part: Part, others: dict[str, dict]) -> dict:
    values = {}
    for name, value in vars(part).items():
        if name in others:
            values[name] = others[name][value] if value else None
        elif name not in ("requires", "anchor_task"):
            values[name] = LazyI18nString(value) if _is_text(model, name) else value
    return values


def _is_text(model, name: str) -> bool:
    return model._meta.get_field(name).__class__.__name__.startswith("Localized")


def _write_tasks(version: TemplateVersion, content: Content, phases: dict, modules: dict) -> dict:
    tasks = _write(TaskDefinition, version, content.tasks, phase=phases, module=modules)
    anchored = [part for part in content.tasks if part.anchor == Anchor.TASK and part.anchor_task in tasks]
    for part in anchored:
        tasks[part.key].anchor_task = tasks[part.anchor_task]
    TaskDefinition.objects.bulk_update([tasks[part.key] for part in anchored], ["anchor_task"])
    Prerequisite.objects.bulk_create(
        Prerequisite(version=version, task=tasks[part.key], requires=tasks[needed])
        for part in content.tasks
        for needed in part.requires
        if needed in tasks
    )
    return tasks
