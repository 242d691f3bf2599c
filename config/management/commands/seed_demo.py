"""`manage.py seed_demo`: two organizations with people and half a year's work."""

import time

from django.core.management.base import BaseCommand, CommandError

from config import embedded
from config.demo.seed import is_there, seed


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
        seed(self._say)
        self.stdout.write(f"Made in {time.monotonic() - began:.0f} s.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
