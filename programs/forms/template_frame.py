"""Forms of the template builder for what frames a program: workflow, rubric levels, gates, success factors, reviews."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.localized import read
from programs.forms.template_elements import MOST_DAYS, RESPONSIBLE
from programs.forms.template_part import PartForm, Words, as_initial, in_old_order, roles_field, text_of, whole_number
from programs.forms.template_rows import RowForm, Rows, keyed
from programs.rules import rubric
from programs.vocabulary import RaterGroup


@dataclass(frozen=True)
class Section:
    """A table of rows under its own heading; without `add_word` its rows are what they are."""

    title: object
    rows: Rows
    add_word: object = ""
    meta: object = ""


class KeyedRow(RowForm):
    """A row that is texts, with the key by which records find it."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    @property
    def typed(self) -> tuple[str, ...]:
        """The texts make a row a row."""
        return tuple(f"{name}_{language}" for name in self.texts for language in ("zh", "en"))

    @property
    def plain(self) -> list[forms.BoundField]:
        """What is neither text nor key."""
        return [field for field in self.visible_fields() if field.name not in self.typed]

    def as_row(self) -> dict[str, object]:
        """The row as the version holds it."""
        return {"key": self.cleaned_data["key"]} | {name: text_of(self.cleaned_data, name) for name in self.texts}


class SectionsForm(PartForm):
    """A form that is mostly rows. `tables` says for each value that is a list: its heading, row, and how new keys begin."""

    tables: Mapping[str, tuple[object, type[KeyedRow], object, str, int]] = {}

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.rows = {
            name: Rows(name, row, data, [_initial(one, row) for one in self.listed(name)], most=most)
            for name, (_title, row, _add, _prefix, most) in self.tables.items()
        }

    def listed(self, name: str) -> list[dict]:
        """The rows that the part has under this name."""
        return getattr(self.part, name)

    @property
    def row_sets(self) -> list[Rows]:
        """Every table of rows."""
        return list(self.rows.values())

    @property
    def sections(self) -> list[Section]:
        """Every table under its heading."""
        return [Section(title, self.rows[name], add) for name, (title, _row, add, _prefix, _most) in self.tables.items()]

    @property
    def plain(self) -> list[forms.BoundField]:
        """Fields that are no text and no choice of roles."""
        return [
            field for field in self.visible_fields() if field.name in self.edits and not isinstance(field.field, forms.MultipleChoiceField)
        ]

    @property
    def chips(self) -> list[forms.BoundField]:
        """Choices of roles."""
        return [field for field in self.visible_fields() if isinstance(field.field, forms.MultipleChoiceField)]

    def typed_rows(self, name: str) -> list[dict]:
        """What was typed into a table, each row with a key of its own."""
        return keyed([row.as_row() for row in self.rows[name].filled], self.tables[name][3])

    def row_values(self) -> dict[str, object]:
        """All tables, in order."""
        return {name: self.typed_rows(name) for name in self.tables}


def _initial(one: Mapping, row: type[KeyedRow]) -> dict:
    texts = {field: word for name in row.texts for field, word in as_initial(name, one.get(name) or {}).items()}
    return {name: value for name, value in one.items() if name not in row.texts} | texts


class StepOfWorkRow(KeyedRow):
    """One step of the workflow of training."""

    texts = {"name": Words(_("Name")), "text": Words(_("What happens, with which result"), long=True, longest=1000)}


class WorkflowForm(SectionsForm):
    """The steps by which training is done; modules and milestones name them by number."""

    kind = "version"
    edits = ("workflow",)
    tables = {"workflow": (_("Steps"), StepOfWorkRow, _("Add a step"), "", 12)}


class RubricLevelRow(KeyedRow):
    """One of the four levels."""

    texts = {"name": Words(_("Name")), "meaning": Words(_("What it means"), long=True, longest=500)}
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=len(rubric.LEVELS))

    def as_row(self) -> dict[str, object]:
        """A level goes by its number."""
        return {"number": self.cleaned_data["number"]} | {name: text_of(self.cleaned_data, name) for name in self.texts}


