"""Choosing a project, changing its facts, answering as its sponsor."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import DayField
from organizations.forms.tenant_form import PersonField
from programs.models import ProjectKind
from projects.forms.fields import FactsForm
from projects.models import PracticeProject

SPONSOR_HINT = _("Someone from the business who wants the problem solved, not from the training team. By name, e-mail or employee number.")


class KindForm(forms.Form):
    """Which kind of project."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect(attrs={"class": "cards"}))

    def __init__(self, *args, kinds: Iterable[ProjectKind], **more):
        super().__init__(*args, **more)
        self.kinds = {kind.key: kind for kind in kinds}
        self.fields["kind"].choices = [(key, f"{key} {kind.name}") for key, kind in self.kinds.items()]

    @property
    def chosen(self) -> ProjectKind:
        """The kind that was chosen; only of a valid form."""
        return self.kinds[self.cleaned_data["kind"]]


class ChooseForm(KindForm):
    """Which kind, and what one knows of the project already."""

    name = forms.CharField(
        label=_("Name of the project"),
        max_length=120,
        help_text=_("What will be different, in a few words: “Store managers ready in 60 days”."),
    )
    problem = forms.CharField(
        label=_("Problem it solves"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the business's own words, with a figure if there is one."),
    )
    sponsor = PersonField(label=_("Sponsor"), required=False, help_text=SPONSOR_HINT)


class EditForm(FactsForm):
    """A project's facts. Who delivers later figures is asked only where there are some."""

    sponsor = PersonField(label=_("Sponsor"), required=False, help_text=SPONSOR_HINT)
    last_session_on = DayField(
        label=_("Last session"), required=False, help_text=_("The final figures are due so many days after it as the program says.")
    )
    figures_owner = PersonField(label=_("Who delivers the final figures"), required=False)

    class Meta:
        model = PracticeProject
        fields = ("name", "problem", "people_in_scope", "whole_unit", "sponsor", "last_session_on", "figures_owner")

    def __init__(self, *args, has_later_figures: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["sponsor"], self.initial["figures_owner"] = self.instance.sponsor, self.instance.figures_owner
        self.fields["problem"].widget.attrs["rows"] = 4
        self.fields["people_in_scope"].help_text = _(
            "How many people are to work differently because of it; a project that stretches has 30 or more."
        )
        self.fields["whole_unit"].help_text = _(
            "Where it takes in one business unit as a whole, its name, such as “South region stores”; else empty."
        )
        if not has_later_figures:
            del self.fields["last_session_on"], self.fields["figures_owner"]

    def facts(self) -> dict:
        """What was entered. The sponsor is not written but asked."""
        return {name: value for name, value in super().facts().items() if name != "sponsor"}


class SponsorForm(forms.Form):
    """Accept or decline."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("What you want to say with it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("If you decline, say why, so that the trainee can look for someone else."),
    )
