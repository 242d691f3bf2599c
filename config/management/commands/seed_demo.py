"""`manage.py seed_demo`: two organizations with people and a year's work."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config import embedded
from config.database_owner import owner_connection
from config.demo.at_once import seed_at_once
from config.demo.seed import is_there


class Command(BaseCommand):
    help = "Makes the demo's data: two organizations with people, programs and work, told in the past from today."
    requires_system_checks = []

    def handle(self, *args, **options):
        if embedded.in_production():
            raise CommandError("Demo data is not made with TRELLIS_ENV=production: its organizations have no second factor.")
        if is_there():
            self.stdout.write("The demo's data is there already.")
            return
        began = time.monotonic()
        seed_at_once(self._say)
        self._learn()
        self.stdout.write(f"Made in {time.monotonic() - began:.0f} s.")

    @staticmethod
    def _learn() -> None:
        """Statistics now rather than in a minute: the first pages are planned as all later ones."""
        if settings.OWNER_DATABASE_URL:
            with owner_connection(), connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
