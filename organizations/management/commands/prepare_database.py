"""Roles and rights that migrations cannot give themselves, on a server of one's own."""

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from organizations import database_roles


class Command(BaseCommand):
    help = (
        "Makes the four database roles and the database, or prints the SQL for whoever may. "
        "Signs in with TRELLIS_ADMIN_DATABASE_URL, an administrator's address; without it prints."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--print", action="store_true", dest="only_print", help="print the SQL, change nothing")

    def handle(self, *args, only_print=False, **options):
        name = settings.DATABASES["default"]["NAME"]
        address = settings.ADMIN_DATABASE_URL
        if only_print or not address:
            return self._print(name)
        try:
            self._run(name, address)
        except psycopg.errors.InsufficientPrivilege as error:
            self.stderr.write(f"This administrator may not do it all ({error.diag.message_primary}). For one who may:")
            self._print(name)
            raise CommandError("The database is not prepared.") from error

    def _passwords(self) -> dict[str, str]:
        """What each role's own address says; a role without one signs in by other means (a socket, a certificate)."""
        default = settings.DATABASES["default"]
        found = {database_roles.APP: {"user": default["USER"], "password": default["PASSWORD"]}}
        for role, address in (
            (database_roles.OWNER, settings.OWNER_DATABASE_URL),
            (database_roles.MAINTENANCE, settings.MAINTENANCE_DATABASE_URL),
        ):
            if address:
                found[role] = psycopg.conninfo.conninfo_to_dict(address)
        for role, parts in found.items():
            if parts.get("user") != role:
                raise CommandError(f"The address of {role} signs in as {parts.get('user')}; see docs/operations.md")
        return {role: parts["password"] for role, parts in found.items() if parts.get("password")}

    def _run(self, name: str, address: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in database_roles.role_statements(database_roles.existing_roles(connection)):
                connection.execute(statement)
            for role, password in self._passwords().items():
                connection.execute(database_roles.password_statement(connection, role, password))
            if not database_roles.database_exists(connection, name):
                # A database of another owner needs to be a member of that owner to be made.
                connection.execute(f"GRANT {database_roles.OWNER} TO CURRENT_USER")
                connection.execute(database_roles.database_statement(name))
        with psycopg.connect(address, dbname=name, autocommit=True) as connection:
            for statement in database_roles.rights_statements(name):
                connection.execute(statement)
        self.stdout.write(f"Database {name} is prepared.")

    def _print(self, name: str) -> None:
        roles = [f"ALTER ROLE {role} PASSWORD '…'" for role in (database_roles.OWNER, database_roles.APP, database_roles.MAINTENANCE)]
        first = [*database_roles.role_statements(set()), *roles, database_roles.database_statement(name)]
        for statement in [*first, f"\\connect {name}", *database_roles.rights_statements(name)]:
            self.stdout.write(statement if statement.startswith("\\") else f"{statement};")
