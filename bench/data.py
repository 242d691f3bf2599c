"""The bench's cluster: the reference's database and Trellis' own in one PostgreSQL, filled once a day and kept."""

import hashlib
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config import embedded
from config.embedded import postgres
from config.embedded.places import Cluster

HERE = Path(__file__).parent
CLUSTER = Cluster("bench")
TENANTS, CLONES = 200, 10


def superuser(database: str = postgres.DATABASE) -> psycopg.Connection:
    """The one role that policies do not bind; only in the bench's own cluster."""
    return psycopg.connect(postgres.conninfo(CLUSTER, database=database), autocommit=True)


def prepare(today: date) -> None:
    """Start the servers and fill what is not there, or not of today and of this code."""
    embedded.start("bench")
    _fill_reference()
    _fill_trellis(today)


def _fill_reference() -> None:
    with superuser("postgres") as db:
        found = db.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'reference'").fetchone()
        mark = _fingerprint(HERE / "reference" / "fill.py")
        if found and found[0] == mark:
            return
        began = time.perf_counter()
        db.execute("DROP DATABASE IF EXISTS reference WITH (FORCE)")
        db.execute("CREATE DATABASE reference")
        fill = [sys.executable, str(HERE / "reference" / "fill.py")]
        subprocess.run(fill, env=os.environ | {"PGHOST": str(CLUSTER.sockets)}, check=True)
        db.execute(psycopg.sql.SQL("COMMENT ON DATABASE reference IS {}").format(mark))
    print(f"reference filled in {time.perf_counter() - began:.0f} s")


def _fill_trellis(today: date) -> None:
    sources = [HERE / name for name in ("story.py", "copies.py", "data.py")]
    parts = [*sources, *settings.BASE_DIR.glob("*/migrations/*.py"), *settings.BASE_DIR.glob("programs/builtin/*.toml")]
    mark = f"{today} {_fingerprint(*sorted(parts))}"
    with superuser("postgres") as db:
        found = db.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [postgres.DATABASE]
        ).fetchone()
        if found and found[0] == mark:
            return
        began = time.perf_counter()
        db.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(psycopg.sql.Identifier(postgres.DATABASE)))
    postgres.prepare(CLUSTER)
    call_command("migrate", verbosity=0, interactive=False)
    _write(today)
    with superuser("postgres") as db:
        db.execute(psycopg.sql.SQL("COMMENT ON DATABASE {} IS {}").format(psycopg.sql.Identifier(postgres.DATABASE), mark))
    print(f"Trellis filled in {time.perf_counter() - began:.0f} s: {sizes()}")


def _write(today: date) -> None:
    from bench import copies, story  # here: models need the settings

    company = story.tell(today)
    connection.close()
    connection.close_pool()
    with superuser() as db:
        db.execute("SET session_replication_role = replica")
        db.execute("SET synchronous_commit = off")
        copies.clone_trainees(db, [member.pk for member in company.trainees], CLONES)
        copies.clone_tenants(db, company.organization.pk, TENANTS)
        copies.move_sequences(db)
        db.execute("VACUUM ANALYZE")


def sizes() -> str:
    """How much there is, in a line."""
    with superuser() as db:
        one = "SELECT count(*), count(*) FILTER (WHERE state IN ('open', 'in_progress', 'returned')) FROM programs_taskwork"
        tasks, still_open = db.execute(one).fetchone()
        enrollments = db.execute("SELECT count(*) FROM programs_enrollment").fetchone()[0]
    return f"{TENANTS} tenants, {enrollments:,} enrollments, {tasks:,} tasks, {still_open:,} of them open"


def _fingerprint(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]
