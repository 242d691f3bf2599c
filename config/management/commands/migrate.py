"""`manage.py migrate`, as the owner of the tables."""

from django.core.management.commands.migrate import Command as DjangoMigrate

from config.database_owner import owner_connection


class Command(DjangoMigrate):
    """The application's role owns nothing, so tables are made and changed by TRELLIS_OWNER_DATABASE_URL alone."""

    def handle(self, *args, **options):
        with owner_connection():
            return super().handle(*args, **options)
