"""Propose somebody for 360 feedback."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.refusing import RefusingForm
from assessments.vocabulary import RaterGroup
from organizations.forms.tenant_form import PersonField


class RaterForm(RefusingForm):
    """Who, and as what they know the trainee."""

    member = PersonField(label=gettext_lazy("Whom to ask"), required=False)
    name = forms.CharField(label=gettext_lazy("Or from outside: name"), max_length=80, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, required=False,
        help_text=gettext_lazy("Their personal link is mailed there once they are asked."),
    )  # fmt: skip
    group = forms.ChoiceField(
        label=gettext_lazy("Knows the trainee as"), choices=[one for one in RaterGroup.choices if one[0] != RaterGroup.SELF]
    )

    def __init__(self, *args, from_outside: bool, **more):
        super().__init__(*args, **more)
        if not from_outside:
            del self.fields["name"], self.fields["email"]

    def clean(self) -> dict:
        """Somebody of the organization, or a name with an e-mail; one of the two."""
        values = super().clean()
        name, email = values.get("name", ""), values.get("email", "")
        if values.get("member") and (name or email):
            self.add_error("member", ValidationError(_("Choose somebody here or somebody from outside, not both."), code="both"))
        elif not values.get("member") and not self.errors:
            if not name and not email:
                self.add_error("member", ValidationError(_("Say whom to ask."), code="required"))
            elif not name or not email:
                text = _("Somebody from outside needs a name and an e-mail.")
                self.add_error("name" if email else "email", ValidationError(text, code="required"))
        return values
