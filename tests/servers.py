"""The tests' own PostgreSQL and Valkey: a database per running test process, copied from one migrated template."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

from config.embedded import local_folder, postgres, start, valkey
from config.embedded.places import CHECKOUT, KEY, Cluster

CLUSTER = Cluster("test")
SLOTS = range(1, 64)  # Valkey's databases; 0 stays empty
KEPT_TEMPLATES = 4
SUFFIX = "".join(c for c in os.environ.get("TRELLIS_TEST_NAME", "main").lower() if c.isalnum())


def _take_slot() -> int:
    """A number that no other test process of this checkout has; it frees itself when the process ends."""
    folder = local_folder("test", "slots")
    for slot in SLOTS:
        held = os.open(folder / str(slot), os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
        else:
            return slot
    raise RuntimeError("63 test processes are running in this checkout already")


SLOT = _take_slot()
DATABASE = f"test_{SUFFIX}_{SLOT}"
MEDIA = Path(tempfile.gettempdir()) / f"trellis-test-{KEY}-{DATABASE}"  # each checkout its own


def address(role: str) -> str:
    """The address of this process's own database for one of the roles."""
    return f"postgres://{role}@/{DATABASE}?host={quote(str(CLUSTER.sockets), safe='')}"


def set_environment() -> None:
    """Point the settings, and every process a test starts, at this process's own database, Valkey and files."""
    for name in list(os.environ):
        if name.startswith("TRELLIS_") and name != "TRELLIS_TEST_NAME":
            del os.environ[name]
    forget_files()
    (CHECKOUT / "staticfiles").mkdir(exist_ok=True)  # whitenoise warns where there is none
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TRELLIS_CLUSTER": "test",
        "DATABASE_URL": address("trellis_app"),
        "TRELLIS_OWNER_DATABASE_URL": address("trellis_owner"),
        "TRELLIS_MAINTENANCE_DATABASE_URL": address("trellis_maintenance"),
        "REDIS_URL": f"unix://{quote(valkey.socket(CLUSTER))}?db={SLOT}",
        "TRELLIS_MEDIA_ROOT": str(MEDIA),
    }


def superuser(database: str = DATABASE) -> psycopg.Connection:
    """A connection above row security: for making, emptying and looking into test databases, never for the product."""
    return psycopg.connect(postgres.conninfo(CLUSTER, database=database), autocommit=True)


@cache
def template_name() -> str:
    """The migrated database without a row of ours, named by all that made it."""
    sources = [
        Path(__file__),
        *CHECKOUT.glob("*/migrations/*.py"),
        CHECKOUT / "organizations/row_security.py",
        CHECKOUT / "organizations/database_roles.py",
    ]
    digest = hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes())
    for source in sorted(sources):
        digest.update(source.name.encode() + source.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _make_template(name: str, connection: psycopg.Connection) -> None:
    """Migrate once for all processes and people; under another name until it is whole."""
    building = f"building_{name}"
    copy(connection, postgres.DATABASE, building)
    _migrate(building)
    _number_apart(building)
    connection.execute(f"ALTER DATABASE {building} RENAME TO {name}")
    keep_newest(connection, "template_", KEPT_TEMPLATES)


def _number_apart(database: str) -> None:
    """Let no two tables give out the same numbers: the id of another kind of thing must never pass for the right one."""
    with superuser(database) as connection:
        found = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY 1"
        for place, (sequence,) in enumerate(connection.execute(found).fetchall(), start=1):
            connection.execute(f'ALTER SEQUENCE "{sequence}" RESTART WITH {place * 100_000 + 1}')


def copy(connection: psycopg.Connection, template: str, database: str) -> None:
    """Make a database like another one, in place of any of its name, for the application alone."""
    connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    connection.execute(f"CREATE DATABASE {database} TEMPLATE {template} OWNER trellis_owner")
    connection.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    connection.execute(f"GRANT CONNECT ON DATABASE {database} TO trellis_app, trellis_maintenance")


def keep_newest(connection: psycopg.Connection, prefix: str, count: int) -> None:
    """Drop all but the newest databases whose names begin so."""
    found = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC OFFSET %s"
    for (database,) in connection.execute(found, [prefix, count]).fetchall():
        connection.execute(f"DROP DATABASE {database} WITH (FORCE)")


@contextmanager
def making(template: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection while no other process of this checkout makes this template."""
    with open(local_folder("test") / f"{template}.lock", "w") as file, superuser("postgres") as connection:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield connection


def _migrate(database: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["NAME"] = database
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    connection.settings_dict["NAME"] = DATABASE


@contextmanager
def database() -> Iterator[None]:
    """Start the servers and give this process a fresh database; needs Django set up, and no pool of connections."""
    start("test")
    with making("template") as connection:
        template = template_name()
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _make_template(template, connection)
        copy(connection, template, DATABASE)
    yield
    with superuser("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def filled_tables() -> list[str]:
    """Tables that hold, or held since the last TRUNCATE, a row."""
    query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"
    with superuser() as connection:
        return [name for (name,) in connection.execute(query)]


def empty(tables: list[str]) -> None:
    """Delete all rows, past triggers, keys and row security. TRUNCATE takes half a second for a hundred tables, this 20 ms."""
    with superuser() as connection:
        connection.execute("SET session_replication_role = replica; SET lock_timeout = '10s'")
        for table in tables:
            connection.execute(f'DELETE FROM "{table}"')


def forget_files() -> None:
    """Delete what was uploaded and printed."""
    shutil.rmtree(MEDIA, ignore_errors=True)


def forget_jobs_and_cache() -> None:
    """Empty this process's Valkey database."""
    with redis.Redis(unix_socket_path=valkey.socket(CLUSTER), db=SLOT) as client:
        client.flushdb()
