"""PostgreSQL and Valkey for a checkout: started when needed, on Unix sockets, data under .trellis/. Never in production."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

from config.embedded import postgres, valkey
from config.embedded.places import CLUSTERS, LOCAL, Cluster, local_folder

# Commands that read no table; and those that start and stop the servers themselves.
WITHOUT_SERVERS = {"", "help", "version", "collectstatic", "compilemessages", "makemessages", "update_messages"} | {
    "demo",
    "demo_reset",
    "stop",
}
ROLES = {"app": "trellis_app", "owner": "trellis_owner", "maintenance": "trellis_maintenance"}


def in_production() -> bool:
    """The image and compose set TRELLIS_ENV=production; there nothing is started and nothing is made up."""
    return os.environ.get("TRELLIS_ENV") == "production"


def cluster_name() -> str:
    """Whose servers: the demo's, unless TRELLIS_CLUSTER says test or bench."""
    name = os.environ.get("TRELLIS_CLUSTER") or "demo"
    if name not in CLUSTERS:
        raise ImproperlyConfigured(f"TRELLIS_CLUSTER is {name}; it may be {', '.join(CLUSTERS)}")
    return name


def _refuse_in_production(setting: str) -> None:
    if in_production():
        raise ImproperlyConfigured(f"{setting} is not set; see docs/operations.md")


def local_secret() -> str:
    """A random key of this checkout, made once. Raises ImproperlyConfigured in production."""
    _refuse_in_production("TRELLIS_SECRET_KEY")
    path = local_folder() / "secret"
    if not path.exists():
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass  # Another process of this checkout was quicker: its key is the key.
    return path.read_text()


def _outside(setting: str) -> bool:
    return bool(os.environ.get(setting) or os.environ.get(f"{setting}_FILE"))


def address(role: str) -> str:
    """The address of an embedded server for app, owner, maintenance or redis.

    Empty for the owner and maintenance where DATABASE_URL names a server of one's own: they would be another database.
    Raises ImproperlyConfigured in production for app and redis.
    """
    setting = "REDIS_URL" if role == "redis" else "DATABASE_URL"
    if role in ("owner", "maintenance") and (_outside(setting) or in_production()):
        return ""
    _refuse_in_production(setting)
    cluster = Cluster(cluster_name())
    if role == "redis":
        return f"unix://{quote(valkey.socket(cluster))}?db=0"
    return f"postgres://{ROLES[role]}@/{postgres.DATABASE}?host={quote(str(cluster.sockets), safe='')}"


def folder(name: str) -> str:
    """A folder of this cluster's own, such as media. Raises ImproperlyConfigured in production."""
    _refuse_in_production(f"TRELLIS_{name.upper()}_ROOT")
    return str(local_folder(cluster_name(), name))


def mail_address() -> str:
    """Mails become files under .trellis/. Raises ImproperlyConfigured in production."""
    _refuse_in_production("TRELLIS_EMAIL_URL")
    return f"filemail:///{quote(str(local_folder(cluster_name(), 'mail')))}"


@contextmanager
def _alone(cluster: str) -> Iterator[None]:
    """One process at a time starts or stops a cluster."""
    with open(local_folder(cluster) / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def start(name: str) -> None:
    """Start both servers of a cluster where they do not run, with roles and database; they stay until `stop`."""
    cluster = Cluster(name)
    with _alone(name):
        cluster.prepare_sockets()
        if not postgres.is_running(cluster):
            postgres.start(cluster)
        postgres.prepare(cluster)
        if not valkey.is_running(cluster):
            valkey.start(cluster)


def stop(name: str) -> None:
    """Stop both servers of a cluster, whoever else holds a connection."""
    if not (LOCAL / name).exists():
        return
    cluster = Cluster(name)
    with _alone(name):
        valkey.stop(cluster)
        postgres.stop(cluster)
        cluster.forget_sockets()


def forget(name: str) -> None:
    """Delete all data of a stopped cluster."""
    if (LOCAL / name).exists():
        Cluster(name).forget_data()


def running(name: str) -> bool:
    """Whether any server of a cluster answers."""
    cluster = Cluster(name)
    return postgres.is_running(cluster) or valkey.is_running(cluster)


def start_if_needed(argv: list[str]) -> None:
    """For manage.py: start the servers unless the command needs none, or the environment names others."""
    command = argv[1] if len(argv) > 1 else ""
    needless = command in WITHOUT_SERVERS or command.startswith("-") or {"-h", "--help"} & set(argv[2:])
    if in_production() or needless or (_outside("DATABASE_URL") and _outside("REDIS_URL")):
        return
    start(cluster_name())
