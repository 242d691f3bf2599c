"""One field of a deliverable's form: how it is asked for. What an answer may be is rules/field_values' affair."""

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from documents.models import StoredFile
from organizations.localized import read
from programs.forms.deliverable_typed import written_name
from programs.queries.directory import Directory
from programs.rules.fields import Column, FieldDefinition
from programs.vocabulary import FieldType

# One line of words beside each other; more or longer ones are easier to find in a list.
FEW_CHOICES = 5
SHORT_CHOICE = 16
UPLOAD = ".upload"  # ends the name of the input through which a file comes
SUGGESTIONS = "people"  # the id of the page's <datalist> of names


class PersonSelect(forms.Select):
    """A list of people that one can search; their department stands beside the name."""

    notes: dict[str, str] = {}

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        if note := self.notes.get(str(value)):
            option["attrs"]["data-note"] = note
        return option


class PeopleSelect(PersonSelect, forms.SelectMultiple):
    """Several people."""


class FileCode(forms.HiddenInput):
    """The code of a stored file; the place to choose one is drawn beside it."""

    def use_required_attribute(self, initial) -> bool:
        return False


def widget_for(thing: FieldDefinition | Column, people: Directory, *, in_cell: bool = False) -> forms.Widget:
    """The input for a field or a cell. Numbers are text inputs: 1,200 and full-width digits are numbers too."""
    match thing.type:
        case FieldType.LONG:
            return forms.Textarea(attrs={"rows": 2 if in_cell else 5})
        case FieldType.INT:
            return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        case FieldType.DECIMAL | FieldType.MONEY | FieldType.PERCENT:
            return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        case FieldType.DATE:
            return forms.TextInput(attrs={"type": "date"})
        case FieldType.DATETIME:
            return forms.TextInput(attrs={"type": "datetime-local"})
        case FieldType.LINK:
            return forms.TextInput(attrs={"type": "url", "inputmode": "url", "placeholder": "https://"})
        case FieldType.CHOICE:
            return _choice(thing, in_cell)
        case FieldType.MULTI:
            return forms.CheckboxSelectMultiple(choices=_choices(thing))
        case FieldType.PERSON | FieldType.PEOPLE:
            return _person(thing, people, in_cell)
        case FieldType.FILE:
            return FileCode()
    # In a cell a text may be longer than its column: the box grows with it. Line ends in it count as spaces.
    return forms.Textarea(attrs={"rows": 1}) if in_cell else forms.TextInput(attrs={"autocomplete": "off"})


def unit_of(thing: FieldDefinition | Column, currency: str) -> str:
    """What a number is counted in, said beside its name."""
    return {FieldType.MONEY: currency, FieldType.PERCENT: "%"}.get(thing.type, "")


def _choices(thing: FieldDefinition | Column) -> list[tuple[str, str]]:
    return [(choice.key, read(choice.label)) for choice in thing.choices]


def _choice(thing: FieldDefinition | Column, in_cell: bool) -> forms.Widget:
    choices = _choices(thing)
    if not in_cell and len(choices) <= FEW_CHOICES:
        short = all(len(label) <= SHORT_CHOICE for _key, label in choices)
        return forms.RadioSelect(choices=choices, attrs={"class": "row"} if short else None)
    return forms.Select(choices=[("", _("Choose…")), *choices])


def _person(thing: FieldDefinition | Column, people: Directory, in_cell: bool) -> forms.Widget:
    if written_name(people, in_cell=in_cell):
        if thing.type == FieldType.PEOPLE:
            return forms.Textarea(attrs={"rows": 3})
        return forms.TextInput(attrs={"list": SUGGESTIONS, "autocomplete": "off", "placeholder": _("Name, e-mail or number")})
    several = thing.type == FieldType.PEOPLE
    choices = [(str(person.pk), person.name) for person in people.people]
    widget = (PeopleSelect if several else PersonSelect)(
        choices=choices if several else [("", ""), *choices], attrs={"data-combobox": True}
    )
    widget.notes = {str(person.pk): person.note for person in people.people if person.note}
    return widget


class AnswerField(forms.Field):
    """A field of the template's form. It takes everything typed; the form judges the answers together."""

    def __init__(self, definition: FieldDefinition, people: Directory, currency: str):
        self.definition = definition
        self.unit = unit_of(definition, currency)
        widget = widget_for(definition, people)
        super().__init__(label=read(definition.label), help_text=self._hint(), widget=widget)
        # The mark of a required field and its check at handing in; a draft may leave it empty.
        self.required = definition.required

    def _hint(self) -> str:
        return read(self.definition.hint) if self.definition.hint else ""

    def clean(self, value):
        return value

    def get_bound_field(self, form, field_name: str) -> BoundField:
        return (
            FileBoundField(form, self, field_name) if self.definition.type == FieldType.FILE else AnswerBoundField(form, self, field_name)
        )


class AnswerBoundField(BoundField):
    """A field with the unit of its number."""

    template_name = "programs/_answer_field.html"

    @property
    def unit(self) -> str:
        return self.field.unit


class FileBoundField(BoundField):
    """A file that is there already, and the place to choose another."""

    template_name = "programs/_file_field.html"
    is_hidden = False

    @cached_property
    def file(self) -> StoredFile | None:
        """The stored file, if its code is one of this deliverable's."""
        return self.form.files_by_code.get(self.value() or "")

    @property
    def upload_name(self) -> str:
        return f"{self.html_name}{UPLOAD}"

    @property
    def upload_id(self) -> str:
        return f"{self.auto_id}_upload"
