"""A new API token."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.forms.tenant_form import PersonField
from organizations.vocabulary import ApiScope

USUAL_DAYS = 90


class ApiTokenForm(forms.Form):
    """What it is for, as whom it speaks, what it may do, until when."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    owner = PersonField(label=_("Speaks as"))
    scopes = forms.MultipleChoiceField(label=_("What it may do"), choices=ApiScope.choices, widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(
        label=_("Last day"), help_text=_("A year from today at most."), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("expires_on", timezone.localdate() + timedelta(days=USUAL_DAYS))
