"""Propose somebody for 360 feedback."""

from django import forms
from django.utils.translation import gettext_lazy

from assessments.forms.refusing import RefusingForm
from assessments.vocabulary import RaterGroup
from organizations.forms.tenant_form import PersonField


class RaterForm(RefusingForm):
    """Who, and as what they know the trainee."""

    member = PersonField(label=gettext_lazy("Whom to ask"))
    group = forms.ChoiceField(
        label=gettext_lazy("Knows the trainee as"), choices=[one for one in RaterGroup.choices if one[0] != RaterGroup.SELF]
    )
