"""Why a trainee is let off a task."""

from django import forms
from django.utils.translation import gettext_lazy

LONGEST = 2000


class WaiveForm(forms.Form):
    """The reason, which stays."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The trainee and the panel read it. For example: did the same analysis at the last employer; report seen."),
        error_messages={"required": gettext_lazy("Say why; the trainee and the panel will read it.")},
    )  # fmt: skip
