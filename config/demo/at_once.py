"""Makes the demo's companies at the same time, each by a process of its own; all of them are kept, or none."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import FrameType

from django.db import connection, transaction
from django.utils import timezone

from config.demo import seed

FORK = multiprocessing.get_context("fork")  # what is loaded already need not be loaded again


def seed_at_once(say: Callable[[str], None], now: datetime | None = None) -> None:
    """As `seed.seed`, in the time that the larger company takes. Not within a transaction.

    Raises:
        RuntimeError: a company could not be made; its own process has said why, and nothing is kept.
    """
    now = now or timezone.now()
    first, *others = seed.COMPANIES
    # No connection may be shared by two processes.
    connection.close()
    connection.close_pool()
    helpers = {slug: _start(slug, say, now) for slug in others}
    try:
        with _patiently():
            seed.make(first, say, now)
            for slug, (_process, line) in helpers.items():
                _wait(slug, line)
            for slug, (process, line) in helpers.items():
                line.send("keep")
                process.join()
                if process.exitcode:
                    raise RuntimeError(f"{slug} was made and could not be kept")
    finally:
        for process, line in helpers.values():
            line.close()
            process.terminate()
            process.join()


@contextmanager
def _patiently() -> Iterator[None]:
    """A transaction that may wait for the others for as long as they take."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


def _start(slug: str, say: Callable[[str], None], now: datetime) -> tuple[BaseProcess, Connection]:
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=_make, args=(slug, say, now, ours, theirs))
    process.start()
    theirs.close()
    return process, ours


def _wait(slug: str, line: Connection) -> None:
    try:
        line.recv()
    except EOFError:
        raise RuntimeError(f"{slug} could not be made") from None


def _make(slug: str, say: Callable[[str], None], now: datetime, theirs: Connection, ours: Connection) -> None:
    """In the process of its own: make the company, then wait for the word to keep it. Without it all of it is rolled back."""
    theirs.close()
    signal.signal(signal.SIGTERM, _end)
    with _patiently():
        seed.make(slug, say, now)
        ours.send("made")
        ours.recv()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)
