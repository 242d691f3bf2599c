"""Fields that take people as one writes them: name, name and department, e-mail or employee number."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.queries.directory import NOBODY, Directory
from programs.rules import pasted_people

SUGGESTIONS = "people"  # the id of the page's <datalist> of names
LONGEST = 200


class PersonField(forms.CharField):
    """One person, by what is written of them; cleans to their id. The form gives it the `directory`."""

    def __init__(self, **more):
        self.directory: Directory = NOBODY
        attrs = {"list": SUGGESTIONS, "autocomplete": "off", "placeholder": gettext_lazy("Name, e-mail or number")}
        super().__init__(max_length=LONGEST, widget=forms.TextInput(attrs=attrs), **more)

    def prepare_value(self, value):
        """An id is shown as the person's name; what was typed stays."""
        return self.directory.label(value) if isinstance(value, int) else value

    def clean(self, value) -> int | None:
        words = super().clean(value)
        return self._found(words) if words else None

    def _found(self, words: str) -> int:
        pk = self.directory.find(words)
        if pk is None:
            raise ValidationError(_("“%(words)s” is nobody here, or several people. Write the e-mail or the employee number."),
                                  code="not_a_person", params={"words": words})  # fmt: skip
        return pk


class PeopleField(forms.CharField):
    """Several people, one below the other; cleans to their ids."""

    def __init__(self, **more):
        self.directory: Directory = NOBODY
        super().__init__(
            max_length=20 * LONGEST, widget=forms.Textarea(attrs={"rows": 2, "placeholder": gettext_lazy("Name, e-mail or number")}), **more
        )

    def prepare_value(self, value):
        """Ids are shown as names; what was typed stays."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(self.directory.label(pk) if isinstance(pk, int) else str(pk) for pk in value)

    def clean(self, value) -> list[int]:
        ids, unknown = [], []
        for known_by in pasted_people.read(super().clean(value)):
            pk = found(self.directory, known_by)
            ids.append(pk) if pk else unknown.append(pasted_people.said(known_by))
        if unknown:
            raise ValidationError(_("Nobody here, or several people: %(names)s. Write the e-mail or the employee number."),
                                  code="not_a_person", params={"names": _(", ").join(unknown[:5])})  # fmt: skip
        return list(dict.fromkeys(ids))


class PeopleFormMixin:
    """Gives the form's fields the people one may choose."""

    def know(self, directory: Directory) -> None:
        """Call it after the fields are made."""
        for field in self.fields.values():
            if isinstance(field, PersonField | PeopleField):
                field.directory = directory


def found(directory: Directory, known_by: Sequence[str]) -> int | None:
    """The person whom one of these words names alone."""
    return next((pk for words in known_by if (pk := directory.find(words))), None)
