"""Writing the test of a session, answering it, and typing scores in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from effectiveness.models import Attendee, TestResult
from effectiveness.rules import knowledge
from effectiveness.vocabulary import TestPhase

PROBLEMS = {
    "few_choices": gettext_lazy("Question %(number)s: write two choices at least, each on a line of its own."),
    "many_choices": gettext_lazy("Question %(number)s: five choices at most."),
    "no_right": gettext_lazy("Question %(number)s: put a star before the right choice."),
    "two_right": gettext_lazy("Question %(number)s: only one choice is right."),
}
LONGEST = 8000


class WriteTestForm(forms.Form):
    """Questions as plain text, and the pass mark."""

    use_required_attribute = False
    questions = forms.CharField(
        label=gettext_lazy("Questions"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "A blank line between questions. First the question, then each choice on a line, a * before the right one. "
            "3 to 10 questions; none where you type scores in."
        ),
    )  # fmt: skip
    pass_mark = forms.IntegerField(
        label=gettext_lazy("Pass mark"), min_value=1, max_value=100, initial=80, help_text=gettext_lazy("Percent right, at least.")
    )

    def clean_questions(self) -> list[knowledge.Question]:
        """The questions, or what is wrong with each of them."""
        questions, problems = knowledge.read_questions(self.cleaned_data["questions"])
        wrong = [ValidationError(PROBLEMS[code] % {"number": number}, code=code) for number, code in enumerate(problems, start=1) if code]
        if wrong:
            raise ValidationError(wrong)
        return questions


class TestForm(forms.Form):
    """The questions to answer. One left out is not right."""

    __test__ = False  # no test of ours, whatever its name begins with
    use_required_attribute = False

    def __init__(self, *args, questions: Sequence[knowledge.Question], **more):
        super().__init__(*args, **more)
        self.names = [f"q{number}" for number in range(len(questions))]
        for name, question in zip(self.names, questions, strict=True):
            choices = [(str(place), choice) for place, choice in enumerate(question["choices"])]
            self.fields[name] = forms.ChoiceField(label=question["text"], choices=choices, required=False, widget=forms.RadioSelect)

    def clean(self) -> dict:
        """One answer at least: an empty sheet is a slip of the finger."""
        if not any(self.cleaned_data.values()):
            raise ValidationError(_("Choose at least one answer first."), code="empty")
        return self.cleaned_data

    def chosen(self) -> dict[int, int]:
        """Places of the choices by question, for the action."""
        return {number: int(self.cleaned_data[name]) for number, name in enumerate(self.names) if self.cleaned_data[name]}


@dataclass(frozen=True)
class ScoreLine:
    """One person with what is to be typed; a score that came through their link is only shown."""

    attendee: Attendee
    pre: BoundField | None
    post: BoundField | None
    given: Mapping[str, Decimal]


class ScoresForm(forms.Form):
    """Scores before and after for everybody on the list."""

    use_required_attribute = False

    def __init__(self, *args, people: Sequence[Attendee], results: Sequence[TestResult], **more):
        super().__init__(*args, **more)
        self.people = people
        self.given = {(result.attendee_id, result.phase): result for result in results}
        for one in people:
            for phase in TestPhase:
                result = self.given.get((one.pk, phase))
                if result is None or not result.by_link:
                    self.fields[f"{phase}-{one.pk}"] = forms.DecimalField(
                        label=phase.label, required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
                        initial=format(result.score.normalize(), "f") if result else None,
                        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
                    )  # fmt: skip

    @property
    def lines(self) -> list[ScoreLine]:
        """The people in order, each with the fields to draw."""
        return [self._line(one) for one in self.people]

    def scores(self) -> dict[tuple[int, str], Decimal | None]:
        """What was entered, for the action."""
        return {
            (one.pk, phase.value): self.cleaned_data[f"{phase}-{one.pk}"]
            for one in self.people
            for phase in TestPhase
            if f"{phase}-{one.pk}" in self.fields
        }

    def _line(self, one: Attendee) -> ScoreLine:
        fields = {phase: self[f"{phase}-{one.pk}"] if f"{phase}-{one.pk}" in self.fields else None for phase in TestPhase.values}
        given = {phase: self.given[one.pk, phase].score for phase in TestPhase.values if fields[phase] is None}
        return ScoreLine(one, fields[TestPhase.PRE], fields[TestPhase.POST], given)
