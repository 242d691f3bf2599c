"""A decision on one step: levels of the rubric, a note, and which button was pressed."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.queries.sign_off import Criterion
from programs.rules import rubric
from programs.vocabulary import Outcome, StepKind

LONGEST_NOTE = 4000
PREFIX = "decision"  # a template's own fields are named without a hyphen before a word, so none is called like ours


class SignOffForm(forms.Form):
    """What a signer decides. Levels are asked for where the step scores; a note always may be written."""

    prefix = PREFIX
    use_required_attribute = False
    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Choose what you decide."), "invalid_choice": gettext_lazy("Choose what you decide.")},
    )
    content_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "data-key": "c"}),
        help_text=gettext_lazy("First what is good, then one thing to change."),
    )

    def __init__(
        self, data: Mapping | None = None, *, kind: str, criteria: Sequence[Criterion], level_names: Sequence[str], trainee: str, **more
    ):
        super().__init__(data, **more)
        self.kind, self.criteria = kind, criteria
        self.fields["note"].label = _("To %(name)s") % {"name": trainee}
        choices = list(zip(map(str, rubric.LEVELS), level_names, strict=True))
        for criterion in criteria:
            self.fields[self._field(criterion.key)] = forms.ChoiceField(
                label=criterion.name, required=False, choices=choices, widget=forms.RadioSelect(attrs={"class": "levels"})
            )

    @property
    def yes(self) -> str:
        """The outcome by which this kind of step is taken."""
        return Outcome.AGREED if self.kind == StepKind.AGREE else Outcome.APPROVED

    @property
    def scale(self) -> list[tuple[Criterion, forms.BoundField]]:
        """Each criterion with its radios."""
        return [(criterion, self[self._field(criterion.key)]) for criterion in self.criteria]

    @property
    def scores(self) -> dict[str, int]:
        """The levels chosen so far, whatever else is wrong."""
        found = {criterion.key: str(bound.value() or "") for criterion, bound in self.scale}
        return {key: int(level) for key, level in found.items() if level in map(str, rubric.LEVELS)}

    @property
    def advice(self) -> rubric.Advice | None:
        """What the levels speak for, once each criterion has one."""
        scores = self.scores
        if not self.criteria or len(scores) < len(self.criteria):
            return None
        return rubric.advice([rubric.Criterion(each.key, each.weight) for each in self.criteria], scores)

    @property
    def against(self) -> tuple[str, ...]:
        """Codes of what speaks for another version."""
        return self.advice.against if self.advice else ()

    def clean(self) -> dict:
        """A level for each criterion where one approves; a return may leave them open."""
        cleaned = super().clean()
        if cleaned.get("outcome") == Outcome.APPROVED and self.criteria:
            for problem in rubric.check_scores([rubric.Criterion(each.key, each.weight) for each in self.criteria], self.scores):
                name = self._field(problem.key)
                if name not in self.errors:
                    self.add_error(name, forms.ValidationError(problem.text, code=problem.code))
        return cleaned

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Put what the action refused beside its field; what concerns no field stands above."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    @staticmethod
    def _field(key: str) -> str:
        return f"level-{key}"
