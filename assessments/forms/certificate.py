"""Forms about one certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RevokeForm(forms.Form):
    """Why a certificate holds no more."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The holder reads it. Whoever checks the code sees only that it was revoked, and when."),
        error_messages={"required": _("Say why: the holder reads it.")},
    )
