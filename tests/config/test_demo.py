"""`make demo` on a fresh copy: everything starts, one page works, Ctrl-C ends it all."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from config.embedded.places import CHECKOUT
from tests.ports import free_port

START_SECONDS = 600  # a minute on a machine of one's own
pytestmark = pytest.mark.long


@pytest.fixture
def copy(tmp_path):
    left_out = shutil.ignore_patterns(".git", ".venv", ".trellis", "staticfiles", "tests", "__pycache__", ".*_cache", "screens")
    folder = shutil.copytree(CHECKOUT, tmp_path / "trellis copy", ignore=left_out)
    yield folder
    manage(folder, "demo_reset")
    script = "from config.embedded.places import KEY; print(KEY)"
    key = subprocess.run([sys.executable, "-c", script], cwd=folder, env=environment(1), capture_output=True, text=True, check=True)
    shutil.rmtree(f"/var/lib/trellis-{key.stdout.strip()}", ignore_errors=True)


def environment(port: int) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "DEMO_PORT": str(port), "PYTHONUNBUFFERED": "1"}


def manage(folder, *arguments: str, port: int = 1) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(port), capture_output=True, text=True, check=False)


@pytest.fixture
def start(copy):
    """`start(port)` starts the demo; answers its process and what it printed until it was ready or ended."""
    started = []

    def begin(port: int) -> tuple[subprocess.Popen, str]:
        command = [sys.executable, "manage.py", "demo"]
        process = subprocess.Popen(command, cwd=copy, env=environment(port), stdout=subprocess.PIPE, text=True)
        started.append(process)
        printed, end = "", time.monotonic() + START_SECONDS
        while "Ctrl-C ends it" not in printed and time.monotonic() < end:
            line = process.stdout.readline()
            if not line:
                break
            printed += line
        return process, printed

    yield begin
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def processes_of(folder) -> list[str]:
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in found if str(folder) in line]


def page(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as response:
        return response.status, response.read().decode()


def test_the_demo_starts_keeps_its_data_and_ends_whole(copy, start):
    port = free_port()
    process, printed = start(port)
    alive = page(port, "/healthz")
    login, html = page(port, "/accounts/login/")
    second = manage(copy, "demo", port=port)
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=120)
    left = processes_of(copy)

    assert f"Trellis runs at http://localhost:{port}" in printed
    assert "Making demo data" in printed
    assert alive == (200, '{"status": "ok"}')
    assert (login, "<form" in html) == (200, True)
    assert (second.returncode, second.stderr) == (
        1,
        f"CommandError: Port {port} is in use. Choose another: DEMO_PORT={port + 1} make demo\n",
    )
    assert (process.returncode, "The data is kept" in rest) == (0, True)
    assert left == []

    process, printed = start(port)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)

    assert "Making demo data" not in printed
    assert f"Trellis runs at http://localhost:{port}" in printed
    assert processes_of(copy) == []


@pytest.mark.parametrize("value", ["no", "0", "70000"])
def test_a_port_that_is_none_is_said_in_one_line(value):
    command = [sys.executable, "manage.py", "demo"]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment(1) | {"DEMO_PORT": value}, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, f"CommandError: DEMO_PORT is {value}; it must be a number up to 65535.\n")
