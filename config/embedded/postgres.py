"""PostgreSQL 18 from the wheel, driven by its own initdb and pg_ctl."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured

from config.embedded.places import Cluster, run
from organizations import database_roles

DATABASE = "trellis"
SUPERUSER = "postgres"
START_SECONDS = 120  # A cluster whose machine was switched off replays its log first.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
PER_CLUSTER = {
    "demo": {},
    # A test database is worth nothing after the run, so nothing is made safe on disk.
    "test": {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300", "autovacuum": "off"},
    "bench": {"shared_preload_libraries": "pg_stat_statements", "max_wal_size": "8GB", "shared_buffers": "512MB"},
}


def conninfo(cluster: Cluster, user: str = SUPERUSER, database: str = "postgres") -> str:
    """A libpq connection string to this cluster's socket."""
    return psycopg.conninfo.make_conninfo(host=str(cluster.sockets), user=user, dbname=database, connect_timeout=10)


def is_running(cluster: Cluster) -> bool:
    """Whether the server answers on its socket, and on this data."""
    if not (cluster.postgres_data / "postmaster.pid").exists():
        return False
    try:
        psycopg.connect(conninfo(cluster)).close()
    except psycopg.OperationalError:
        return False
    return True


def _control(cluster: Cluster, *arguments: str) -> tuple[int, str]:
    # pg_ctl hands its output files on to the server, so a pipe would never end; paths stay relative, so a space in them is no matter.
    with tempfile.TemporaryFile("w+") as output:
        command = [cluster.postgres_programs / "pg_ctl", "-D", ".", *arguments]
        done = run(command, cluster, cluster.postgres_data, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        output.seek(0)
        return done.returncode, output.read()


def _initialize(cluster: Cluster) -> None:
    ctype = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    arguments = ["-D", ".", "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={ctype}"]
    command = [cluster.postgres_programs / "initdb", *arguments, *locale]
    done = run(command, cluster, cluster.postgres_data, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise ImproperlyConfigured(f"PostgreSQL could not make its data folder {cluster.postgres_data}: {done.stderr.strip()}")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _configure(cluster: Cluster) -> None:
    # unix_socket_directories is a list: a folder with a space or a comma needs quotes of its own.
    settings = SETTINGS | PER_CLUSTER[cluster.name] | {"unix_socket_directories": f'"{cluster.sockets}"'}
    text = "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())
    (cluster.postgres_data / "postgresql.auto.conf").write_text(text, encoding="utf-8")


def _end_orphan(cluster: Cluster) -> None:
    """End a server whose data folder was deleted under it (a checkout removed and cloned again): it still holds the socket."""
    lock = cluster.sockets / ".s.PGSQL.5432.lock"
    try:
        pid, folder = lock.read_text(encoding="utf-8").splitlines()[:2]
    except (FileNotFoundError, ValueError):
        return
    if Path(folder) != cluster.postgres_data or (cluster.postgres_data / "postmaster.pid").exists():
        return
    try:
        os.kill(int(pid), signal.SIGQUIT)
        for _ in range(100):
            os.kill(int(pid), 0)
            time.sleep(0.1)
    except ProcessLookupError:
        lock.unlink(missing_ok=True)


def start(cluster: Cluster) -> None:
    """Start the server, first making its data folder; returns when it answers.

    Raises ImproperlyConfigured with the end of the server's log where it does not start.
    """
    if not (cluster.postgres_data / "PG_VERSION").exists():
        _initialize(cluster)
    _configure(cluster)
    _end_orphan(cluster)
    code, said = _control(cluster, "-l", "server.log", "-w", "-t", str(START_SECONDS), "start")
    if code and not is_running(cluster):
        log = cluster.postgres_data / "server.log"
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
        raise ImproperlyConfigured(f"PostgreSQL did not start: {said.strip()}\n{tail}")


def stop(cluster: Cluster) -> None:
    """Stop the server, ending open connections; nothing where it does not run."""
    if (cluster.postgres_data / "postmaster.pid").exists():
        _control(cluster, "-m", "fast", "-w", "-t", "60", "stop")


def prepare(cluster: Cluster) -> None:
    """Roles and the database, as `manage.py prepare_database` makes them on a real server."""
    extensions = database_roles.EXTENSIONS + (("pg_stat_statements",) if cluster.name == "bench" else ())
    with psycopg.connect(conninfo(cluster), autocommit=True) as connection:
        if database_roles.database_exists(connection, DATABASE):
            return
        existing = database_roles.existing_roles(connection)
        for statement in database_roles.role_statements(existing, create_databases=cluster.name == "test"):
            connection.execute(statement)
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {database_roles.OWNER}")
    with psycopg.connect(conninfo(cluster, database=DATABASE)) as connection:
        for statement in database_roles.rights_statements(DATABASE, extensions):
            connection.execute(statement)
