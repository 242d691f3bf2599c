"""Running jobs in tests: those that wait, in this process; or a real worker beside it."""

import os
import queue
import signal
import subprocess
import sys
import time

from django.db import connection

from config import heartbeat
from config.celery import app
from config.embedded.places import CHECKOUT

MOST_JOBS = 1000
WORKER_SECONDS = 30


def _commit_callbacks() -> list:
    """What waits for the commit that a test's own transaction never makes."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    return [callback for _savepoints, callback, _robust in waiting]


def _queued_job() -> tuple[str, list, dict] | None:
    with app.connection_for_read() as broker, broker.SimpleQueue(app.conf.task_default_queue) as waiting:
        try:
            message = waiting.get(block=False)
        except queue.Empty:
            return None
        message.ack()
        args, kwargs, _embed = message.payload
        return message.headers["task"], args, kwargs


def run_waiting_jobs() -> list[str]:
    """Run what was left for after the commit, then every queued job by its real function; names of those, in order.

    Arguments travel through the real broker. Delays are not waited for.
    """
    app.loader.import_default_modules()  # as a worker does when it starts
    done: list[str] = []
    while len(done) < MOST_JOBS:
        callbacks = _commit_callbacks()
        for callback in callbacks:
            callback()
        job = _queued_job()
        if job is None and not callbacks:
            return done
        if job:
            name, args, kwargs = job
            done.append(name)
            app.tasks[name](*args, **kwargs)
    raise AssertionError(f"jobs start each other without end: {done[-5:]}")


class Worker:
    """A real worker process on the test's database and queue. It sees committed rows alone: mark the test transactional."""

    def __init__(self, *arguments: str):
        command = [sys.executable, "-m", "celery", "-A", "config.celery:app", "worker", "--concurrency=1", *arguments]
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=os.environ, start_new_session=True)

    def wait_until_alive(self) -> "Worker":
        end = time.monotonic() + WORKER_SECONDS
        while not heartbeat.alive("worker")["worker"]:
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError("the worker did not start")
            time.sleep(0.1)
        return self

    def kill(self) -> None:
        """End it and its children as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to finish what it does and end."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(WORKER_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
