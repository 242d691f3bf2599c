"""Valkey 9 from the wheel: broker, cache, heartbeats."""

import subprocess
import time

import redis
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.embedded.places import Cluster, run

START_SECONDS = 20


def socket(cluster: Cluster) -> str:
    """The path of the server's socket."""
    return str(cluster.sockets / "valkey.sock")


def _client(cluster: Cluster) -> redis.Redis:
    # The library would try a server that is not there ten times over, for four seconds.
    return redis.Redis(unix_socket_path=socket(cluster), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _answers(cluster: Cluster) -> bool:
    with _client(cluster) as client:
        try:
            return client.ping()
        except redis.RedisError:
            return False


def is_running(cluster: Cluster) -> bool:
    """Whether the server answers on its socket, and on this data."""
    return (cluster.valkey_data / "server.log").exists() and _answers(cluster)


def start(cluster: Cluster) -> None:
    """Start the server; returns when it answers. Only the demo's jobs outlive a stop."""
    _shut_down(cluster, "NOSAVE")  # one whose folder was deleted under it could save nothing and would refuse to write
    options = {
        "port": "0",
        "unixsocket": socket(cluster),
        "unixsocketperm": "700",
        "daemonize": "yes",
        "databases": "64",
        "dir": ".",
        "logfile": "server.log",
        "save": "60 1" if cluster.name == "demo" else "",
        "enable-debug-command": "no",
    }
    command = [cluster.valkey_program, *(part for name, value in options.items() for part in (f"--{name}", value))]
    done = run(command, cluster, cluster.valkey_data, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    end = time.monotonic() + START_SECONDS
    while not _answers(cluster):
        if done.returncode or time.monotonic() > end:
            raise ImproperlyConfigured(f"Valkey did not start: {done.stdout}{done.stderr}; see {cluster.valkey_data}/server.log")
        time.sleep(0.05)


def stop(cluster: Cluster) -> None:
    """Stop the server, keeping the demo's data; nothing where it does not run."""
    _shut_down(cluster, "SAVE" if cluster.name == "demo" else "NOSAVE")


def _shut_down(cluster: Cluster, keep: str) -> None:
    if not _answers(cluster):
        return
    with _client(cluster) as client:
        try:
            client.execute_command("SHUTDOWN", keep, "FORCE")  # ends even where it cannot save
        except redis.ConnectionError:
            pass  # The answer to SHUTDOWN is that the line goes dead.
    end = time.monotonic() + START_SECONDS
    while _answers(cluster) and time.monotonic() < end:
        time.sleep(0.05)
