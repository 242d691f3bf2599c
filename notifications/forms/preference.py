"""How one wants to be told."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _


class PreferenceForm(forms.Form):
    """By e-mail or only in the product, and when to be left alone."""

    by_email = forms.BooleanField(
        label=_("Also by e-mail"),
        help_text=_("Every notice stays in Trellis, with or without e-mail."),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "switch"}),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        initial=time(20),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        help_text=_("By your own clock. Between these hours no mail is sent; the same hour twice means never quiet."),
        initial=time(8),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    only_working_days = forms.BooleanField(
        label=_("Only on working days"),
        help_text=_("What happens on a day off reaches you on the next working day."),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "switch"}),
    )

    def __init__(self, *args, has_address: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_address:
            self.fields["by_email"].disabled = True
            self.fields["by_email"].help_text = _("You have no e-mail address here, so notices reach you in Trellis alone.")
