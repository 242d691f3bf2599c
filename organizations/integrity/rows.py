"""Check 5: no row whose parent belongs to another tenant, or to none. For keys that were added without looking at old rows."""

import psycopg
from psycopg import sql

from organizations.integrity import NO_ROWS, Check, allowed

ONE_KEY = """
    SELECT {name}, c.id::text, c.organization_id::text FROM {table} c LEFT JOIN {target} p ON p.id = c.{column}
    WHERE c.{column} IS NOT NULL AND p.organization_id IS DISTINCT FROM c.organization_id
      AND (%(organization)s::bigint IS NULL OR c.organization_id = %(organization)s)
"""
CATALOG = """
    SELECT child.relname, a.attname, parent.relname
    FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[cardinality(k.conkey)]
    WHERE k.contype = 'f' AND child.relname <> ALL(%(global_tables)s) AND parent.relname <> ALL(%(global_tables)s)
"""


def foreign_parents(connection: psycopg.Connection) -> sql.Composable:
    """One statement over every key between tenant tables, of the models and of the catalog."""
    keys = {*allowed.expected_keys(), *connection.execute(CATALOG, allowed.values()).fetchall()}
    parts = [
        sql.SQL(ONE_KEY).format(
            name=sql.Literal(f"{table}.{column}"),
            table=sql.Identifier(table),
            column=sql.Identifier(column),
            target=sql.Identifier(target),
        )
        for table, column, target in sorted(keys)
    ]
    return sql.SQL(" UNION ALL ").join(parts) if parts else NO_ROWS


CHECKS = [Check("parents", "Rows whose parent belongs to another tenant, or is missing", foreign_parents)]
