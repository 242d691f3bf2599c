"""The pane of the builder in which one part is edited: which form, filled with what, saved how.

The part is named in the address: `?element=task:2.2.a`, `rubric:D7`, `field:D7.audience`, `new-task:2.2`, `remove-task:2.2.a`.
"""

from dataclasses import dataclass

from django.http import Http404, QueryDict

from organizations.localized import read
from organizations.models import Member
from programs.actions import edit_template, reshape_template
from programs.forms import template_deliverable as deliverable_forms
from programs.forms import template_elements as element_forms
from programs.forms.template_rows import rearranged
from programs.forms.template_task import TaskForm
from programs.queries.template_builder import TemplateBuilder
from programs.rules import publish_checks
from programs.rules.version_content import Content, Part

FORMS = {
    "version": element_forms.FrameForm,
    "pillar": element_forms.PillarForm,
    "phase": element_forms.PhaseForm,
    "module": element_forms.ModuleForm,
    "task": TaskForm,
    "check": element_forms.CheckForm,
    "project": element_forms.ProjectForm,
    "deliverable": deliverable_forms.DeliverableForm,
    "rubric": deliverable_forms.RubricForm,
    "form": deliverable_forms.FieldsForm,
    "field": deliverable_forms.FieldForm,
}
# What a new part stands in, and the action that makes it.
NEW = {
    "new-task": ("module", reshape_template.add_task, "task"),
    "new-deliverable": ("task", reshape_template.add_deliverable, "deliverable"),
    "new-check": ("task", reshape_template.add_check, "check"),
}
REMOVE = {"remove-task": "task", "remove-deliverable": "deliverable", "remove-check": "check"}
# Elements that have no page of their own in the builder yet are read on the frame's.
FRAME = {"gate", "factor", ""}


@dataclass(frozen=True)
class Editor:
    """The pane: `element` as in the address, the part it is about, and its form (none where one only confirms)."""

    element: str
    kind: str
    key: str
    part: Part | Content
    form: object = None
    crumbs: tuple[tuple[str, str], ...] = ()

    @property
    def template(self) -> str:
        """The fragment that draws the form."""
        kind = "new" if self.kind in NEW else "remove" if self.kind in REMOVE else self.kind
        return f"programs/_template_{'texts' if kind in ('version', 'pillar', 'project') else kind}.html"

    @property
    def name(self) -> str:
        """The part's name, or nothing for the frame."""
        return read(self.part.name) if hasattr(self.part, "name") else ""


def editor(builder: TemplateBuilder, element: str, data: QueryDict | None = None) -> Editor:
    """The pane for an element of the address; without one, for the first task.

    Raises:
        Http404: the draft has no such part.
    """
    content, revision = builder.content, builder.version.revision
    kind, _colon, key = (element or _first(content)).partition(":")
    if kind in FRAME:
        kind, key = "version", ""
    if data is not None:
        data = rearranged(data)
    if kind in REMOVE:
        return Editor(element, kind, key, _find(content, REMOVE[kind], key))
    if kind in NEW:
        form = element_forms.NewPartForm(data, initial={"revision": revision})
        return Editor(element, kind, key, _find(content, NEW[kind][0], key), form)
    if kind not in FORMS:
        raise Http404
    part = _part(content, kind, key)
    extra = {"field": key.partition(".")[2]} if kind == "field" else {}
    form = FORMS[kind](data, content=content, part=part, revision=revision, **extra)
    return Editor(f"{kind}:{key}", kind, key, part, form, _crumbs(content, kind, key))


def save(builder: TemplateBuilder, pane: Editor, *, by: Member) -> str:
    """Write what the valid form says; answers the element to show next.

    Raises:
        PermissionDenied, ValidationError: what the action refuses.
    """
    form = pane.form
    if pane.kind in NEW:
        _parent, add, kind = NEW[pane.kind]
        revision = form.cleaned_data["revision"]
        key = add(builder.version, pane.key, form.name(), by=by, revision=-1 if revision is None else revision)
        return f"{kind}:{key}"
    edit_template.edit_part(
        builder.version,
        form.kind,
        "" if pane.kind == "version" else pane.part.key,
        form.values(),
        by=by,
        revision=form.cleaned_data["revision"],
        seen=form.cleaned_data["seen"],
    )
    return pane.element


def what_hangs_on(content: Content, kind: str, key: str) -> dict:
    """What goes along when a part is removed, and what stands in the way."""
    if kind != "task":
        return {}
    return {
        "deliverables": [one for one in content.deliverables if one.task == key],
        "checks": [one for one in content.checks if one.task == key],
        "waiting": [content.find("task", one) for one in publish_checks.waiting_for(content, key)],
        "beginning": [content.find("task", one) for one in publish_checks.beginning_from(content, key)],
    }


def _first(content: Content) -> str:
    return f"task:{content.tasks[0].key}" if content.tasks else "version:"


def _part(content: Content, kind: str, key: str) -> Part | Content:
    if kind == "version":
        return content
    if kind == "field":
        deliverable, _dot, field = key.partition(".")
        part = _find(content, "deliverable", deliverable)
        if all(one["key"] != field for one in part.fields):
            raise Http404
        return part
    return _find(content, "deliverable" if kind in ("rubric", "form") else kind, key)


def _find(content: Content, kind: str, key: str) -> Part:
    part = content.find(kind, key)
    if part is None:
        raise Http404
    return part


def _crumbs(content: Content, kind: str, key: str) -> tuple[tuple[str, str], ...]:
    """The parts above this one: address and key."""
    deliverable = content.find("deliverable", key.partition(".")[0]) if kind in ("deliverable", "rubric", "form", "field") else None
    found = []
    task_key = deliverable.task if deliverable else content.find("check", key).task if kind == "check" else None
    if task_key:
        task = content.find("task", task_key)
        found.append((f"task:{task.key}", f"{task.key} {read(task.name)}"))
    if kind in ("rubric", "form", "field"):
        found.append((f"deliverable:{deliverable.key}", f"{deliverable.key} {read(deliverable.name)}"))
    if kind == "field":
        found.append((f"form:{deliverable.key}", ""))
    if kind == "task":
        module = content.find("module", content.find("task", key).module)
        found.append((f"module:{module.key}", f"{module.key} {read(module.name)}"))
    return tuple(found)
