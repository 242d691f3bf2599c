"""Name a panel, vote, speak to it."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.actions.make_statement import LONGEST as LONGEST_STATEMENT
from assessments.actions.vote import LONGEST as LONGEST_REASON
from assessments.forms.refusing import RefusingForm
from assessments.vocabulary import Dimension, Level, Outcome, Track
from organizations.models import Member

LEVELS = (
    ("1", pgettext_lazy("level 1 of 4", "Not yet")),
    ("2", pgettext_lazy("level 2 of 4", "Nearly")),
    ("3", pgettext_lazy("level 3 of 4", "Met")),
    ("4", pgettext_lazy("level 4 of 4", "Beyond")),
)
NO_TRACK = ("", gettext_lazy("Not proposed for the successor pool"))


class PersonChoice(forms.ModelMultipleChoiceField):
    """Several people, each with their department."""

    def label_from_instance(self, member: Member) -> str:
        """Name, and what tells two of one name apart."""
        return " · ".join(filter(None, [member.name, member.department or member.title]))


class OnePersonChoice(forms.ModelChoiceField):
    """One person with their department."""

    label_from_instance = PersonChoice.label_from_instance


class PanelForm(RefusingForm):
    """Who votes, who is in the chair, and which level is in question."""

    level = forms.ChoiceField(label=gettext_lazy("Level in question"), choices=Level.choices)
    members = PersonChoice(Member.objects.none(), label=gettext_lazy("Panel"), widget=forms.CheckboxSelectMultiple)
    chair = OnePersonChoice(Member.objects.none(), label=gettext_lazy("Chair"), empty_label=gettext_lazy("Choose"))

    def __init__(self, *args, reviewers, **more):
        super().__init__(*args, **more)
        self.fields["members"].queryset = self.fields["chair"].queryset = reviewers


class ReviewersForm(RefusingForm):
    """Reviewers who look at a decision again."""

    members = PersonChoice(Member.objects.none(), label=gettext_lazy("Reviewers to ask"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, reviewers, **more):
        super().__init__(*args, **more)
        self.fields["members"].queryset = reviewers


class StatementForm(RefusingForm):
    """What mentor or line manager tells the panel."""

    text = forms.CharField(
        label=gettext_lazy("Your statement"), max_length=LONGEST_STATEMENT, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("What you saw, with an example of each: what the trainee does well alone, and where help is still needed."),
    )  # fmt: skip


class DimensionsForm(RefusingForm):
    """Levels of the three dimensions."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        for dimension in Dimension:
            self.fields[f"score_{dimension}"] = forms.ChoiceField(
                label=f"{dimension.value} {dimension.label}",
                choices=LEVELS,
                widget=forms.RadioSelect(attrs={"class": "levels"}),
                error_messages={"required": gettext_lazy("Choose a level from 1 to 4.")},
            )

    @property
    def scores(self) -> dict[str, int]:
        """What was chosen, by dimension."""
        found = {dimension.value: self.cleaned_data.get(f"score_{dimension}") for dimension in Dimension}
        return {key: int(level) for key, level in found.items() if level}


class VoteForm(DimensionsForm):
    """One reviewer's vote."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What you would decide"), choices=Outcome.choices, widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": gettext_lazy("Choose what you would decide.")},
    )  # fmt: skip
    track = forms.ChoiceField(label=gettext_lazy("Successor pool"), choices=[NO_TRACK, *Track.choices], required=False)
    file_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        for dimension in Dimension:
            self.fields[f"reason_{dimension}"] = forms.CharField(
                label=gettext_lazy("Reasons"),
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": gettext_lazy("Say what in the file speaks for this level.")},
            )

    @property
    def dimensions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Level and reasons of each dimension."""
        return [(self[f"score_{dimension}"], self[f"reason_{dimension}"]) for dimension in Dimension]

    @property
    def reasons(self) -> dict[str, str]:
        """What was written, by dimension."""
        return {dimension.value: self.cleaned_data.get(f"reason_{dimension}", "") for dimension in Dimension}
