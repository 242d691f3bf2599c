"""Ask the database whether every rule between rows holds. Read only; answers names and ids, no content."""

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from organizations.integrity import checks, run
from organizations.models import Organization


class Command(BaseCommand):
    help = (
        "Looks for rows and tables that break a rule, in all tenants, by TRELLIS_MAINTENANCE_DATABASE_URL. "
        "Ends with an error where it finds one."
    )

    def add_arguments(self, parser):
        parser.add_argument("--organization", metavar="SLUG", help="rows of this organization alone")

    def handle(self, *args, organization=None, **options):
        if not settings.MAINTENANCE_DATABASE_URL:
            raise CommandError("TRELLIS_MAINTENANCE_DATABASE_URL is not set; see docs/operations.md")
        asked = checks(settings.INTEGRITY_CHECKS)
        with psycopg.connect(settings.MAINTENANCE_DATABASE_URL) as connection:
            found = list(run(connection, asked, self._id_of(organization)))
        for finding in found:
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"{len(found)} found by {len({finding.check.key for finding in found})} of {len(asked)} checks.")
        self.stdout.write(f"{len(asked)} checks, nothing found.")

    def _id_of(self, slug: str | None) -> int | None:
        if slug is None:
            return None
        organization = Organization.objects.filter(slug=slug).first()
        if organization is None:
            raise CommandError(f"There is no organization {slug}.")
        return organization.pk
