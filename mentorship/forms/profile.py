"""What a mentor can give."""

from django import forms
from django.utils.translation import gettext_lazy

from mentorship.models import MentorProfile
from mentorship.rules.capacity import LARGEST, SMALLEST
from organizations.forms.tenant_form import PersonField, SeenForm
from organizations.vocabulary import Language


class ProfileForm(SeenForm):
    """The profile, with a word where someone else has changed it meanwhile."""

    use_required_attribute = False
    capacity = forms.IntegerField(
        label=gettext_lazy("Trainees at the same time"), min_value=SMALLEST, max_value=LARGEST, help_text=gettext_lazy("1 to 10")
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=Language, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "row"})
    )

    class Meta:
        model = MentorProfile
        fields = ("capacity", "skills", "experience", "languages", "note", "paused")
        labels = {
            "skills": gettext_lazy("What you can pass on"),
            "experience": gettext_lazy("Experience"),
            "note": gettext_lazy("Good to know"),
            "paused": gettext_lazy("No new trainees for now"),
        }
        help_texts = {
            "skills": gettext_lazy("For example: needs interviews, facilitation, reading a profit and loss account."),
            "note": gettext_lazy("For example: afternoons only, in Hangzhou on Tuesdays."),
        }
        widgets = {"skills": forms.Textarea(attrs={"rows": 3}), "experience": forms.Textarea(attrs={"rows": 4})}

    @property
    def facts(self) -> dict:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NominateForm(forms.Form):
    """Whom to nominate as a mentor."""

    use_required_attribute = False
    person = PersonField(label=gettext_lazy("Person"), error_messages={"required": gettext_lazy("Name a person.")})
