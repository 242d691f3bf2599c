"""Questions to the whole database that must find nothing, whoever wrote what: `manage.py integrity`.

A check is one SQL statement that answers rows of ids. It runs as trellis_maintenance, which sees every tenant; each app
names its own modules of checks in settings.INTEGRITY_CHECKS.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import psycopg
from psycopg import sql

NO_ROWS = sql.SQL("SELECT NULL::text WHERE false")


@dataclass(frozen=True)
class Check:
    """One rule. `question` says what is wrong with a row that is found; the rows hold names and ids, no content.

    `statement` is SQL, or a function that writes it from the catalog of the connection; it may use
    `%(organization)s`, the tenant asked about, or NULL for all.
    """

    key: str
    question: str
    statement: str | Callable[[psycopg.Connection], sql.Composable]
    values: Callable[[], dict[str, Any]] = field(default=dict)


@dataclass(frozen=True)
class Finding:
    """One row that breaks a rule."""

    check: Check
    row: tuple

    def __str__(self) -> str:
        return f"{self.check.key}: {' '.join(str(part) for part in self.row)}"


def checks(modules: Iterable[str]) -> list[Check]:
    """All checks of these modules, in their order."""
    return [check for module in modules for check in import_module(module).CHECKS]


def run(connection: psycopg.Connection, asked: Iterable[Check], organization_id: int | None = None) -> Iterator[Finding]:
    """Every row that breaks a rule, over a connection that sees all tenants."""
    for check in asked:
        statement = check.statement(connection) if callable(check.statement) else check.statement
        for row in connection.execute(statement, {"organization": organization_id} | check.values()):
            yield Finding(check, row)
