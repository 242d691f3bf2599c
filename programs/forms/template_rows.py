"""Rows one adds, removes and moves inside a form of the template builder, with static/js/rows.js or without any script.

Rows are named `<name>-<index>-<column>`, their number stands in `<name>-rows`. A button "add", "remove" or "move" asks
the server for what the script does in place.
"""

import itertools
from collections.abc import Sequence

from django.forms.utils import ErrorDict
from django.http import QueryDict

from programs.forms.template_part import LocalizedForm

MOST_ROWS = 60


class RowForm(LocalizedForm):
    """One row. Subclasses say what a row of nothing is: one in which nothing was typed is left out."""

    typed: tuple[str, ...] = ()  # the fields that make a row a row

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)

    @property
    def is_left_out(self) -> bool:
        """Whether nothing was typed in it."""
        values = (self[name].value() for name in self.typed)
        return not any(any(value) if isinstance(value, list) else str(value or "").strip() for value in values)

    def full_clean(self) -> None:
        """A row of nothing has nothing wrong."""
        if self.is_bound and self.is_left_out:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()


class Rows:
    """All rows of one table, bound to what was sent or filled with what is there."""

    def __init__(
        self, name: str, row_class: type[RowForm], data: QueryDict | None, initial: Sequence[dict] = (), most: int = MOST_ROWS, **kwargs
    ):
        self.name, self.most = name, most
        if data is None:
            self.forms = [row_class(prefix=f"{name}-{at}", initial=one, **kwargs) for at, one in enumerate(initial)]
        else:
            self.forms = [row_class(data, prefix=f"{name}-{at}", **kwargs) for at in range(count(data, name))]
        self.blank = row_class(prefix=f"{name}-__row__", **kwargs)

    def __iter__(self):
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def count_name(self) -> str:
        """The hidden field that says how many rows there are."""
        return f"{self.name}-rows"

    @property
    def filled(self) -> list[RowForm]:
        """The rows in which something was typed."""
        return [form for form in self.forms if not form.is_left_out]

    def is_valid(self) -> bool:
        """Whether every row that is not left out can be taken."""
        return all(form.is_valid() for form in self.filled)


def count(data: QueryDict, name: str) -> int:
    """How many rows were sent; a number that is none, or too large, is bounded."""
    sent = data.get(f"{name}-rows", "")
    return min(int(sent), MOST_ROWS) if sent.isascii() and sent.isdigit() and len(sent) < 5 else 0


def rearranged(data: QueryDict) -> QueryDict:
    """What was sent, with a row added, removed or moved as a button asks: add=route, remove=route:2, move=route:2:up."""
    for act in ("add", "remove", "move"):
        name, at, way = (*data.get(act, "").split(":"), "", "")[:3]
        if not name:
            continue
        rows = _rows(data, name)
        number = int(at) if at.isascii() and at.isdigit() else -1
        if act == "add":
            rows.append({})
        elif act == "remove" and number in range(len(rows)):
            rows.pop(number)
        elif act == "move" and number in range(len(rows)):
            there = number + (-1 if way == "up" else 1)
            if there in range(len(rows)):
                rows[number], rows[there] = rows[there], rows[number]
        data = _with_rows(data, name, rows)
    return data


def keyed(rows: list[dict], prefix: str) -> list[dict]:
    """Rows with a key of their own each: the one they have, or the next free one."""
    taken, used, answer = {row["key"] for row in rows}, set(), []
    for row in rows:
        key = row["key"]
        if not key or key in used:
            key = next(free for number in itertools.count(1) if (free := f"{prefix}{number}") not in taken)
            taken.add(key)
        used.add(key)
        answer.append(row | {"key": key})
    return answer


def asks_for_rows(data: QueryDict) -> bool:
    """Whether only the rows are to be rearranged, and nothing saved yet."""
    return any(data.get(act) for act in ("add", "remove", "move"))


def _rows(data: QueryDict, name: str) -> list[dict]:
    rows = [{} for _ in range(count(data, name))]
    for key in data:
        if key.startswith(f"{name}-"):
            at, _, column = key.removeprefix(f"{name}-").partition("-")
            if column and at.isdigit() and int(at) < len(rows):
                rows[int(at)][column] = data.getlist(key)
    return rows


def _with_rows(data: QueryDict, name: str, rows: list[dict]) -> QueryDict:
    answer = data.copy()
    for key in list(answer):
        if key.startswith(f"{name}-"):
            del answer[key]
    answer[f"{name}-rows"] = str(len(rows))
    for at, row in enumerate(rows):
        for column, values in row.items():
            answer.setlist(f"{name}-{at}-{column}", values)
    return answer
