"""Answers to one check, and which checks are passed together."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.localized import read
from programs.forms.sign_off import LONGEST_NOTE

MOST_TOGETHER = 100


class CheckForm(forms.Form):
    """Each item yes or no; a note where something is still missing."""

    prefix = "check"
    items = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("This item is not in the check. Load the page again.")},
    )
    note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "data-key": "c"}),
        help_text=gettext_lazy("Where something is missing, say what and until when."),
    )

    def __init__(self, data: Mapping | None = None, *, items: Sequence[Mapping], trainee: str, **more):
        super().__init__(data, **more)
        self.keys = [item["key"] for item in items]
        self.fields["items"].choices = [(item["key"], read(item["text"])) for item in items]
        self.fields["items"].label = _("What you have seen for yourself")
        self.fields["note"].label = _("To %(name)s") % {"name": trainee}

    @property
    def answers(self) -> dict[str, bool]:
        """Yes or no for each item."""
        return {key: key in self.cleaned_data["items"] for key in self.keys}


class PassChecksForm(forms.Form):
    """Checks chosen in the queue, each as `<task work>-<definition>`."""

    checks = forms.MultipleChoiceField(
        label=gettext_lazy("Checks"),
        error_messages={
            "required": gettext_lazy("Choose at least one check."),
            "invalid_choice": gettext_lazy("Some of these do not wait for you any more. Nothing was passed; look at the queue again."),
        },
    )

    def __init__(self, data: Mapping | None = None, *, waiting: Sequence[str], **more):
        super().__init__(data, **more)
        self.fields["checks"].choices = [(code, code) for code in waiting]

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """Task work and definition of each."""
        pairs = (code.split("-") for code in dict.fromkeys(self.cleaned_data["checks"]))
        return [(int(work), int(definition)) for work, definition in pairs]
