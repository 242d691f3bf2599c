"""`manage.py backup FOLDER`: the whole installation into a new folder."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.backup import BackupRefused, back_up


class Command(BaseCommand):
    help = "Writes database and files into a new folder, as trellis_maintenance. People may go on working meanwhile."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a folder that does not exist yet")

    def handle(self, *args, folder: Path, **options):
        if not settings.MAINTENANCE_DATABASE_URL:
            raise CommandError("TRELLIS_MAINTENANCE_DATABASE_URL is not set; see docs/operations.md")
        try:
            manifest = back_up(
                folder.resolve(), address=settings.MAINTENANCE_DATABASE_URL, media=Path(settings.MEDIA_ROOT), now=timezone.now()
            )
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Backed up {manifest.database} and its files to {folder}.")
