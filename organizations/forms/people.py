"""Looking for people, and entering them."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from organizations.forms.sign_in import NO_ADDRESS
from organizations.forms.tenant_form import PersonField, SeenForm, TenantModelForm
from organizations.models import Member
from organizations.vocabulary import OrganizationRole, PersonState


class PeopleFilterForm(forms.Form):
    """What the list of people shows. A filter that makes no sense is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *OrganizationRole.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All who belong here")), *PersonState.choices])

    def wanted(self) -> dict[str, str]:
        """The filters that were understood."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class PersonForm(TenantModelForm, SeenForm):
    """The facts about a person. Only the name is needed."""

    line_manager = PersonField(label=_("Line manager"), required=False)

    class Meta:
        model = Member
        fields = ("name", "employee_number", "email", "phone", "department", "title", "line_manager")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = pgettext("of a person", "Name")
        self.initial["line_manager"] = self.instance.line_manager
        self.fields["email"].error_messages["invalid"] = NO_ADDRESS
        self.fields["email"].help_text = _("For the invitation and for notices. Can stay empty.")
        self.fields["employee_number"].help_text = _("Without e-mail, one signs in with it.")

    def facts(self) -> dict:
        """What was entered, for the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean_email(self) -> str:
        """Addresses are kept in small letters."""
        return self.cleaned_data["email"].strip().lower()


class RolesForm(forms.Form):
    """The organization roles of one person. Everyone is a member."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, role.label) for role in OrganizationRole if role != OrganizationRole.MEMBER],
    )
