"""What every form of the template builder shares: texts in two languages, and what the person had before them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.actions.edit_template import LONGEST_NAME, LONGEST_TEXT, fingerprint
from programs.rules.version_content import Content, Part
from programs.vocabulary import Role

# suffix, key of the text, name in itself, lang of the field
LANGUAGES = (("zh", "zh-hans", "简体中文", "zh-Hans"), ("en", "en", "English", "en"))
TEXT_LANGUAGES = {suffix: key for suffix, key, _name, _lang in LANGUAGES}

with_language = lazy(lambda label, language: format_html("{} <small>{}</small>", label, language), str)


@dataclass(frozen=True)
class Words:
    """A text of a form, written in both languages side by side."""

    label: object
    long: bool = False
    longest: int = 0

    def fields(self, name: str) -> dict[str, forms.Field]:
        """One field for each language."""
        longest = self.longest or (LONGEST_TEXT if self.long else LONGEST_NAME)
        return {
            f"{name}_{suffix}": forms.CharField(
                label=with_language(self.label, language),
                max_length=longest,
                required=False,
                widget=forms.Textarea(attrs={"lang": lang, "rows": 3}) if self.long else forms.TextInput(attrs={"lang": lang}),
            )
            for suffix, _key, language, lang in LANGUAGES
        }


class LocalizedForm(forms.Form):
    """A form with texts in both languages: a field `<name>_zh` and a field `<name>_en` for each."""

    texts: Mapping[str, Words] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {name: field for text, words in self.texts.items() for name, field in words.fields(text).items()} | self.fields

    def pair(self, name: str) -> tuple[forms.BoundField, forms.BoundField]:
        """The two fields of a text."""
        return self[f"{name}_zh"], self[f"{name}_en"]

    @property
    def pairs(self) -> dict[str, tuple[forms.BoundField, forms.BoundField]]:
        """All texts by name, for templates."""
        return {name: self.pair(name) for name in self.texts}


def text_of(cleaned: Mapping, name: str) -> dict[str, str]:
    """The text that two fields hold; a language without words is left out."""
    words = {key: cleaned.get(f"{name}_{suffix}", "").replace("\r\n", "\n").strip() for suffix, key in TEXT_LANGUAGES.items()}
    return {key: text for key, text in words.items() if text}


def as_initial(name: str, text: Mapping[str, str]) -> dict[str, str]:
    """A text as the initial values of its two fields."""
    return {f"{name}_{suffix}": text.get(key, "") for suffix, key in TEXT_LANGUAGES.items()}


def roles_field(label, roles=Role.choices) -> forms.MultipleChoiceField:
    """Roles to tick, as chips."""
    return forms.MultipleChoiceField(
        label=label, choices=roles, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "row"})
    )


class PartForm(LocalizedForm):
    """A form about one part of a draft. `edits` are the values it writes, `kind` the part's."""

    kind = ""
    edits: tuple[str, ...] = ()

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data=None, *, content: Content, part: Part | Content, revision: int, **kwargs):
        self.content, self.part = content, part
        initial = {"revision": revision, "seen": fingerprint({name: getattr(part, name) for name in self.edits})}
        for name in self.edits:
            value = getattr(part, name)
            initial |= as_initial(name, value) if name in self.texts else {name: value}
        super().__init__(data, initial=initial, use_required_attribute=False, **kwargs)

    def values(self) -> dict[str, object]:
        """What was typed, as the action takes it."""
        typed = {name: text_of(self.cleaned_data, name) for name in self.edits if name in self.texts}
        typed |= {name: self.cleaned_data[name] for name in self.edits if name in self.cleaned_data}
        for name, value in typed.items():
            if isinstance(self.fields.get(name), forms.MultipleChoiceField):
                typed[name] = in_old_order(getattr(self.part, name), value)
        return typed | self.row_values()

    def row_values(self) -> dict[str, object]:
        """What the tables of rows amount to."""
        return {}

    @property
    def row_sets(self) -> list:
        """The tables of rows inside the form."""
        return []

    @property
    def wrong_rows(self) -> list[forms.Form]:
        """Rows that cannot be taken, for the summary on top."""
        return [row for rows in self.row_sets for row in rows if row.errors] if self.is_bound else []

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(rows.is_valid() for rows in self.row_sets)])

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Put a refusal of the action next to its field, or on top where it has none here."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            field = next((one for one in (name, f"{name}_zh") if one in self.fields), None)
            self.add_error(field, errors)


def in_old_order(old: list[str], chosen: list[str]) -> list[str]:
    """What was ticked: what was there stays in its order, what is new follows."""
    return [one for one in old if one in chosen] + [one for one in chosen if one not in old]


def switch(label) -> forms.BooleanField:
    """Yes or no."""
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs={"class": "switch"}))


def whole_number(label, least: int, most: int, **kwargs) -> forms.IntegerField:
    """A number of days, hours or percent within sense."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={
            "invalid": _("Write a whole number, such as 12."),
            "min_value": _("Write %(limit_value)s or more."),
            "max_value": _("Write %(limit_value)s or less."),
            "required": _("Write a number here."),
        },
        **kwargs,
    )
