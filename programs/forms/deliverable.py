"""A deliverable's form, built from what its kind asks: D1-D20 and whatever a template adds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from documents.models import StoredFile
from organizations.localized import read
from programs.forms.deliverable_fields import AnswerField
from programs.forms.deliverable_table import TableField
from programs.forms.deliverable_typed import as_read, as_typed, without_empty_rows
from programs.models import DeliverableKind
from programs.queries.directory import NOBODY, Directory
from programs.rules.due_dates import past_promises
from programs.rules.field_values import Problem, missing_required, normalize
from programs.rules.fields import AUTHOR, FieldDefinition, fields_by, parse
from programs.rules.named_in_answers import unknown_people
from programs.vocabulary import FieldType, Role

CURRENCY = "currency"  # a form that asks for its currency says so itself, beside no amount


class Strength(Enum):
    """How much is asked of what was typed: nothing while it is shown, all when it is handed in."""

    SHOW = "show"
    SUBMIT = "submit"


@dataclass(frozen=True)
class FormProblem:
    """What stands in the way, for the list above the form; `anchor` is the id of the input."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True)
class FormAddresses:
    """Where the buttons inside a form post to, for those without a script: add a row, upload a file, take it out."""

    rows: str = ""
    upload: str = ""
    remove: str = ""
    slug: str = ""


class DeliverableForm(forms.Form):
    """The fields that one person fills in. What was typed stays, however wrong it is.

    `answers` is canonical once the form is valid; `cell_errors` tells by (field, row, column) what is wrong in a table.
    """

    use_required_attribute = False

    def __init__(
        self,
        definitions: Iterable[FieldDefinition],
        typed: Mapping[str, list[str]] | MultiValueDict,
        *,
        strength: Strength = Strength.SHOW,
        people: Directory = NOBODY,
        files: Iterable[StoredFile] = (),
        currency: str = "",
        before: Mapping | None = None,
        today: date | None = None,
        addresses: FormAddresses | None = None,
        spare_row: str = "",
    ):
        self.definitions = tuple(definitions)
        self.strength, self.people, self.before, self.today = strength, people, before or {}, today
        self.files_by_code = {file.code: file for file in files}
        self.addresses, self.spare_row = addresses or FormAddresses(), spare_row
        self.cell_errors: dict[tuple[str, int, str], str] = {}
        self.answers: dict = {}
        self.currency = "" if any(definition.key == CURRENCY for definition in self.definitions) else currency
        typed = without_empty_rows(self.definitions, typed)
        super().__init__(data=typed, auto_id="id_%s")
        for definition in self.definitions:
            kind = TableField if definition.type == FieldType.TABLE else AnswerField
            self.fields[definition.key] = kind(definition, people, self.currency)
        self.read_answers = as_read(self.definitions, typed, people, self.files_by_code)

    @property
    def typed(self) -> dict[str, list[str]]:
        """What was typed, as a draft keeps it."""
        return {name: list(values) for name, values in self.data.lists()}

    @property
    def has_files(self) -> bool:
        """Whether it asks for a file anywhere."""
        return asks_for(self.definitions, FieldType.FILE)

    @property
    def suggests_people(self) -> bool:
        """Whether names are typed somewhere, so that the page offers suggestions."""
        cells = any(column.type == FieldType.PERSON for definition in self.definitions for column in definition.columns)
        return cells or (self.people.is_long and asks_for(self.definitions, FieldType.PERSON, FieldType.PEOPLE))

    def clean(self) -> dict:
        """Judge all answers together: what cannot be read, what is missing, who and which file is not known here."""
        if self.strength == Strength.SHOW:
            return self.cleaned_data
        found = normalize(self.definitions, self.read_answers)
        self.answers = found.data
        broken = {(problem.field, problem.row, problem.column) for problem in found.problems}
        missing = [problem for problem in missing_required(self.definitions, found.data) if self._where(problem) not in broken]
        problems = [*found.problems, *missing, *unknown_people(self.definitions, found.data, self.people.by_pk.keys())]
        if self.today:
            problems += past_promises(self.definitions, found.data, self.before, self.today)
        # A table without a single readable row was told so cell by cell already.
        told = {problem.field for problem in problems if problem.row is not None}
        for problem in problems:
            if problem.row is None and problem.code == "required" and problem.field in told:
                continue
            self._tell(problem)
        return self.cleaned_data

    def problems(self) -> list[FormProblem]:
        """Everything that stands in the way, in the order of the form."""
        answer = [FormProblem("", "", error) for error in self.non_field_errors()]
        for bound in self:
            cells = [(where, text) for where, text in self.cell_errors.items() if where[0] == bound.name]
            if bound.errors and not cells:
                answer.append(FormProblem(bound.id_for_label or bound.auto_id, bound.label, bound.errors[0]))
            columns = {column.key: read(column.label) for column in bound.field.definition.columns}
            for (field, row, column), text in cells:
                label = _("%(table)s, row %(row)s, %(column)s") % {"table": bound.label, "row": row + 1, "column": columns[column]}
                answer.append(FormProblem(f"id_{field}-{row}-{column}", label, text))
        return answer

    def refuse(self, name: str, text: str) -> None:
        """Say beside a field or cell why something was not taken, such as a file."""
        field, *cell = name.split("-")
        if len(cell) == 2 and cell[0].isdigit():
            self.cell_errors[field, int(cell[0]), cell[1]] = text
        self.add_error(field if field in self.fields else None, text)

    @staticmethod
    def _where(problem: Problem) -> tuple:
        return problem.field, problem.row, problem.column

    def _tell(self, problem: Problem) -> None:
        text = _("This day has passed. Choose today or a later day.") if problem.code == "past_date" else problem.text
        if problem.row is None:
            self.add_error(problem.field, forms.ValidationError(text, code=problem.code))
            return
        self.cell_errors.setdefault((problem.field, problem.row, problem.column), text)
        if problem.field not in self.errors:
            self.add_error(problem.field, forms.ValidationError(_("Look at the marked cells."), code="cells"))


def deliverable_form(
    kind: DeliverableKind,
    data: Mapping[str, list[str]] | MultiValueDict | None = None,
    *,
    initial: Mapping | None = None,
    by: str | Iterable[str] = AUTHOR,
    **facts,
) -> DeliverableForm:
    """The form of a kind for its author, or for the taker of a step with the roles `by`.

    `data` is what was typed (a post, a draft); without it the form begins from `initial`, canonical answers of the
    version before. `facts`: strength, people, files, currency, today, addresses, spare_row
    (the table that gets one row more) of DeliverableForm.
    """
    definitions = fields_by(parse(kind.fields), by)
    typed = data
    if typed is None:
        files = {file.code: file for file in facts.get("files", ())}
        typed = as_typed(definitions, initial or {}, facts.get("people", NOBODY), files)
    return DeliverableForm(definitions, typed, before=initial, **facts)


@dataclass(frozen=True)
class AskedLater:
    """A field that a signer fills in."""

    label: str
    role: str


def asked_of_signers(kind: DeliverableKind) -> list[AskedLater]:
    """What the form asks of those who sign, said under the author's own fields."""
    return [AskedLater(read(d.label), str(Role(d.by).label)) for d in parse(kind.fields) if d.by != AUTHOR]


def asks_for(definitions: Iterable[FieldDefinition], *types: str) -> bool:
    """Whether any field or cell is of one of these types."""
    return any(definition.type in types or any(column.type in types for column in definition.columns) for definition in definitions)
