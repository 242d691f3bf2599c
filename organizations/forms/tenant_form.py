"""What forms of a tenant's rows share: whole validation, and a word when someone else was faster."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Member
from organizations.queries.people_by_words import people_called


class TenantModelForm(forms.ModelForm):
    """A model form that also finds what is taken within the organization, which is no field of any form."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"organization"}


class SeenForm(forms.ModelForm):
    """Carries a mark of the values one has seen. Where they have changed since, the form says what stands there now.

    What was typed stays; sending it again means it.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A localized text is compared in all its languages, not in the reader's.
        self._before = {name: str(getattr(value, "data", value)) for name, value in self._stored().items()}
        self.initial["seen"] = self.mark

    def _stored(self) -> dict[str, Any]:
        return model_to_dict(self.instance, [name for name in self.fields if name != "seen"])

    @property
    def mark(self) -> str:
        """A keyed hash of the stored values: nothing can be read from it."""
        return salted_hmac("trellis.seen", repr(sorted(self._before.items()))).hexdigest()[:32]

    def _said(self, name: str) -> Any:
        """What stands in a field, in words: the label of a choice, not its key."""
        value, field = self.initial.get(name), self.fields[name]
        return dict(field.choices).get(value, value) if isinstance(field, forms.TypedChoiceField) else value

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.instance.pk is None or constant_time_compare(values.get("seen", ""), self.mark):
            return values
        for name in self.changed_data:
            if name in self._before and name in values:
                stands = self._said(name) or "—"
                words = _("Someone else has changed this page meanwhile. Here stands now: %(value)s")
                self.add_error(name, ValidationError(words, code="stale", params={"value": stands}))
        if not self.errors:
            self.add_error(None, ValidationError(_("Someone else has changed this page meanwhile. Look again, then save."), code="stale"))
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.mark
        return values


class PersonField(forms.CharField):
    """A person of the organization, by name, e-mail or employee number. Its value is a Member, or None."""

    default_error_messages = {
        "unknown": gettext_lazy("Nobody here has this name, e-mail or employee number."),
        "several": gettext_lazy("Several people are called this. Write the e-mail or the employee number."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=254, **{"help_text": gettext_lazy("Name, e-mail or employee number")} | kwargs)

    def clean(self, value: str) -> Member | None:
        words = super().clean(value)
        if not words:
            return None
        found = people_called(words)
        if len(found) != 1:
            code = "several" if found else "unknown"
            raise ValidationError(self.error_messages[code], code=code)
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """How a person is written into the field: in the shortest way that names them alone."""
        if not isinstance(value, Member):
            return value
        return value.email or value.employee_number or value.name

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
