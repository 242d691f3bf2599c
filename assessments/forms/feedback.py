"""Answer 360 feedback: every statement on a scale of frequency, and two free texts."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy

from assessments.actions.answer_feedback import LONGEST
from assessments.forms.refusing import RefusingForm
from assessments.rules.feedback_items import Statement
from assessments.rules.rater_anonymity import NO_CHANCE
from assessments.vocabulary import Question
from organizations.localized import read

SCALE = (
    ("1", gettext_lazy("1 never")),
    ("2", gettext_lazy("2 seldom")),
    ("3", gettext_lazy("3 sometimes")),
    ("4", gettext_lazy("4 often")),
    ("5", gettext_lazy("5 always")),
    (str(NO_CHANCE), gettext_lazy("no chance to observe")),
)


class FeedbackForm(RefusingForm):
    """The statements that this group is asked. Saving takes what is there, sending wants all."""

    def __init__(self, *args, asked: Sequence[Statement], kept: Mapping | None = None, **more):
        self.asked = list(asked)
        kept = kept or {}
        initial = {f"item_{key}": str(score) for key, score in kept.get("scores", {}).items()}
        initial |= {f"text_{name}": text for name, text in kept.get("texts", {}).items()}
        super().__init__(*args, initial=initial, **more)
        for row in self.asked:
            self.fields[f"item_{row.item.key}"] = forms.ChoiceField(
                label=read(row.text), choices=SCALE, required=False, widget=forms.RadioSelect(attrs={"class": "row"})
            )
        for question in Question:
            self.fields[f"text_{question}"] = forms.CharField(
                label=question.label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
            )

    @property
    def items(self) -> list[forms.BoundField]:
        """The statements."""
        return [self[f"item_{row.item.key}"] for row in self.asked]

    @property
    def texts(self) -> list[forms.BoundField]:
        """The free texts."""
        return [self[f"text_{question}"] for question in Question]

    @property
    def scores(self) -> dict[str, int]:
        """What is answered, by statement."""
        found = {row.item.key: self.cleaned_data.get(f"item_{row.item.key}", "") for row in self.asked}
        return {key: int(score) for key, score in found.items() if score != ""}

    @property
    def said(self) -> dict[str, str]:
        """What is written, by question."""
        return {str(question): self.cleaned_data.get(f"text_{question}", "") for question in Question}

    def field_of(self, name: str) -> str | None:
        """The action names statements and questions by their keys."""
        return next((field for field in (f"item_{name}", f"text_{name}") if field in self.fields), None)
