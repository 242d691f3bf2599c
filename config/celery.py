"""The Celery app of worker and beat. Apps keep their entry points in jobs.py: a *task* is what a trainee does."""

import os
import sys
from logging.config import dictConfig

from celery import Celery, bootsteps
from celery.beat import Scheduler
from celery.signals import setup_logging, worker_init, worker_process_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config import heartbeat
from config.schedule import beat_schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class AliveWorker(bootsteps.StartStopStep):
    """Refreshes the worker's heartbeat from its own event loop, so that a stuck worker falls silent."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, worker, **kwargs):
        super().__init__(worker, **kwargs)
        self.timer = None

    def start(self, worker) -> None:
        heartbeat.refresh("worker")
        self.timer = worker.timer.call_repeatedly(heartbeat.EVERY_SECONDS, heartbeat.refresh, ("worker",))

    def stop(self, worker) -> None:
        if self.timer:
            self.timer.cancel()


class AliveScheduler(Scheduler):
    """Beat's schedule in memory; each turn of its loop refreshes beat's heartbeat."""

    def tick(self, *args, **kwargs):
        heartbeat.refresh("beat")
        return min(super().tick(*args, **kwargs), heartbeat.EVERY_SECONDS)


app = Celery("trellis")
app.set_default()  # for every thread of the web server, not only the one that loads this module
try:
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.beat_schedule = beat_schedule()
    app.conf.beat_scheduler = AliveScheduler
    app.conf.beat_max_loop_interval = heartbeat.EVERY_SECONDS
    settings.INSTALLED_APPS  # noqa: B018  read now, so that a missing setting is said here in one line
except ImproperlyConfigured as error:
    sys.exit(str(error))
app.autodiscover_tasks(related_name="jobs")
app.steps["worker"].add(AliveWorker)


@setup_logging.connect
def log_as_the_site_does(**_kwargs) -> None:
    """Keep Celery from setting up handlers of its own."""
    dictConfig(settings.LOGGING)


@worker_init.connect
@worker_process_init.connect
def leave_no_shared_connection(**_kwargs) -> None:
    """No child process may use a connection or a pool that its parent opened."""
    for connection in connections.all(initialized_only=True):
        connection.close_pool()
