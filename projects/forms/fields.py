"""What several forms of a project use."""

from django import forms

from organizations.forms.tenant_form import SeenForm, TenantModelForm
from projects.rules.risk_levels import LEVELS


def level_field(label, hint) -> forms.TypedChoiceField:
    """1 to 5, side by side."""
    choices = [(number, str(number)) for number in LEVELS]
    return forms.TypedChoiceField(
        label=label, coerce=int, choices=choices, widget=forms.RadioSelect(attrs={"class": "seg"}), help_text=hint
    )


class FactsForm(TenantModelForm, SeenForm):
    """The facts of a row, for an action to write; a clear word where someone else changed them meanwhile."""

    use_required_attribute = False

    def facts(self) -> dict:
        """What was entered."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}

    def _post_clean(self) -> None:
        """The form leaves the row as it found it: the action writes, and a page that refuses shows what stands."""
