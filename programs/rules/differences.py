"""What changed between two submissions of a deliverable, field by field, as a signer reads it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from programs.rules.field_values import is_empty
from programs.rules.fields import Column, FieldDefinition
from programs.vocabulary import FieldType

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"

# A Latin word, a run of spaces, or one sign: Chinese has no spaces, so each character is a word of its own.
WORD = re.compile(r"[A-Za-zÀ-ɏ0-9_'’]+|\s+|.", re.DOTALL)
SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+|$)")
# Comparing looks at every pair of equal words, so a text that says one word 20,000 times would take minutes. An
# ordinary text of 3,000 characters needs half of this.
MOST_EFFORT = 300_000

LISTS = frozenset({FieldType.MULTI, FieldType.PEOPLE})
TEXTS = frozenset({FieldType.TEXT, FieldType.LONG})


@dataclass(frozen=True)
class CellDifference:
    """One cell of a row that changed; a text's `segments` say where."""

    column: str
    old: object
    new: object
    segments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RowDifference:
    """One row: `op` is same, added, removed or changed; `old` and `new` are the rows' places, counted from 0."""

    op: str
    row: Mapping[str, object]
    old: int | None = None
    new: int | None = None
    cells: tuple[CellDifference, ...] = ()


@dataclass(frozen=True)
class FieldDifference:
    """One field. `op` is same, added (was empty), removed (is empty now) or changed.

    A changed text has `segments`, (op, text) in reading order; a table has `rows`; a list has `items`, (op, value). For
    a file, `renamed` says that the content is the same to the byte and only its name differs.
    """

    key: str
    op: str
    old: object = None
    new: object = None
    segments: tuple[tuple[str, str], ...] = ()
    rows: tuple[RowDifference, ...] = ()
    items: tuple[tuple[str, object], ...] = ()
    renamed: bool = False


def differences(fields: Iterable[FieldDefinition], old: Mapping, new: Mapping) -> list[FieldDifference]:
    """Every field of the form with what changed between two canonical submissions, in the form's order."""
    return [_field(definition, old.get(definition.key), new.get(definition.key)) for definition in fields]


def changed(found: Iterable[FieldDifference]) -> list[FieldDifference]:
    """Only the fields that differ."""
    return [difference for difference in found if difference.op != SAME]


def text_segments(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The new text with what was taken out and put in, by words: (same | removed | added, text) in reading order.

    What is same or removed is the old text, what is same or added the new one, letter by letter. By sentences, and in
    the end as a whole, where the texts are too long for more.
    """
    for parts in (WORD, SENTENCE):
        before, after = parts.findall(old), parts.findall(new)
        start, end = _same_ends(before, after)
        if _effort(before[start : len(before) - end], after[start : len(after) - end]) <= MOST_EFFORT:
            break
    else:
        return tuple((op, text) for op, text in ((REMOVED, old), (ADDED, new)) if text)
    middle = SequenceMatcher(None, before[start : len(before) - end], after[start : len(after) - end], autojunk=False)
    segments = [(SAME, "".join(before[:start]))]
    for op, a, b, c, d in middle.get_opcodes():
        old_part, new_part = "".join(middle.a[a:b]), "".join(middle.b[c:d])
        segments += [(SAME, old_part)] if op == "equal" else [(REMOVED, old_part), (ADDED, new_part)]
    return _joined([*segments, (SAME, "".join(before[len(before) - end :]))])


def row_differences(columns: Sequence[Column], old: Sequence[Mapping], new: Sequence[Mapping]) -> tuple[RowDifference, ...]:
    """The rows of a table: kept, added, removed, or changed where a row stands in for one much like it."""
    before, after = [_row_key(row) for row in old], [_row_key(row) for row in new]
    found = []
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            found += [RowDifference(SAME, new[c + n], a + n, c + n) for n in range(b - a)]
        else:
            found += _replaced_rows(columns, old, new, range(a, b), range(c, d))
    return tuple(found)


def _field(definition: FieldDefinition, old, new) -> FieldDifference:
    key = definition.key
    if is_empty(old) and is_empty(new):
        return FieldDifference(key, SAME)
    op = ADDED if is_empty(old) else REMOVED if is_empty(new) else SAME if old == new else CHANGED
    if definition.type == FieldType.TABLE:
        return FieldDifference(key, op, old, new, rows=row_differences(definition.columns, old or [], new or []))
    if definition.type in LISTS:
        return FieldDifference(key, op, old, new, items=_list_items(old or [], new or []))
    if definition.type in TEXTS and op == CHANGED:
        return FieldDifference(key, op, old, new, segments=text_segments(old, new))
    if definition.type == FieldType.FILE and op == CHANGED:
        # The number of the stored file says nothing to a reader: the same file sent again is the same file.
        same_content = old["hash"] == new["hash"]
        same = same_content and old["name"] == new["name"]
        return FieldDifference(key, SAME if same else CHANGED, old, new, renamed=same_content and not same)
    return FieldDifference(key, op, old, new)


def _replaced_rows(columns, old, new, gone: range, come: range) -> list[RowDifference]:
    """Pair the rows of a replaced stretch: each new row with the first old one, in order, that it is much like."""
    found = []
    left = list(gone)
    for place in come:
        match = next((at for at in left if _is_alike(columns, old[at], new[place])), None)
        if match is None:
            found.append(RowDifference(ADDED, new[place], None, place))
            continue
        found += [RowDifference(REMOVED, old[at], at, None) for at in left if at < match]
        left = [at for at in left if at > match]
        cells = tuple(
            _cell(column, old[match].get(column.key), new[place].get(column.key))
            for column in columns
            if old[match].get(column.key) != new[place].get(column.key)
        )
        found.append(RowDifference(CHANGED, new[place], match, place, cells))
    return found + [RowDifference(REMOVED, old[at], at, None) for at in left]


def _cell(column: Column, old, new) -> CellDifference:
    if column.type in TEXTS and isinstance(old, str) and isinstance(new, str):
        return CellDifference(column.key, old, new, text_segments(old, new))
    return CellDifference(column.key, old, new)


def _is_alike(columns: Sequence[Column], old: Mapping, new: Mapping) -> bool:
    """Whether two rows are one row edited: the first cell typed in stayed, or half of all cells did."""
    typed = [column.key for column in columns if not column.calc]
    used = [key for key in typed if key in old or key in new]
    kept = sum(old.get(key) == new.get(key) for key in used)
    first = typed[0] if typed else None
    return 2 * kept >= len(used) or (first in old and old.get(first) == new.get(first))


def _row_key(row: Mapping) -> tuple:
    return tuple(sorted((key, repr(value)) for key, value in row.items()))


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many parts are the same at the start, and how many of the others at the end."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _effort(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal parts the comparison has to look at."""
    ours = Counter(new)
    return sum(count * ours[part] for part, count in Counter(old).items())


def _joined(segments: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Segments without empty ones, neighbors of one kind as one."""
    joined: list[tuple[str, str]] = []
    for op, text in segments:
        if text and joined and joined[-1][0] == op:
            joined[-1] = (op, joined[-1][1] + text)
        elif text:
            joined.append((op, text))
    return tuple(joined)


def _list_items(old: Sequence, new: Sequence) -> tuple[tuple[str, object], ...]:
    kept = [(SAME if one in old else ADDED, one) for one in new]
    return (*kept, *((REMOVED, one) for one in old if one not in new))
