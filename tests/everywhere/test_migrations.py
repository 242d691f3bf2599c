"""Migrations run back to nothing and forward again, and leave the same catalog: tables, keys, policies, triggers, grants."""

import os
import subprocess
import sys

import psycopg
import pytest

from config.embedded import postgres
from tests import servers

CATALOG = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, identity_generation
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policies": "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies",
    "forced": """SELECT relname, relrowsecurity, relforcerowsecurity
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""",
    "triggers": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosecdef, proowner::regrole::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "grants": "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants WHERE table_schema = 'public'",
}


def catalog(database: str) -> dict[str, list]:
    with psycopg.connect(postgres.conninfo(servers.CLUSTER, database=database), autocommit=True) as connection:
        return {name: sorted(map(repr, connection.execute(question).fetchall())) for name, question in CATALOG.items()}


@pytest.mark.proof
def test_migrations_run_back_and_forward(db):
    database = f"back_{servers.DATABASE}"
    with servers.superuser("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {database} TEMPLATE {postgres.DATABASE} OWNER trellis_owner")
    address = servers.address("trellis_owner").replace(servers.DATABASE, database)
    environment = os.environ | {"DATABASE_URL": address.replace("trellis_owner", "trellis_app"), "TRELLIS_OWNER_DATABASE_URL": address}

    def migrate(*arguments: str) -> None:
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0", *arguments]
        done = subprocess.run(command, env=environment, cwd=servers.CHECKOUT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]

    try:
        migrate()
        before = catalog(database)
        for app in ("programs", "notifications", "documents", "organizations"):
            migrate(app, "zero")
        migrate()
        assert catalog(database) == before
    finally:
        with servers.superuser("postgres") as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
