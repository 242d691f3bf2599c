"""Valkey 9 from the wheel: broker, cache, heartbeats."""

import subprocess
import time

import redis
from django.core.exceptions import ImproperlyConfigured

from config.embedded.places import Cluster, run

START_SECONDS = 20


def socket(cluster: Cluster) -> str:
    """The path of the server's socket."""
    return str(cluster.sockets / "valkey.sock")


def _client(cluster: Cluster) -> redis.Redis:
    return redis.Redis(unix_socket_path=socket(cluster), socket_timeout=5)


def is_running(cluster: Cluster) -> bool:
    """Whether the server answers on its socket."""
    with _client(cluster) as client:
        try:
            return client.ping()
        except redis.RedisError:
            return False


def start(cluster: Cluster) -> None:
    """Start the server; returns when it answers. Only the demo's jobs outlive a stop."""
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
    while not is_running(cluster):
        if done.returncode or time.monotonic() > end:
            raise ImproperlyConfigured(f"Valkey did not start: {done.stdout}{done.stderr}; see {cluster.valkey_data}/server.log")
        time.sleep(0.05)


def stop(cluster: Cluster) -> None:
    """Stop the server, keeping the demo's data; nothing where it does not run."""
    if not is_running(cluster):
        return
    with _client(cluster) as client:
        try:
            client.execute_command("SHUTDOWN", "SAVE" if cluster.name == "demo" else "NOSAVE")
        except redis.ConnectionError:
            pass  # The answer to SHUTDOWN is that the line goes dead.
    end = time.monotonic() + START_SECONDS
    while is_running(cluster) and time.monotonic() < end:
        time.sleep(0.05)
