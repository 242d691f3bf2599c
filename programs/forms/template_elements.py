"""Forms of the template builder for the frame, pillars, phases, modules, checks and projects."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.localized import read
from programs.forms.template_part import LocalizedForm, PartForm, Words, as_initial, roles_field, switch, text_of, whole_number
from programs.forms.template_rows import RowForm, Rows, keyed
from programs.vocabulary import ROLES_NAMED_IN_THE_FORM, PhaseExit, Role, ScheduleKind

MOST_DAYS = 750  # three years of working days
RESPONSIBLE = [choice for choice in Role.choices if choice[0] not in ROLES_NAMED_IN_THE_FORM]


class FrameForm(PartForm):
    """What the program as a whole says."""

    kind = "version"
    edits = ("summary", "aim", "framework")
    texts = {
        "summary": Words(_("Summary"), long=True),
        "aim": Words(_("Aim"), long=True),
        "framework": Words(_("What it leaves the organization"), long=True),
    }


class PillarForm(PartForm):
    """A pillar: its name and what it covers."""

    kind = "pillar"
    edits = ("name", "covers", "aim")
    texts = {"name": Words(_("Name")), "covers": Words(_("Covers"), long=True), "aim": Words(_("Aim"), long=True)}


class PhaseForm(PartForm):
    """A phase: what it is for, how long it is and what ends it."""

    kind = "phase"
    edits = ("name", "goal", "exit_text", "length_days", "schedule", "exit")
    texts = {"name": Words(_("Name")), "goal": Words(_("Goal"), long=True), "exit_text": Words(_("What ends it, in words"), long=True)}
    length_days = whole_number(_("Length in working days"), 1, MOST_DAYS)
    schedule = forms.ChoiceField(label=_("When it takes place"), choices=ScheduleKind)
    exit = forms.ChoiceField(label=_("What ends it"), choices=PhaseExit)


class ModuleForm(PartForm):
    """A module: its content and who is responsible."""

    kind = "module"
    edits = ("name", "summary", "responsible", "workflow_steps")
    texts = {"name": Words(_("Name")), "summary": Words(_("Content"), long=True)}
    responsible = roles_field(_("Responsible"), RESPONSIBLE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        steps = [(step["key"], f"{step['key']} {read(step['name'])}") for step in self.content.workflow]
        self.fields["workflow_steps"] = forms.MultipleChoiceField(
            label=_("Steps of the workflow"), choices=steps, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "row"})
        )


class ItemRow(RowForm):
    """One item of a check."""

    typed = ("text_zh", "text_en")
    texts = {"text": Words(_("Item"), longest=500)}
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class CheckForm(PartForm):
    """A check: what is asked, and who answers."""

    kind = "check"
    edits = ("name", "items", "by", "bulk")
    texts = {"name": Words(_("Name"))}
    by = roles_field(_("Answered by"), RESPONSIBLE)
    bulk = switch(_("May be answered for several trainees at once"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        items = [{"key": one["key"], **as_initial("text", one["text"])} for one in self.part.items]
        self.items = Rows("items", ItemRow, data, items, most=30)

    @property
    def row_sets(self) -> list[Rows]:
        """The check's items."""
        return [self.items]

    def row_values(self) -> dict[str, object]:
        """The items."""
        rows = [{"key": row.cleaned_data["key"], "text": text_of(row.cleaned_data, "text")} for row in self.items.filled]
        return {"items": keyed(rows, "item")}


class ProjectForm(PartForm):
    """A kind of practice project."""

    kind = "project"
    edits = ("name", "goal", "mentor_support")
    texts = {"name": Words(_("Name")), "goal": Words(_("Goal"), long=True), "mentor_support": Words(_("Mentor support"), long=True)}


class NewPartForm(LocalizedForm):
    """The name of a new task, deliverable or check; also of a template."""

    texts = {"name": Words(_("Name"))}
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def name(self) -> dict[str, str]:
        """The name in both languages."""
        return text_of(self.cleaned_data, "name")

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Put a refusal of the action next to the name, or on top."""
        self.add_error("name_zh" if hasattr(refusal, "error_dict") else None, refusal.messages)
