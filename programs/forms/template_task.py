"""The form of one task in the template builder."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.localized import read
from programs.forms.template_elements import MOST_DAYS, RESPONSIBLE
from programs.forms.template_part import PartForm, Words, as_initial, roles_field, switch, text_of, whole_number
from programs.forms.template_rows import RowForm, Rows, keyed
from programs.rules.version_content import TaskPart
from programs.vocabulary import Anchor, FiscalWindow, LearningMethod, Recurrence

MOST_HOURS = 2000


class QuestionRow(RowForm):
    """A question of a quarterly checkpoint."""

    typed = ("text_zh", "text_en")
    texts = {"text": Words(_("Question"), longest=500)}
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class TaskForm(PartForm):
    """A task: what to do, when, by whom, and how much it counts."""

    kind = "task"
    edits = ("name", "what", "judged", "method", "responsible", "weight_1", "weight_2", "weight_3", "anchor", "anchor_task", "offset",
             "length", "hours", "required", "counts_for_exit", "recurrence", "fiscal", "requires", "questions")  # fmt: skip
    texts = {"name": Words(_("Name")), "what": Words(_("What to do"), long=True), "judged": Words(_("How it is judged"), long=True)}
    method = forms.ChoiceField(label=_("Learning method"), choices=LearningMethod, widget=forms.RadioSelect(attrs={"class": "row"}))
    responsible = roles_field(_("Responsible"), RESPONSIBLE)
    anchor = forms.ChoiceField(label=_("Begins from"), choices=Anchor)
    offset = whole_number(_("Working days after"), 0, MOST_DAYS)
    length = whole_number(_("Length in working days"), 1, MOST_DAYS)
    hours = whole_number(_("Hours of the trainee"), 0, MOST_HOURS)
    recurrence = forms.ChoiceField(label=_("How often"), choices=Recurrence)
    fiscal = forms.ChoiceField(label=_("Tied to a yearly window"), choices=[("", _("None")), *FiscalWindow.choices], required=False)
    required = switch(_("Required"))
    counts_for_exit = switch(_("Holds the phase open"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for number, pillar in enumerate(self.content.pillars, start=1):
            widget = forms.NumberInput(attrs={"step": 5, "class": "is-full"})
            self.fields[f"weight_{number}"] = whole_number(read(pillar.name), 0, 100, widget=widget)
        others = [task for task in self.content.tasks if task.key != self.part.key]
        order = {phase.key: phase.number for phase in self.content.phases}
        before = [t for t in others if order[t.phase] <= order[self.part.phase] or t.key in self.part.requires]
        self.fields["anchor_task"] = forms.ChoiceField(
            label=_("Which task"), choices=[("", _("None")), *((t.key, _titled(t)) for t in others)], required=False
        )
        self.fields["requires"] = forms.MultipleChoiceField(
            label=_("Opens after"),
            choices=[(t.key, _titled(t)) for t in before],
            required=False,
            help_text=_("The task stays locked until these are approved or waived."),
            widget=forms.SelectMultiple(attrs={"data-combobox": "", "size": 4}),
        )
        questions = [{"key": one["key"], **as_initial("text", one["text"])} for one in self.part.questions]
        self.questions = Rows("questions", QuestionRow, data, questions, most=12)

    @property
    def weights(self) -> list[forms.BoundField]:
        """The three weights."""
        return [self[f"weight_{number}"] for number, _pillar in enumerate(self.content.pillars, start=1)]

    @property
    def row_sets(self) -> list[Rows]:
        """The checkpoint's questions."""
        return [self.questions]

    def row_values(self) -> dict[str, object]:
        """The questions, and what has to be brought into form."""
        rows = [{"key": row.cleaned_data["key"], "text": text_of(row.cleaned_data, "text")} for row in self.questions.filled]
        cleaned = self.cleaned_data
        return {
            "questions": keyed(rows, "q"),
            "requires": sorted(cleaned["requires"]),
            "anchor_task": (cleaned["anchor_task"] or None) if cleaned["anchor"] == Anchor.TASK else None,
        }


def _titled(task: TaskPart) -> str:
    return f"{task.key} {read(task.name)}"
