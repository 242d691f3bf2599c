"""Write a decision, answer one, and hear an appeal."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.actions.respond import LONGEST
from assessments.forms.panel import NO_TRACK, DimensionsForm
from assessments.forms.refusing import RefusingForm
from assessments.rules.certification_levels import MOST_POINTS
from assessments.vocabulary import Level, Outcome, Track
from organizations.forms.tenant_form import PersonField
from programs.actions.set_plan import NewPoint

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
LONGEST_POINT = 300


class DecisionForm(DimensionsForm):
    """What the panel comes to. A plan has up to three points, each until a day."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a review", "Decision"), choices=Outcome.choices, widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": gettext_lazy("Choose what is decided.")},
    )  # fmt: skip
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=[("", gettext_lazy("none")), *Level.choices], required=False,
        help_text=gettext_lazy("Only where certified; a level kept stays what it is."),
    )  # fmt: skip
    track = forms.ChoiceField(
        label=gettext_lazy("Successor pool"), choices=[NO_TRACK, *Track.choices], required=False,
        help_text=gettext_lazy("Intermediate level and two dimensions at 4; it counts once the trainee says yes. No promise of promotion."),
    )  # fmt: skip
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The trainee reads this: facts from the file, what was strong, and one thing to get better at."),
        error_messages={"required": gettext_lazy("Write why: the trainee reads it.")},
    )  # fmt: skip

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        for number in range(1, MOST_POINTS + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("Point %(number)s of the plan") % {"number": number}, max_length=LONGEST_POINT, required=False
            )
            self.fields[f"signer_{number}"] = PersonField(
                label=_("Who signs it off"), required=False, help_text="", widget=forms.TextInput(attrs={"placeholder": _("the mentor")})
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Until when"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )

    @property
    def points(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields of the plan, point by point."""
        return [(self[f"what_{number}"], self[f"due_{number}"], self[f"signer_{number}"]) for number in range(1, MOST_POINTS + 1)]

    @property
    def plan(self) -> list[NewPoint]:
        """The points that were written."""
        values = self.cleaned_data
        found = [
            NewPoint(values.get(f"what_{number}", ""), values.get(f"due_{number}"), values.get(f"signer_{number}"))
            for number in range(1, MOST_POINTS + 1)
        ]
        return [point for point in found if point.what and point.due_on]

    @property
    def proposal(self) -> dict:
        """As the action takes it."""
        values = {name: self.cleaned_data.get(name, "") for name in ("outcome", "level", "track", "reasons")}
        return values | {"scores": self.scores, "plan": self.plan}

    def clean(self) -> dict:
        """A point has both its words and its day, and a day that a calendar knows."""
        cleaned = super().clean()
        for number in range(1, MOST_POINTS + 1):
            what, due_on = cleaned.get(f"what_{number}"), cleaned.get(f"due_{number}")
            if what and not due_on and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", forms.ValidationError(_("Say until when."), code="required"))
            if due_on and not what and f"what_{number}" not in self.errors:
                self.add_error(f"what_{number}", forms.ValidationError(_("Say what is to be done by then."), code="required"))
            if due_on and not 2000 <= due_on.year <= 2100:
                self.add_error(f"due_{number}", forms.ValidationError(_("Write a year between 2000 and 2100."), code="year"))
        return cleaned

    def field_of(self, name: str) -> str | None:
        """The action speaks of the plan as a whole."""
        if name == "plan":
            return "what_1"
        if name == "signer":
            return "signer_1"
        return "score_5.1" if name == "scores" else super().field_of(name)


class AcknowledgeForm(RefusingForm):
    """Take note; where the decision names the successor pool, say yes or no to it."""

    consents = forms.ChoiceField(
        label=gettext_lazy("Do you want to be in the successor pool?"), choices=YES_NO, required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("A no changes nothing about your level. Being in the pool promises no promotion."),
    )  # fmt: skip

    @property
    def consent(self) -> bool | None:
        """Yes, no, or not said."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("consents", ""))


class AppealForm(RefusingForm):
    """Why a decision should be looked at again."""

    reasons = forms.CharField(
        label=gettext_lazy("What should be looked at again, and why"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say what should be looked at again, and why.")},
    )  # fmt: skip


class GrantField(forms.ChoiceField):
    """Whether an appeal is granted."""

    def __init__(self):
        super().__init__(
            label=gettext_lazy("Is the appeal granted?"), choices=YES_NO, widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose whether the appeal is granted.")},
        )  # fmt: skip


class AdviceForm(RefusingForm):
    """What a reviewer thinks of an appeal."""

    granted = GrantField()
    reasons = forms.CharField(label=gettext_lazy("Reasons"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))


class AppealAnswerForm(AdviceForm):
    """The answer; what is decided in its place is a form of its own (`DecisionForm`)."""
