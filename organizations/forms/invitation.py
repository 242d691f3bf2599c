"""Accepting an invitation."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.forms.sign_in import LONGEST_PASSWORD, dress
from organizations.models import User
from organizations.vocabulary import Language


class NewAccountForm(forms.Form):
    """Someone who signs in nowhere yet."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices, widget=forms.RadioSelect(attrs={"class": "seg"}))
    password1 = forms.CharField(
        label=gettext_lazy("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=gettext_lazy("The password once more"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        dress(self)

    def clean_password1(self) -> str:
        """Good enough for this person."""
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean(self) -> dict:
        values = super().clean()
        if values.get("password1") and values.get("password2") and values["password1"] != values["password2"]:
            self.add_error("password2", ValidationError(_("The two passwords differ."), code="passwords_differ"))
        return values


class OwnAccountForm(forms.Form):
    """Someone who signs in already shows the password of that account."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
