"""Questions that every page asks: put into SQL once, planned once by each connection, then asked again with other values.

Building a query with several EXISTS costs more than answering it: on a small organization 6 ms of the web server against
under 1 ms of the database, and planning a wide one takes the database 5 ms more. The SQL holds no organization (row security
adds it) and no language, so both are kept for good.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import BigIntegerField, BooleanField, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from psycopg.types.numeric import Int8

# Values that no row has, in whose place the asked ones are put, and what those are to the database.
MARKS = {int: [-(10**17) - n for n in range(4)], date: [date(1, 1, 1 + n) for n in range(4)], list: [[-(10**17) - n] for n in range(4)]}
TYPES = {int: "bigint", date: "date", list: "bigint[]"}


class Prepared:
    """`build` answers a queryset of plain columns (`values_list`) for the values it is given, here for marks of these types.

    Plain: numbers, words, days, moments, booleans and arrays of them, as the database gives them; JSON and localized texts
    come as they are stored, to be `read`. Ids that are given as a list are asked for with `among`.
    """

    def __init__(self, build: Callable[..., QuerySet], *types: type):
        self.build, self.types = build, types
        self.marks = [MARKS[kind][types[:at].count(kind)] for at, kind in enumerate(types)]

    @cached_property
    def _statement(self) -> str:
        """The SQL with all that never changes written out, so that partial indexes serve it, and places for the values."""
        with connection.cursor() as cursor:
            text = cursor.mogrify(*self.build(*self.marks).query.sql_with_params()).replace("%", "%%")
            for at, (kind, mark) in enumerate(zip(self.types, self.marks, strict=True)):
                text = text.replace(cursor.mogrify("%s", [mark]), f" %(value_{at})s::{TYPES[kind]}")
        return text

    def rows(self, *values: int | date | list[int]) -> list[tuple]:
        """The answer for these values; one query."""
        with preparing() as cursor:
            cursor.execute(self._statement, {f"value_{at}": _adapted(value) for at, value in enumerate(values)})
            return cursor.fetchall()


def among(what: str | Combinable, ids: list[int]) -> Func:
    """Whether an id is one of these: a condition with one value, however many they are."""
    listed = Value(ids, ArrayField(BigIntegerField()))
    return Func(what, listed, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def preparing() -> CursorWrapper:
    """A cursor that leaves its values to the server, which keeps the plan (`prepare_threshold` in the settings).

    For statements that never change; the type of every value is to be seen from its place or from a cast.
    """
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(ServerBindingCursor(connection.connection))


def _adapted(value: Any) -> Any:
    """Whole numbers always as bigint: by size they would be of several types, and each is a statement of its own."""
    if isinstance(value, list):
        return [Int8(each) for each in value]
    return Int8(value) if isinstance(value, int) else value
