"""Forms that take what an action refused and say it beside the field that it is about."""

from django import forms


class RefusingForm(forms.Form):
    """A form whose action may refuse; nothing that was typed is lost."""

    use_required_attribute = False

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Put what the action refused beside its field; what concerns no field stands above."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(self.field_of(name), errors)

    def field_of(self, name: str) -> str | None:
        """The field that the action's name means; None where there is no such field."""
        return name if name in self.fields else None
