"""`manage.py restore FOLDER`: a backup into an empty database and an empty folder of files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backup import BackupRefused, restore


class Command(BaseCommand):
    help = (
        "Brings a backup back, as an administrator of the database server (TRELLIS_ADMIN_DATABASE_URL, naming the database). "
        "The database must be prepared (prepare_database) and empty, the folder of files too."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="what manage.py backup wrote")

    def handle(self, *args, folder: Path, **options):
        if not settings.ADMIN_DATABASE_URL:
            raise CommandError("TRELLIS_ADMIN_DATABASE_URL is not set; see docs/operations.md")
        try:
            manifest = restore(folder.resolve(), admin=settings.ADMIN_DATABASE_URL, media=Path(settings.MEDIA_ROOT))
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restored the backup of {manifest.made_at}. Now run: manage.py migrate, manage.py integrity.")
