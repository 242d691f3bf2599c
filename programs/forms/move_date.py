"""Another day by which a task is due."""

from django import forms
from django.utils.translation import gettext_lazy

from programs.forms.waive import LONGEST


class MoveDateForm(forms.Form):
    """The new day, and why it moves."""

    use_required_attribute = False
    due_on = forms.DateField(label=gettext_lazy("Due on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example: six weeks of parental leave, agreed with the mentor."),
        error_messages={"required": gettext_lazy("Say why the date moves.")},
    )  # fmt: skip
