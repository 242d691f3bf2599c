"""Questions that are asked again and again: put into SQL once, planned once by each connection, then asked with other values.

Building a query with several joins or EXISTS costs more than answering it: 1 to 6 ms of the web server against under 1 ms of
the database, and planning a wide one takes the database 5 ms more. The SQL holds no organization (row security adds it) and
no language, so both are kept for good.
"""

import re
from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connections
from django.db.backends.postgresql.psycopg_any import mogrify
from django.db.models import BigIntegerField, BooleanField, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from psycopg.types.numeric import Int8

# Values that no row has, in whose place the asked ones are put.
MARKS = {
    int: [-(10**17) - n for n in range(4)],
    str: [f"\x1f{n}\x1f" for n in range(4)],
    date: [date(1, 1, 1 + n) for n in range(4)],
    datetime: [datetime(1900, 1, 1 + n, tzinfo=UTC) for n in range(4)],
    list: [[-(10**17) - 10 - n] for n in range(4)],
}
TYPES = {int: "bigint", str: "text", date: "date", datetime: "timestamptz", list: "bigint[]"}


class Prepared:
    """`build` answers a queryset for the values it is given, here for marks of these types; a list is one of ids, see `among`.

    What it answers must hang on these values alone, never on the person who asks first, the time or the language.
    """

    def __init__(self, build: Callable[..., QuerySet], *types: type):
        self.build, self.types = build, types
        self.marks = [MARKS[kind][types[:at].count(kind)] for at, kind in enumerate(types)]

    @cached_property
    def _statement(self) -> tuple[QuerySet, SQLCompiler, str, list[int]]:
        """The question as SQL, and which of the values stands in each of its places.

        All that never changes is written out: so the server can use a partial index in a plan for all values.
        """
        queryset = self.build(*self.marks)
        compiler = queryset.query.get_compiler(queryset.db)
        written = mogrify(*compiler.as_sql(), compiler.connection).replace("%", "%%")
        names = [mogrify("%s", [mark], compiler.connection).strip() for mark in self.marks]
        places = re.compile("|".join(map(re.escape, names)) or "(?!)")
        order = [names.index(found) for found in places.findall(written)]
        return queryset, compiler, places.sub(lambda found: f"%s::{TYPES[self.types[names.index(found[0])]]}", written), order

    def rows(self, *values: int | str | date | datetime | list[int]) -> list[Any]:
        """What the queryset answers for these values: rows, dictionaries or objects; one query."""
        if any(isinstance(value, int) and abs(value) >= 2**63 for value in values):
            return []  # an id typed into an address that no column can hold
        queryset, compiler, sql, order = self._statement
        given = [_adapted(value) for value in values]
        asked, compiler = queryset.all(), copy(compiler)
        compiler.connection = connections[queryset.db]  # each thread has its own
        compiler.as_sql = lambda *_args, **_options: (sql, tuple(given[at] for at in order))
        asked.query.get_compiler = lambda *_args, **_options: compiler
        return list(asked)

    def first(self, *values: int | str | date | datetime | list[int]) -> Any | None:
        """The first of the rows, which `build` orders and limits; None where there is none."""
        return next(iter(self.rows(*values)), None)


def among(what: str | Combinable, ids: list[int]) -> Func:
    """Whether an id is one of these: a condition with one value, however many they are."""
    listed = Value(ids, ArrayField(BigIntegerField()))
    return Func(what, listed, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def among_found(what: str | Combinable, ids: QuerySet) -> Func:
    """Whether an id is one of those found by a question that hangs on no other row: asked once, whatever the planner guesses."""
    return Func(what, ArraySubquery(ids), template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def _adapted(value: Any) -> Any:
    """Whole numbers always as bigint: by size they would be of several types, and each is a statement of its own."""
    if isinstance(value, list):
        return [Int8(each) for each in value]
    return Int8(value) if isinstance(value, int) else value
