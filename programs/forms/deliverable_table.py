"""A table in a deliverable's form: rows that can be added, moved and removed, and columns that are worked out."""

import json
from dataclasses import dataclass, field

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from documents.models import StoredFile
from organizations.localized import read
from programs.forms.deliverable_fields import UPLOAD, AnswerField, unit_of, widget_for
from programs.forms.deliverable_typed import cell_name, row_count, rows_name
from programs.queries.answers import said_number
from programs.queries.directory import Directory
from programs.rules.field_values import normalize
from programs.rules.fields import Column, FieldDefinition
from programs.vocabulary import FieldType, TaskSelection

ROW = "__row__"  # stands for the number in the row that a script copies
SPARE_ROWS = 1  # without a script there is always one row to go on with
WIDE = 6  # columns beyond which a row is filled in as a card instead of a line; a long text takes the room of two


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    id: str
    label: str
    unit: str
    required: bool
    calc: str = ""  # how it is worked out; a script does it again as one types
    words: str = ""  # what the answers of a task analysis are called

    @property
    def is_calculated(self) -> bool:
        return bool(self.calc)


@dataclass(frozen=True)
class Cell:
    """One cell: its input, or the value worked out for it."""

    head: Head
    id: str
    html: SafeString | str = ""
    error: str = ""
    is_long: bool = False
    file: StoredFile | None = None
    upload_name: str = ""


@dataclass(frozen=True)
class Row:
    """One row; `number` counts from 1, and is empty in the row to copy."""

    number: int | None
    cells: list[Cell] = field(default_factory=list)


class TableField(AnswerField):
    """A field whose answer is rows."""

    def __init__(self, definition: FieldDefinition, people: Directory, currency: str):
        self.people, self.currency = people, currency
        super().__init__(definition, people, currency)
        self.widget = forms.HiddenInput()
        self.widget.is_required = False
        self.inputs = {column.key: widget_for(column, people, in_cell=True) for column in definition.columns if not column.calc}

    def get_bound_field(self, form, field_name: str) -> "BoundTable":
        return BoundTable(form, self, field_name)


class BoundTable(BoundField):
    """A table with what was typed in it."""

    template_name = "programs/_table_field.html"
    is_hidden = False

    @property
    def definition(self) -> FieldDefinition:
        return self.field.definition

    @property
    def id_for_label(self) -> str:
        return f"{self.auto_id}_table"

    @property
    def rows_name(self) -> str:
        return rows_name(self.definition.key)

    @property
    def is_wide(self) -> bool:
        """Whether a row needs more than a line: many columns, or long texts among them."""
        return sum(2 if column.type == FieldType.LONG else 1 for column in self.definition.columns) > WIDE

    @cached_property
    def typed_rows(self) -> int:
        return row_count(self.definition.key, self.form.data)

    @cached_property
    def heads(self) -> list[Head]:
        return [
            Head(
                id=f"{self.auto_id}-{column.key}-head",
                label=read(column.label),
                unit=unit_of(column, self.field.currency),
                required=column.required and not column.calc,
                calc=column.calc,
                words=json.dumps({word.value: str(word.label) for word in TaskSelection}) if column.calc.startswith("selection:") else "",
            )
            for column in self.definition.columns
        ]

    @cached_property
    def rows(self) -> list[Row]:
        """What was typed; where that is less than the fewest rows asked for, empty ones to fill."""
        wanted = max(self.typed_rows + (self.form.spare_row == self.definition.key), self.definition.min_rows, SPARE_ROWS)
        shown = min(wanted, max(self.definition.max_rows, self.typed_rows))
        return [Row(number + 1, self._cells(number)) for number in range(shown)]

    @cached_property
    def row_to_copy(self) -> Row:
        return Row(None, self._cells(ROW))

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= self.definition.max_rows

    @cached_property
    def _worked_out(self) -> list[dict]:
        """Calculated values of the rows typed, as far as they can be understood."""
        read_rows = self.form.read_answers.get(self.definition.key, [])
        return [(normalize([self.definition], {self.definition.key: [row]}).data.get(self.definition.key) or [{}])[0] for row in read_rows]

    def _cells(self, row: int | str) -> list[Cell]:
        return [self._cell(column, head, row) for column, head in zip(self.definition.columns, self.heads, strict=True)]

    def _cell(self, column: Column, head: Head, row: int | str) -> Cell:
        name = cell_name(self.definition.key, row, column.key)
        identity = f"id_{name}"
        if column.calc:
            known = isinstance(row, int) and row < len(self._worked_out)
            value = self._worked_out[row].get(column.key) if known else None
            return Cell(head, identity, said(column, value))
        error = self.form.cell_errors.get((self.definition.key, row, column.key), "")
        attrs = {"id": identity, "aria-labelledby": head.id}
        if error:
            attrs |= {"aria-invalid": "true", "aria-describedby": f"{identity}_error"}
        value = self.form.data.getlist(name)[-1:] or [""]
        html = self.field.inputs[column.key].render(name, value[0], attrs, renderer=self.form.renderer)
        is_file = column.type == FieldType.FILE
        return Cell(
            head,
            identity,
            html,
            error,
            is_long=column.type == FieldType.LONG,
            file=self.form.files_by_code.get(value[0]) if is_file else None,
            upload_name=f"{name}{UPLOAD}" if is_file else "",
        )


def said(column: Column, value: str | None) -> str:
    """A value worked out, in words."""
    if value in (None, ""):
        return ""
    return str(TaskSelection(value).label) if column.calc.startswith("selection:") else said_number(value)
