"""The demo's three processes: started together, each in a process group of its own, ended in order."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import local_folder

STOP_SECONDS = 15
CELERY = [sys.executable, "-m", "celery", "-A", "config.celery:app"]


def commands(port: int) -> dict[str, list[str]]:
    """The command of each process, in the order in which they start; they end in the opposite order."""
    web = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--config=python:config.gunicorn", f"--bind=127.0.0.1:{port}"]
    return {
        "web": [*web, "--workers=2", "--worker-class=gthread", "--threads=4", "--graceful-timeout=10", "--no-control-socket"],
        "worker": [*CELERY, "worker", "--concurrency=1", "--loglevel=INFO", "--without-gossip", "--without-mingle"],
        "beat": [*CELERY, "beat", "--loglevel=INFO", "--pidfile="],
    }


def _remembered() -> Path:
    return local_folder("demo") / "processes.json"


def _is_ours(pid: int) -> bool:
    """Whether the process still is the one written down: ids are used again."""
    try:
        command = Path(f"/proc/{pid}/cmdline")
        return os.getpgid(pid) > 0 and (not command.exists() or any(word in command.read_bytes() for word in (b"config.", b"manage.py")))
    except OSError:
        return False


def _kill_group(pid: int) -> None:
    """Whatever a process left behind in its group."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _end(pid: int, group: bool) -> None:
    """Ask a process to end and wait a while; then insist, where it leads a group."""
    try:
        os.kill(pid, signal.SIGTERM)
        for _ in range(STOP_SECONDS * 10):
            os.kill(pid, 0)
            time.sleep(0.1)
    except ProcessLookupError:
        pass
    if group:
        _kill_group(pid)


@dataclass
class Supervisor:
    """Starts the processes, notices when one ends by itself, and ends them all."""

    port: int
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    def start(self) -> None:
        """Start all; their output goes to .trellis/demo/logs/."""
        logs = local_folder("demo", "logs")
        for name, command in commands(self.port).items():
            with open(logs / f"{name}.log", "w") as log:
                self.processes[name] = subprocess.Popen(
                    command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
                )
            self._remember()

    def _remember(self) -> None:
        pids = {"demo": os.getpid()} | {name: process.pid for name, process in self.processes.items()}
        _remembered().write_text(json.dumps(pids))

    def ended(self) -> list[str]:
        """Names of processes that ended by themselves."""
        return [name for name, process in self.processes.items() if process.poll() is not None]

    def stop(self) -> None:
        """End beat, then worker (which finishes its job), then web."""
        for process in reversed(self.processes.values()):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    pass
            _kill_group(process.pid)
            process.wait()
        _remembered().unlink(missing_ok=True)


def stop_remembered() -> None:
    """End a demo that runs elsewhere, or what a killed one left behind."""
    try:
        pids = json.loads(_remembered().read_text())
    except (FileNotFoundError, ValueError):
        return
    supervisor = pids.pop("demo", 0)
    if supervisor != os.getpid() and supervisor and _is_ours(supervisor):
        _end(supervisor, group=False)
    for pid in reversed(pids.values()):
        if _is_ours(pid):
            _end(pid, group=True)
    _remembered().unlink(missing_ok=True)
