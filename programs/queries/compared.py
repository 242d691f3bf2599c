"""What changed from one version of a deliverable to the next, in words a signer reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programs.models import Submission
from programs.queries.answers import Answer, AnsweredField, answered, look_up
from programs.rules.differences import CHANGED, SAME, FieldDifference, RowDifference, differences
from programs.rules.fields import FieldDefinition


@dataclass(frozen=True)
class ComparedCell:
    """One cell of a row: as it is, and where it changed as it was."""

    head: str
    now: Answer
    before: Answer | None = None
    segments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ComparedRow:
    """One row that was added, taken out or changed."""

    op: str
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True)
class ComparedField:
    """One field that changed."""

    op: str
    now: AnsweredField
    before: AnsweredField
    segments: tuple[tuple[str, str], ...] = ()
    rows: tuple[ComparedRow, ...] = ()
    same_rows: int = 0

    @property
    def label(self) -> str:
        return self.now.label


@dataclass(frozen=True)
class Comparison:
    """A version beside the one before it; fields that stayed the same are only named."""

    number: int
    changed: tuple[ComparedField, ...]
    same: tuple[str, ...]


def compared(submission: Submission, definitions: Sequence[FieldDefinition], currency: str = "") -> Comparison | None:
    """This version beside the one before; one query, and two more where people or files are named. None for a first one."""
    before = Submission.objects.filter(deliverable=submission.deliverable_id, number=submission.number - 1).first()
    if before is None:
        return None
    return between(definitions, before.data, submission.data, before.number, currency=currency)


def between(definitions: Sequence[FieldDefinition], before: Mapping, after: Mapping, number: int, currency: str = "") -> Comparison:
    """Two sets of answers; `number` is what the earlier one is called. At most two queries, for people and files."""
    lookups = look_up(definitions, before, after, currency=currency)
    old = {field.key: field for field in answered(definitions, before, lookups)}
    new = {field.key: field for field in answered(definitions, after, lookups)}
    found = differences(definitions, before, after)
    changed = tuple(_field(one, old[one.key], new[one.key]) for one in found if one.op != SAME and not _is_same_table(one))
    names = {one.now.key for one in changed}
    same = tuple(field.label for field in new.values() if field.key not in names and not field.is_blank)
    return Comparison(number, changed, same)


def _is_same_table(found: FieldDifference) -> bool:
    return bool(found.rows) and all(row.op == SAME for row in found.rows)


def _field(found: FieldDifference, old: AnsweredField, new: AnsweredField) -> ComparedField:
    rows = tuple(_row(row, old, new) for row in found.rows if row.op != SAME)
    return ComparedField(found.op, new, old, found.segments, rows, sum(row.op == SAME for row in found.rows))


def _row(found: RowDifference, old: AnsweredField, new: AnsweredField) -> ComparedRow:
    now = new.rows[found.new] if found.new is not None else None
    then = old.rows[found.old] if found.old is not None else None
    shown = now or then
    changed: Mapping[int, object] = {}
    if found.op == CHANGED:
        changed = {at: True for at, (one, other) in enumerate(zip(then, now, strict=True)) if one != other}
    segments = {cell.old: cell.segments for cell in found.cells if cell.segments and isinstance(cell.old, str)}
    cells = tuple(
        ComparedCell(head, cell, then[at] if at in changed else None, segments.get(then[at].text, ()) if at in changed else ())
        for at, (head, cell) in enumerate(zip(new.heads or old.heads, shown, strict=True))
    )
    return ComparedRow(found.op, cells)
