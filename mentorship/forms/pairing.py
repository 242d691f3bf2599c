"""Proposing a pairing, and answering and ending one."""

from django import forms
from django.utils.translation import gettext_lazy

LONGEST_REASON = 500


class ProposeForm(forms.Form):
    """Which mentor, and why."""

    use_required_attribute = False
    mentor = forms.TypedChoiceField(
        label=gettext_lazy("Mentor"),
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={
            "required": gettext_lazy("Choose a mentor."),
            "invalid_choice": gettext_lazy("This mentor takes no trainees now. Choose another one."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Why these two"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Both read it."),
    )  # fmt: skip

    def __init__(self, *args, choices: list[tuple[int, str]], **more):
        super().__init__(*args, **more)
        self.fields["mentor"].choices = choices


class ReasonForm(forms.Form):
    """Why a proposal is declined, or a pairing ends, or a meeting does not take place."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
