"""The pane of the builder in which one part is edited: which form, filled with what, saved how.

The part is named in the address: `?element=task:2.2.a`, `rubric:D7`, `field:D7.audience`, `new-task:2.2`, `remove-task:2.2.a`.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, QueryDict

from organizations.models import Member
from programs.actions import edit_template, reshape_template
from programs.forms import template_deliverable as deliverable_forms
from programs.forms import template_elements as element_forms
from programs.forms import template_frame as frame_forms
from programs.forms.template_rows import rearranged
from programs.forms.template_task import TaskForm
from programs.queries.template_builder import TemplateBuilder
from programs.queries.template_element import NEW, REMOVABLE, Element
from programs.rules.version_content import Content, Part

FORMS = {
    "version": element_forms.FrameForm,
    "pillar": element_forms.PillarForm,
    "phase": element_forms.PhaseForm,
    "module": element_forms.ModuleForm,
    "task": TaskForm,
    "check": element_forms.CheckForm,
    "project": element_forms.ProjectForm,
    "gate": frame_forms.GateForm,
    "factor": frame_forms.FactorForm,
    "workflow": frame_forms.WorkflowForm,
    "levels": frame_forms.RubricLevelsForm,
    "kpis": frame_forms.FiguresForm,
    "items360": frame_forms.Questions360Form,
    "certificates": frame_forms.CertificatesForm,
    "deliverable": deliverable_forms.DeliverableForm,
    "rubric": deliverable_forms.RubricForm,
    "form": deliverable_forms.FieldsForm,
    "field": deliverable_forms.FieldForm,
}
ADD = {
    "new-task": reshape_template.add_task,
    "new-deliverable": reshape_template.add_deliverable,
    "new-check": reshape_template.add_check,
}
TEXTS_ALONE = ("version", "pillar", "project")
TABLES = ("gate", "factor", "workflow", "levels", "kpis", "items360", "certificates")


@dataclass(frozen=True)
class Editor(Element):
    """An element with its form; where one only confirms, without."""

    form: object = None

    @property
    def template(self) -> str:
        """The fragment that draws the form."""
        name = "new" if self.is_new else "remove" if self.kind.startswith("remove-") else self.kind
        if name in TEXTS_ALONE:
            name = "texts"
        return f"programs/_template_{'parts' if name in TABLES else name}.html"

    @cached_property
    def weights(self) -> list[int]:
        """The three weights of a task as they stand in the form."""
        return [_number(field.value()) for field in self.form.weights]

    @property
    def weights_sum(self) -> int:
        """What the weights make together."""
        return sum(_number(row["weight"].value()) for row in self.form.criteria) if self.kind == "rubric" else sum(self.weights)


def editor(builder: TemplateBuilder, element: str, data: QueryDict | None = None) -> Editor:
    """The pane for an element of the address; without one, for the first task.

    Raises:
        Http404: the draft has no such part.
    """
    content, revision = builder.content, builder.version.revision
    kind, _colon, key = (element or _first(content)).partition(":")
    data = rearranged(data) if data is not None else None
    if kind.removeprefix("remove-") in REMOVABLE and kind.startswith("remove-"):
        return Editor(kind, key, _find(content, kind.removeprefix("remove-"), key), content)
    if kind in NEW:
        form = element_forms.NewPartForm(data, initial={"revision": revision})
        return Editor(kind, key, _find(content, NEW[kind], key), content, form)
    if kind not in FORMS:
        raise Http404
    part = _part(content, kind, key)
    extra = {"field": key.partition(".")[2]} if kind == "field" else {}
    return Editor(kind, key, part, content, FORMS[kind](data, content=content, part=part, revision=revision, **extra))


def save(builder: TemplateBuilder, pane: Editor, *, by: Member) -> str:
    """Write what the valid form says; answers the element to show next.

    Raises:
        PermissionDenied, ValidationError: what the action refuses.
    """
    form = pane.form
    if pane.is_new:
        revision = form.cleaned_data["revision"]
        key = ADD[pane.kind](builder.version, pane.key, form.name(), by=by, revision=-1 if revision is None else revision)
        return f"{pane.target}:{key}"
    key = "" if form.kind == "version" else pane.part.key
    seen = {name: form.cleaned_data[name] for name in ("revision", "seen")}
    edit_template.edit_part(builder.version, form.kind, key, form.values(), by=by, **seen)
    return pane.element


def _first(content: Content) -> str:
    return f"task:{content.tasks[0].key}" if content.tasks else "version:"


def _part(content: Content, kind: str, key: str) -> Part | Content:
    if FORMS[kind].kind == "version":
        if key:
            raise Http404
        return content
    if kind != "field":
        return _find(content, "deliverable" if kind in ("rubric", "form") else kind, key)
    deliverable, _dot, field = key.partition(".")
    part = _find(content, "deliverable", deliverable)
    if all(one["key"] != field for one in part.fields):
        raise Http404
    return part


def _find(content: Content, kind: str, key: str) -> Part:
    part = content.find(kind, key)
    if part is None:
        raise Http404
    return part


def _number(value: object) -> int:
    """What was typed as a weight, for the sum; nothing sensible counts as 0."""
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
