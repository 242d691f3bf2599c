"""Waking a worker. The rows say what is to be done; a lost call does no harm, the regular sweep finds the rows."""

import logging
from dataclasses import dataclass

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def send(job: str, *arguments: int | str) -> None:
    """Queue a job by its path; where the broker does not answer, say so in the log and go on."""
    try:
        current_app.send_task(job, args=list(arguments), retry=False)
    except (OperationalError, OSError) as problem:
        logger.warning("broker_unreachable", extra={"job": job, "problem": type(problem).__name__})


@dataclass(frozen=True)
class _Call:
    job: str
    arguments: tuple[int | str, ...]

    def __call__(self) -> None:
        send(self.job, *self.arguments)


def send_after_commit(job: str, *arguments: int | str) -> None:
    """Queue a job once what it is to find is committed; asked for many times in one transaction, it is queued once."""
    call = _Call(job, arguments)
    if all(waiting != call for _savepoints, waiting, _robust in connection.run_on_commit):
        transaction.on_commit(call, robust=True)
