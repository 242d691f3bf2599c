"""The machine room as a Django app: its commands, and the Celery app for whoever starts a job."""

from django.apps import AppConfig

from config import celery  # noqa: F401  shared tasks find their broker through it, in the web server too


class MachineRoomConfig(AppConfig):
    name = "config"
