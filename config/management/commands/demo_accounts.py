"""`manage.py demo_accounts`: who one may sign in as."""

import json

from django.core.management.base import BaseCommand, CommandError

from config import embedded
from config.demo.accounts import accounts
from config.demo.seed import is_there

COLUMNS = {"organization": 14, "role": 16, "email": 34, "password": 24, "language": 8}


class Command(BaseCommand):
    help = "Prints the demo's accounts, one for each role of each organization and two trainees, as a table or as JSON."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args, **options):
        if embedded.in_production():
            raise CommandError("There is no demo with TRELLIS_ENV=production.")
        if not is_there():
            raise CommandError("There is no demo data yet: make demo, or manage.py seed_demo, makes it.")
        rows = [account.as_dict() for account in accounts()]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for row in [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]:
            self.stdout.write("".join(row[name].ljust(width) for name, width in COLUMNS.items()).rstrip())
