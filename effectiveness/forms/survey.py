"""Opening the survey of a session, and answering it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from effectiveness.vocabulary import ASPECTS, Agreement, ReactionItem
from organizations.forms.fields import DayField

WAYS = [
    ("", gettext_lazy("One link and QR code for all: anonymous, one answer per device")),
    ("1", gettext_lazy("A personal link for each person: anonymous too, each link answers once")),
]
LONGEST_WORDS = 1000
RECOMMEND = [(str(number), str(number)) for number in range(11)]


class OpenSurveyForm(forms.Form):
    """Until when, and by which way it is answered."""

    use_required_attribute = False
    closes_on = DayField(
        label=gettext_lazy("Answers until"),
        help_text=gettext_lazy("This day included. Most answers come before people leave the room."),
    )
    by_person = forms.ChoiceField(label=gettext_lazy("How it is answered"), choices=WAYS, required=False, widget=forms.RadioSelect)

    def facts(self) -> dict:
        """What was entered, for the action."""
        return {"closes_on": self.cleaned_data["closes_on"], "by_person": bool(self.cleaned_data["by_person"])}


class ScaleField(forms.ChoiceField):
    """A row of numbers to choose one of; `low` and `high` say what its ends mean."""

    def __init__(self, *, low: str, high: str, **more):
        self.low, self.high = low, high
        super().__init__(widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Choose a number.")}, **more)


class AnswerForm(forms.Form):
    """The built-in level-1 survey: eight items, a recommendation, two open questions. `device` stands in for a lost cookie."""

    use_required_attribute = False
    recommend = ScaleField(
        label=gettext_lazy("How likely are you to recommend this session to a colleague?"), choices=RECOMMEND,
        low=gettext_lazy("Not at all likely"), high=gettext_lazy("Very likely"),
    )  # fmt: skip
    keep = forms.CharField(
        label=gettext_lazy("What should stay as it is?"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )
    change = forms.CharField(
        label=gettext_lazy("What should be different next time?"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    device = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        scale = [(point.value, point.value) for point in Agreement]
        for item in ReactionItem:
            self.fields[item.value] = ScaleField(
                label=item.label, choices=scale, low=Agreement.NOT_AT_ALL.label, high=Agreement.FULLY.label
            )
        self.order_fields([*ReactionItem.values, "recommend", "keep", "change", "device"])

    @property
    def aspects(self) -> list[tuple[str, list]]:
        """Items under what they are about, to draw."""
        groups: dict = {}
        for item in ReactionItem:
            groups.setdefault(ASPECTS[item], []).append(self[item.value])
        return [(str(aspect.label), fields) for aspect, fields in groups.items()]

    def answer(self) -> dict:
        """What was entered, for the action."""
        given = self.cleaned_data
        return {
            "scores": {item: int(given[item]) for item in ReactionItem.values},
            "recommend": int(given["recommend"]),
            "keep": given["keep"],
            "change": given["change"],
        }


def too_many() -> str:
    """What somebody reads whose answer came in a flood."""
    return _("Too many answers came from here at once. Nothing of yours is lost: wait a minute and send it again.")
