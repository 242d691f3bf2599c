"""Move a gate's day; ask for another baseline, and answer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import DayField


class RefusingForm(forms.Form):
    """A form whose action may refuse, beside the field that the refusal is about."""

    use_required_attribute = False

    def refuse(self, refusal: ValidationError) -> int:
        """Show it; answers 422 where something typed is to be put right, 409 where things have changed meanwhile."""
        self.add_error(None, refusal)
        return 422 if hasattr(refusal, "error_dict") else 409


class GateDateForm(RefusingForm):
    """Another day for a gate."""

    due_on = DayField(label=_("New day"))
    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Mentor and sponsor read it."),
        error_messages={"required": _("Say why: mentor and sponsor read it.")},
    )  # fmt: skip


class BaselineRequestForm(RefusingForm):
    """Another baseline, and why."""

    after = forms.DecimalField(label=_("New baseline"), max_digits=14, decimal_places=2)
    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was wrong with the first figure, and where the new one comes from."),
        error_messages={"required": _("Say why: the sponsor decides on it.")},
    )  # fmt: skip


class BaselineAnswerForm(RefusingForm):
    """The sponsor's word on it; which button was pressed says whether it is a yes."""

    note = forms.CharField(label=_("Note"), max_length=500, required=False, help_text=_("A no says why."))
