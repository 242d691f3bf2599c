"""Both sites as they are served in production: gunicorn, 2 workers of 4 threads, DEBUG off."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.data import CLUSTER, HERE
from bench.measure import Site
from config import embedded

GUNICORN = ["-m", "gunicorn", "--workers=2", "--worker-class=gthread", "--threads=4", "--no-control-socket", "--log-level=warning"]
AS_IN_THE_IMAGE = {"MALLOC_ARENA_MAX": "2"}


@contextlib.contextmanager
def served(name: str, application: str, port: int, folder: Path, probe: str, environment: dict[str, str], *more: str) -> Iterator[None]:
    """The site answers on the port for as long as the block lasts."""
    log = embedded.local_folder("bench", "logs") / f"{name}.log"
    command = [sys.executable, *GUNICORN, *more, f"--bind=127.0.0.1:{port}", application]
    with open(log, "w") as out:
        child = subprocess.Popen(
            command, cwd=folder, env=os.environ | AS_IN_THE_IMAGE | environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        _wait(name, child, port, probe, log)
        yield
    finally:
        child.terminate()
        child.wait(30)


def _wait(name: str, child: subprocess.Popen, port: int, probe: str, log: Path) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError):
            Site(port).fetch(probe)
            return
        if child.poll() is not None:
            break
        time.sleep(0.2)
    raise SystemExit(f"{name} did not start on port {port}:\n{log.read_text()[-2000:]}")


def reference(port: int):
    """The bare reference."""
    environment = {"PGHOST": str(CLUSTER.sockets), "PGUSER": "reference_app"}
    return served("reference", "app:application", port, HERE / "reference", "/ping/", environment)


def trellis(port: int):
    """Trellis on the bench's database."""
    return served(
        "trellis",
        "config.wsgi:application",
        port,
        HERE.parent,
        "/accounts/login/",
        {"TRELLIS_CLUSTER": "bench"},
        "--config=python:config.gunicorn",
    )
