"""The tests' own PostgreSQL and Valkey: a database per running test process, copied from one migrated template."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

from config.embedded import local_folder, postgres, start, valkey
from config.embedded.places import CHECKOUT, Cluster

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


def address(role: str) -> str:
    """The address of this process's own database for one of the roles."""
    return f"postgres://{role}@/{DATABASE}?host={quote(str(CLUSTER.sockets), safe='')}"


def set_environment() -> None:
    """Point the settings, and every process a test starts, at this process's own database, Valkey and files."""
    for name in list(os.environ):
        if name.startswith("TRELLIS_") and name != "TRELLIS_TEST_NAME":
            del os.environ[name]
    media = Path(tempfile.gettempdir()) / f"trellis-test-{os.getuid()}-{DATABASE}"
    shutil.rmtree(media, ignore_errors=True)
    (CHECKOUT / "staticfiles").mkdir(exist_ok=True)  # whitenoise warns where there is none
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TRELLIS_CLUSTER": "test",
        "DATABASE_URL": address("trellis_app"),
        "TRELLIS_OWNER_DATABASE_URL": address("trellis_owner"),
        "TRELLIS_MAINTENANCE_DATABASE_URL": address("trellis_maintenance"),
        "REDIS_URL": f"unix://{quote(valkey.socket(CLUSTER))}?db={SLOT}",
        "TRELLIS_MEDIA_ROOT": str(media),
    }


def superuser(database: str = DATABASE) -> psycopg.Connection:
    """A connection above row security: for making, emptying and looking into test databases, never for the product."""
    return psycopg.connect(postgres.conninfo(CLUSTER, database=database), autocommit=True)


def _template_name() -> str:
    sources = [
        *CHECKOUT.glob("*/migrations/*.py"),
        CHECKOUT / "organizations/row_security.py",
        CHECKOUT / "organizations/database_roles.py",
    ]
    digest = hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes())
    for source in sorted(sources):
        digest.update(source.name.encode() + source.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _make_template(name: str) -> None:
    """Migrate once for all processes and people; under another name until it is whole."""
    building = f"building_{name}"
    with superuser("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {building} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {building} TEMPLATE {postgres.DATABASE} OWNER trellis_owner")
        _migrate(building)
        connection.execute(f"ALTER DATABASE {building} RENAME TO {name}")
        old = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%' ORDER BY oid DESC OFFSET %s", [KEPT_TEMPLATES]
        )
        for (database,) in old.fetchall():
            connection.execute(f"DROP DATABASE {database} WITH (FORCE)")


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
    with open(local_folder("test") / "template.lock", "w") as file, superuser("postgres") as connection:
        fcntl.flock(file, fcntl.LOCK_EX)
        template = _template_name()
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _make_template(template)
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {template} OWNER trellis_owner")
        connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO trellis_app, trellis_maintenance")
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


def forget_jobs_and_cache() -> None:
    """Empty this process's Valkey database."""
    with redis.Redis(unix_socket_path=valkey.socket(CLUSTER), db=SLOT) as client:
        client.flushdb()
