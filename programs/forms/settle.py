"""Say what shows that something is done, and by what it is settled."""

from django import forms
from django.utils.translation import gettext_lazy

from programs.actions.settle_point import LONGEST


class SettleForm(forms.Form):
    """By what something agreed on is settled."""

    use_required_attribute = False
    note = forms.CharField(
        label=gettext_lazy("What shows that it is settled"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say what shows that it is settled.")},
    )


class ShownForm(forms.Form):
    """What shows that a point of a plan is done."""

    use_required_attribute = False
    shown = forms.CharField(
        label=gettext_lazy("What shows it, and where it is"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what shows it, and where it is.")},
    )  # fmt: skip
