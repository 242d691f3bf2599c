"""Counting statements as the product's promises count them: without transaction control and settings."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

NOT_COUNTED = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET\s|RESET\s|SHOW\s|SELECT\s+set_config)", re.IGNORECASE)


def is_counted(sql: str) -> bool:
    """Whether a statement asks for or changes rows."""
    return NOT_COUNTED.match(sql) is None


@contextmanager
def query_count() -> Iterator[list[str]]:
    """Yields a list that fills with the counted statements run inside; `len()` of it is the figure to pin."""
    seen: list[str] = []

    def record(execute, sql, params, many, context):
        if is_counted(sql):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield seen