class RubricLevelsForm(SectionsForm):
    """What the four levels of every rubric are called and mean. There are always four."""

    kind = "version"
    edits = ("levels",)
    tables = {"levels": (_("Levels"), RubricLevelRow, "", "", len(rubric.LEVELS))}

    def typed_rows(self, name: str) -> list[dict]:
        """Levels as they are numbered."""
        return [row.as_row() for row in self.rows[name].filled]

    def clean(self):
        """Four levels, each once, each with a name."""
        rows = [row for row in self.rows["levels"].filled if row.is_valid()]
        named = [row.cleaned_data["number"] for row in rows if text_of(row.cleaned_data, "name")]
        if self.part.levels and named != list(rubric.LEVELS):
            self.add_error(None, forms.ValidationError(_("Give each of the four levels a name."), code="level_without_name"))
        return super().clean()


class EntryRow(KeyedRow):
    """Something asked for, as one sentence."""

    texts = {"text": Words(_("Criterion"), long=True, longest=500)}


class GateForm(SectionsForm):
    """A gate of practice projects: when it is, who comes, and what they look for."""

    kind = "gate"
    edits = ("name", "offset", "criteria", "reviewers")
    texts = {"name": Words(_("Name"))}
    offset = whole_number(_("Working days after the phase opens"), 0, MOST_DAYS)
    reviewers = roles_field(_("Reviewers"), RESPONSIBLE)
    tables = {"criteria": (_("Criteria"), EntryRow, _("Add a criterion"), "criterion", 12)}


class SignalRow(KeyedRow):
    """A signal by which a success factor is measured."""

    texts = {"name": Words(_("Signal")), "formula": Words(_("How it is measured, from 0 to 1"), long=True, longest=1000)}


class FactorForm(SectionsForm):
    """A success factor with its signals."""

    kind = "factor"
    edits = ("name", "aim", "signals")
    texts = {"name": Words(_("Name")), "aim": Words(_("Aim"), long=True)}
    tables = {"signals": (_("Signals"), SignalRow, _("Add a signal"), "signal", 12)}


class ReviewForm(SectionsForm):
    """One section of what review cycles go by; the others stay as they are."""

    kind = "version"
    edits = ("review_scheme",)

    def listed(self, name: str) -> list[dict]:
        """The rows of this section."""
        return self.part.review_scheme.get(name, [])

    def row_values(self) -> dict[str, object]:
        """The whole scheme, with this section as typed."""
        return {"review_scheme": {**self.part.review_scheme, **super().row_values()}} if self._is_changed else {}

    @property
    def _is_changed(self) -> bool:
        return any(self.typed_rows(name) != self.listed(name) for name in self.tables)


class FigureRow(KeyedRow):
    """A figure of performance."""

    texts = {
        "name": Words(_("Figure")),
        "formula": Words(_("Formula"), long=True, longest=1000),
        "note": Words(_("What to mind"), long=True, longest=1000),
    }


class FiguresForm(ReviewForm):
    """The figures of 5.1."""

    tables = {"kpis": (_("Figures of performance"), FigureRow, _("Add a figure"), "K", 20)}


class QuestionOf360Row(KeyedRow):
    """A statement that colleagues rate; which groups are asked."""

    texts = {"text": Words(_("Statement"), longest=300)}
    pillar = forms.ChoiceField(label=_("Pillar"))
    who = forms.MultipleChoiceField(
        label=_("Who is asked"), choices=RaterGroup, widget=forms.CheckboxSelectMultiple(attrs={"class": "row"})
    )

    def as_row(self) -> dict[str, object]:
        """The statement with its pillar and groups."""
        return super().as_row() | {name: self.cleaned_data[name] for name in ("pillar", "who")}


class Questions360Form(ReviewForm):
    """The statements of the 360 feedback of 5.2."""

    tables = {"items360": (_("Statements of the 360 feedback"), QuestionOf360Row, _("Add a statement"), "F", 40)}

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        pillars = [(pillar.key, read(pillar.name)) for pillar in self.content.pillars]
        for row in (*self.rows["items360"], self.rows["items360"].blank):
            row.fields["pillar"].choices = pillars

    def typed_rows(self, name: str) -> list[dict]:
        """The statements; the groups of one keep their order."""
        had = {one["key"]: one["who"] for one in self.listed(name)}
        return [row | {"who": in_old_order(had.get(row["key"], []), row["who"])} for row in super().typed_rows(name)]


class CertificateRow(KeyedRow):
    """A level of certification."""

    texts = {
        "name": Words(_("Name")),
        "needs": Words(_("What it needs"), long=True, longest=2000),
        "meaning": Words(_("What one may do with it"), long=True, longest=1000),
    }


class CertificatesForm(ReviewForm):
    """The levels that a panel decides on in 5.4."""

    tables = {"levels": (_("Levels of certification"), CertificateRow, _("Add a level"), "level", 8)}
