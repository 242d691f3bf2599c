"""Add, move and remove the parts of a draft. Each asks for the draft exactly as the person saw it."""

from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from organizations.models import Member
from programs.actions.edit_template import check_name, open_draft, touch
from programs.models import CheckDefinition, DeliverableKind, Module, TaskDefinition, TemplateVersion
from programs.rules import publish_checks
from programs.rules.version_content import Content, TaskPart
from programs.vocabulary import Anchor, FieldType, LearningMethod, PhaseExit, Role, StepKind

MODELS = {"task": TaskDefinition, "deliverable": DeliverableKind, "check": CheckDefinition}


@transaction.atomic
def add_task(version: TemplateVersion, module_key: str, name: Mapping[str, str], *, by: Member, revision: int) -> str:
    """A new task at the end of a module, a week long from the start of its phase; answers its key.

    Keys are never used again, not even those of earlier versions: a record finds its task by key.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "is_final", "stale", "name_missing", "part_gone".
    """
    version, content = open_draft(version, by=by, revision=revision)
    check_name(name)
    module = Module.objects.select_related("phase").filter(version=version, key=module_key).first()
    if module is None:
        raise ValidationError(_("Someone removed %(key)s while you were editing it."), code="part_gone", params={"key": module_key})
    siblings = [task for task in content.tasks if task.module == module_key]
    weights = siblings[-1].weights if siblings else (40, 30, 30)
    row = TaskDefinition.objects.create(
        version=version,
        phase=module.phase,
        module=module,
        key=_next_task_key(version, module_key),
        position=0,
        name=LazyI18nString(dict(name)),
        what=LazyI18nString({}),
        method=LearningMethod.SELF_STUDY,
        responsible=[Role.MENTOR],
        weight_1=weights[0],
        weight_2=weights[1],
        weight_3=weights[2],
        anchor=Anchor.PHASE_START,
        offset=0,
        length=5,
        counts_for_exit=module.phase.exit == PhaseExit.ALL_REQUIRED,
    )
    _renumber(version, _placed(content, row.key, module_key))
    touch(version, by=by, label=f"{version.template} · {row.key}", before={}, after={"added": row.key, "name": dict(name)})
    return row.key


@transaction.atomic
def move_task(version: TemplateVersion, key: str, to: str, *, by: Member, revision: int) -> None:
    """Move a task "up" or "down" in its module, or to the end of another module, named by its key. Its own key stays.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "is_final", "stale", "part_gone", no such task or module.
    """
    version, content = open_draft(version, by=by, revision=revision)
    task = content.find("task", key)
    if task is None or (to not in ("up", "down") and content.find("module", to) is None):
        raise ValidationError(_("Someone removed %(key)s while you were editing it."), code="part_gone", params={"key": key})
    if to in ("up", "down"):
        order = _swapped(content, task, -1 if to == "up" else 1)
    elif to == task.module:
        return
    else:
        module = Module.objects.get(version=version, key=to)
        TaskDefinition.objects.filter(version=version, key=key).update(module=module, phase_id=module.phase_id)
        order = _placed(content, key, to)
    _renumber(version, order)
    before = {"module": task.module, "position": task.position}
    touch(version, by=by, label=f"{version.template} · {key}", before=before, after={"module": to, "position": order.index(key) + 1})


@transaction.atomic
def remove_part(version: TemplateVersion, kind: str, key: str, *, by: Member, revision: int) -> None:
    """Take a task, a deliverable or a check out of a draft; a task takes its deliverables and checks along.

    What waited for the task no longer does. What begins from its due date must be given another start first.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "is_final", "stale"; "others_begin_here" names the tasks.
    """
    version, content = open_draft(version, by=by, revision=revision)
    part = content.find(kind, key)
    if part is None:
        return
    if kind == "task" and (begin := publish_checks.beginning_from(content, key)):
        message = _("%(tasks)s begins from the due date of %(key)s. Choose another start there first.")
        raise ValidationError(message, code="others_begin_here", params={"tasks": ", ".join(begin), "key": key})
    row = MODELS[kind].objects.get(version=version, key=key)
    if kind == "task":
        # Its deliverables first, by hand: Django puts no order between rows and those they may do without.
        row.deliverable_kinds.all().delete()
    row.delete()
    touch(version, by=by, label=f"{version.template} · {key}", before={"removed": key, "name": part.name}, after={})


