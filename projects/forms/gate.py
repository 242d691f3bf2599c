"""Evidence for a gate, a verdict on it, and the note that settles a condition."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organizations.forms.fields import DayField
from organizations.forms.tenant_form import PersonField
from organizations.models import Member
from projects.actions.hold_gate import NewCondition
from projects.vocabulary import Judgment, Verdict

CONDITIONS = 3  # rows of conditions in one verdict
CRITERION, NOTE = "criterion-", "note-"  # before the key of a criterion: a key may be any word


class EvidenceForm(forms.Form):
    """What shows that a criterion is met, and where it is; one field a criterion."""

    use_required_attribute = False

    def __init__(self, *args, criteria: Iterable[tuple[str, str]], before: Mapping[str, str], **more):
        super().__init__(*args, initial=dict(before), **more)
        for key, text in criteria:
            self.fields[key] = forms.CharField(
                label=text, max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": gettext_lazy("Say what shows it, and where it is.")},
            )  # fmt: skip

    @property
    def evidence(self) -> dict[str, str]:
        """Texts by criterion; only of a valid form."""
        return {name: self.cleaned_data[name] for name in self.fields}


class VerdictForm(forms.Form):
    """A judgment with a note for each criterion, the verdict, its reasons, and up to three conditions."""

    use_required_attribute = False
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Your verdict"), choices=Verdict.choices, widget=forms.RadioSelect(attrs={"class": "cards"})
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons and dissent"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What you see differently from the others stands here under your name; do not smooth it over."),
    )  # fmt: skip

    def __init__(self, *args, criteria: Iterable[tuple[str, str]], trainee: Member, **more):
        super().__init__(*args, **more)
        self.criteria, self.trainee = list(criteria), trainee
        for key, text in self.criteria:
            self.fields[f"{CRITERION}{key}"] = forms.ChoiceField(
                label=text, choices=Judgment.choices, widget=forms.RadioSelect(attrs={"class": "seg"}),
                error_messages={"required": gettext_lazy("Say how far this is met.")},
            )  # fmt: skip
            self.fields[f"{NOTE}{key}"] = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)
        for number in range(1, CONDITIONS + 1):
            self.fields[f"what-{number}"] = forms.CharField(label=gettext_lazy("Condition"), required=False, max_length=300)
            self.fields[f"owner-{number}"] = PersonField(
                label=pgettext_lazy("who settles a condition", "Who"), required=False, help_text="",
                widget=forms.TextInput(attrs={"placeholder": trainee.name}),
            )  # fmt: skip
            self.fields[f"day-{number}"] = DayField(label=gettext_lazy("By"), required=False)

    @property
    def criterion_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Judgment and note of each criterion."""
        return [(self[f"{CRITERION}{key}"], self[f"{NOTE}{key}"]) for key, _text in self.criteria]

    @property
    def condition_fields(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """What, who and by when of each row."""
        return [(self[f"what-{number}"], self[f"owner-{number}"], self[f"day-{number}"]) for number in range(1, CONDITIONS + 1)]

    def clean(self) -> dict:
        """A condition names what and by when, or is left empty; it is the trainee's where nobody else is named."""
        values = super().clean()
        self.conditions = []
        for number in range(1, CONDITIONS + 1):
            what, owner, day = (values.get(f"{part}-{number}") for part in ("what", "owner", "day"))
            if not what:
                continue
            if not day and f"day-{number}" not in self.errors:
                self.add_error(f"day-{number}", ValidationError(_("A condition says what, who and by when."), code="incomplete"))
            if day:
                self.conditions.append(NewCondition(what, (owner or self.trainee).pk, day))
        return values

    @property
    def judgments(self) -> dict[str, dict[str, str]]:
        """What was said of each criterion; only of a valid form."""
        values = self.cleaned_data
        return {key: {"judgment": values[f"{CRITERION}{key}"], "note": values[f"{NOTE}{key}"]} for key, _text in self.criteria}

    def refuse(self, refusal: ValidationError) -> None:
        """Show a refusal of the action beside the field that it is about."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            for error in errors:
                self.add_error(self._place(name, error.code), error)

    def _place(self, name: str, code: str) -> str:
        if name == "conditions":
            return "day-1" if code == "condition_day" else "what-1"
        if name in ("verdict", "reasons"):
            return name
        return f"{NOTE}{name}" if code == "reason_required" else f"{CRITERION}{name}"
