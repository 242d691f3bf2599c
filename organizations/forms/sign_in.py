"""The library's sign-in forms in our words."""

from allauth.account import forms as library
from django import forms
from django.contrib.auth import password_validation
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

LONGEST_PASSWORD = 256
NO_ADDRESS = gettext_lazy("Write a whole address, like name@company.com.")


def _password_hint() -> str:
    """What a good password is, in one sentence; the length as the validators have it."""
    least = next(v.min_length for v in password_validation.get_default_password_validators() if hasattr(v, "min_length"))
    words = ngettext(
        "At least %(n)d character. Several words that belong together for you alone are best.",
        "At least %(n)d characters. Several words that belong together for you alone are best.",
        least,
    )
    return words % {"n": least}


def dress(form: forms.BaseForm, **labels) -> None:
    """Our labels, no text inside empty fields, and one hint for a new password."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = NO_ADDRESS
        if isinstance(field.widget, forms.PasswordInput):
            field.help_text = lazy(_password_hint, str)() if name == "password1" else ""


class LoginForm(library.LoginForm):
    """Sign in by e-mail and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self, login=_("Work e-mail"), password=_("Password"), remember=_("Stay signed in on this computer for 30 days"))
        self.fields["login"].widget.attrs |= {"autocomplete": "username"}
        self.fields["login"].max_length = 254
        self.fields["password"].max_length = LONGEST_PASSWORD


class ResetPasswordForm(library.ResetPasswordForm):
    """Ask for a link to choose a new password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self, email=_("Work e-mail"))


class ResetPasswordKeyForm(library.ResetPasswordKeyForm):
    """Choose a new password by the link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self, password1=_("New password"), password2=_("The new password once more"))


class ChangePasswordForm(library.ChangePasswordForm):
    """Change the password one knows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self, oldpassword=_("Current password"), password1=_("New password"), password2=_("The new password once more"))


class SetPasswordForm(library.SetPasswordForm):
    """Choose a first password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self, password1=_("Password"), password2=_("The password once more"))


class AddEmailForm(library.AddEmailForm):
    """One more address to sign in with."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self, email=_("Another e-mail address"))


class ReauthenticateForm(library.ReauthenticateForm):
    """Show once more that it is you."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self, password=_("Password"))


class NumberForm(forms.Form):
    """Sign in by organization, employee number and a password or one-time code."""

    organization = forms.CharField(
        label=gettext_lazy("Organization"), max_length=40, help_text=gettext_lazy("Its short name, as in the address: …/o/hengyue/")
    )
    number = forms.CharField(
        label=gettext_lazy("Employee number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    secret = forms.CharField(
        label=gettext_lazy("Password or one-time code"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_organization(self) -> str:
        """Slugs are small letters; a whole address is understood too."""
        typed = self.cleaned_data["organization"].lower().rstrip("/")
        return typed.rpartition("/")[2]