@transaction.atomic
def add_deliverable(version: TemplateVersion, task_key: str, name: Mapping[str, str], *, by: Member, revision: int) -> str:
    """A new deliverable on a task: one field, approved by the mentor; answers its key.

    Raises:
        PermissionDenied, ValidationError: as for a task.
    """
    version, content = open_draft(version, by=by, revision=revision)
    check_name(name)
    row = DeliverableKind.objects.create(
        version=version,
        task=_task(version, task_key),
        key=_next_numbered_key(DeliverableKind, version, "D"),
        position=max((one.position for one in content.deliverables), default=0) + 1,
        name=LazyI18nString(dict(name)),
        fields=[{"key": "content", "label": {"zh": "内容", "en": "Content"}, "type": FieldType.LONG.value, "required": True}],
        route=[{"kind": StepKind.APPROVE.value, "roles": [Role.MENTOR.value], "days": 3, "scores": False, "note": {}}],
    )
    touch(version, by=by, label=f"{version.template} · {row.key}", before={}, after={"added": row.key, "name": dict(name)})
    return row.key


@transaction.atomic
def add_check(version: TemplateVersion, task_key: str, name: Mapping[str, str], *, by: Member, revision: int) -> str:
    """A new check on a task, answered by the mentor; answers its key.

    Raises:
        PermissionDenied, ValidationError: as for a task.
    """
    version, content = open_draft(version, by=by, revision=revision)
    check_name(name)
    row = CheckDefinition.objects.create(
        version=version,
        task=_task(version, task_key),
        key=_next_numbered_key(CheckDefinition, version, "C"),
        position=max((one.position for one in content.checks), default=0) + 1,
        name=LazyI18nString(dict(name)),
        by=[Role.MENTOR],
    )
    touch(version, by=by, label=f"{version.template} · {row.key}", before={}, after={"added": row.key, "name": dict(name)})
    return row.key


def _task(version: TemplateVersion, key: str) -> TaskDefinition:
    task = TaskDefinition.objects.filter(version=version, key=key).first()
    if task is None:
        raise ValidationError(_("Someone removed %(key)s while you were editing it."), code="part_gone", params={"key": key})
    return task


def _next_task_key(version: TemplateVersion, module_key: str) -> str:
    used = TaskDefinition.objects.filter(version__template=version.template_id, key__startswith=f"{module_key}.")
    taken = set(used.values_list("key", flat=True))
    letters = [*ascii_lowercase, *(first + second for first in ascii_lowercase for second in ascii_lowercase)]
    return next(key for letter in letters if (key := f"{module_key}.{letter}") not in taken)


def _next_numbered_key(model, version: TemplateVersion, letter: str) -> str:
    keys = model.objects.filter(version__template=version.template_id, key__startswith=letter).values_list("key", flat=True)
    return f"{letter}{max((int(key[1:]) for key in keys if key[1:].isdigit()), default=0) + 1}"


def _placed(content: Content, key: str, module_key: str) -> list[str]:
    """All keys in order, this one at the end of the module."""
    order = [task.key for task in content.tasks if task.key != key]
    modules = {module.key: module.position for module in content.modules}
    place = {task.key: modules[task.module] for task in content.tasks}
    after = [at for at, other in enumerate(order) if place[other] <= modules[module_key]]
    order.insert(after[-1] + 1 if after else 0, key)
    return order


def _swapped(content: Content, task: TaskPart, step: int) -> list[str]:
    """All keys in order, the task one further up or down among its siblings; the first stays first."""
    order = [one.key for one in content.tasks]
    siblings = [one.key for one in content.tasks if one.module == task.module]
    at = siblings.index(task.key) + step
    if 0 <= at < len(siblings):
        here, there = order.index(task.key), order.index(siblings[at])
        order[here], order[there] = order[there], order[here]
    return order


def _renumber(version: TemplateVersion, order: Sequence[str]) -> None:
    place = {key: position for position, key in enumerate(order, start=1)}
    rows = [row for row in TaskDefinition.objects.filter(version=version) if row.position != place[row.key]]
    for row in rows:
        row.position = place[row.key]
    TaskDefinition.objects.bulk_update(rows, ["position"])
