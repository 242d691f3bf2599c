"""What `manage.py integrity` finds on the test's database."""

import os

import psycopg
from django.conf import settings

from organizations import integrity
from tests import servers


def found_wrong() -> list[str]:
    """Every row that breaks a rule between rows, in all tenants."""
    asked = integrity.checks(settings.INTEGRITY_CHECKS)
    with servers.superuser() as connection:
        connection.execute("ANALYZE")  # as autovacuum has done wherever rows are older than a test
    with psycopg.connect(os.environ["TRELLIS_MAINTENANCE_DATABASE_URL"]) as connection:
        return [str(finding) for finding in integrity.run(connection, asked)]
