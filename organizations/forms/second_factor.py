"""The library's forms of the second factor in our words."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext as _

from organizations.forms.sign_in import dress


def _dress_code(form) -> None:
    dress(form, code=_("Code"))
    form.fields["code"].max_length = 40
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class AuthenticateForm(base.AuthenticateForm):
    """The code at sign-in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_code(self)


class ReauthenticateForm(base.ReauthenticateForm):
    """The code once more, before something weighty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_code(self)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_code(self)
