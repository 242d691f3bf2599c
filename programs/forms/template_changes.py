"""What comes with a press of a button in the template builder."""

from django import forms


class ChangeForm(forms.Form):
    """Which version, as the person saw it, and which part to show next."""

    version = forms.IntegerField(min_value=1, max_value=32767)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    element = forms.CharField(required=False, max_length=80)


class MoveForm(ChangeForm):
    """Where a task goes: "up", "down" or the key of a module."""

    to = forms.CharField(max_length=10)
