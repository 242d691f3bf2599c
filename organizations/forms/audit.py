"""Filters of the audit trail."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.vocabulary import AuditAction, SubjectKind


class AuditFilterForm(forms.Form):
    """What the audit trail shows. A filter that makes no sense is left out."""

    who = forms.CharField(label=_("Who"), required=False, max_length=80)
    action = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("All acts")), *AuditAction.choices])
    kind = forms.ChoiceField(label=_("Of which kind"), required=False, choices=[("", _("All kinds")), *SubjectKind.choices])
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def wanted(self) -> dict[str, str | date | None]:
        """The filters that were understood."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
