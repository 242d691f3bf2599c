"""Migration operations that put tables behind row-level security. Migrations may import this module; it never changes meaning."""

from django.db import connections
from django.db.migrations.operations.base import Operation

APP, MAINTENANCE, LOOKUP = "trellis_app", "trellis_maintenance", "trellis_lookup"
POLICY = "tenant_isolation"

FUNCTION = """
CREATE OR REPLACE FUNCTION current_organization() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT nullif(current_setting('app.organization_id', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION current_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT nullif(current_setting('app.user_id', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
"""
DROP_FUNCTION = (
    "DROP FUNCTION IF EXISTS refuse_change(); DROP FUNCTION IF EXISTS current_person(); DROP FUNCTION IF EXISTS current_organization();"
)

# The tables that belong to no tenant. Everything else must carry organization_id and a policy (tests/everywhere).
GLOBAL_TABLES = {
    "organizations_user": "people sign in once, for all their organizations",
    "organizations_organization": "an organization's public face; its own policy lets only itself change it",
    "organizations_signinevent": "a sign-in happens before any tenant is chosen; append-only",
    "account_emailaddress": "sign-in (allauth)",
    "account_emailconfirmation": "sign-in (allauth)",
    "mfa_authenticator": "second factors (allauth)",
    "django_session": "sessions",
    "django_content_type": "Django's own, unused",
    "auth_permission": "Django's own, unused",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "django_migrations": "Django's own",
}
READ_ONLY_GLOBAL = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions", "django_migrations"}
APPEND_ONLY_GLOBAL = {"organizations_signinevent"}


def grant_global_tables(using: str = "default", **_kwargs) -> None:
    """After each migrate: what the application may do with the tables that are no tenant's; a dump reads every sequence."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {MAINTENANCE}")
        present = set(connections[using].introspection.table_names(cursor))
        for table in sorted(GLOBAL_TABLES.keys() & present):
            rights = (
                "SELECT"
                if table in READ_ONLY_GLOBAL
                else "SELECT, INSERT"
                if table in APPEND_ONLY_GLOBAL
                else "SELECT, INSERT, UPDATE, DELETE"
            )
            cursor.execute(
                f'REVOKE ALL ON "{table}" FROM {APP}; GRANT {rights} ON "{table}" TO {APP}; GRANT SELECT ON "{table}" TO {MAINTENANCE}'
            )


def _foreign_keys(model):
    """(column, target table) of each key that points at another tenant table."""
    for field in model._meta.local_fields:
        if not field.is_relation or field.name == "organization" or not field.concrete:
            continue
        target = field.remote_field.model
        if any(f.name == "organization" for f in target._meta.local_fields):
            yield field.column, target._meta.db_table


def _key_sql(table: str, column: str, target: str) -> str:
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_same_organization" FOREIGN KEY (organization_id, "{column}") '
        f'REFERENCES "{target}" (organization_id, id) DEFERRABLE INITIALLY IMMEDIATE;'
        f'CREATE INDEX IF NOT EXISTS "{table}_{column}_idx" ON "{table}" (organization_id, "{column}");'
    )


def _drop_key_sql(table: str, column: str) -> str:
    name = f"{table}_{column}"
    return f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}_same_organization"; DROP INDEX IF EXISTS "{name}_idx";'


class TenantTables(Operation):
    """Composite keys, policy, forced row security, grants and identity for new tenant tables of this app.

    `append_only` names the models among them whose rows may be added and read, never changed: no UPDATE or DELETE
    right for the application, and a trigger for everybody else.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, *models: str, append_only: tuple[str, ...] = ()):
        self.models, self.append_only = models, append_only

    def deconstruct(self):
        return self.__class__.__name__, list(self.models), {"append_only": self.append_only}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        models = [to_state.apps.get_model(app_label, name) for name in self.models]
        append_only = {name.lower() for name in self.append_only}
        for model in models:
            table = model._meta.db_table
            rights = "SELECT, INSERT" if model._meta.model_name in append_only else "SELECT, INSERT, UPDATE, DELETE"
            schema_editor.execute(
                f'ALTER TABLE "{table}" ALTER COLUMN id SET GENERATED ALWAYS;'
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_organization_id_key" UNIQUE (organization_id, id);'
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY; ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;'
                f'CREATE POLICY {POLICY} ON "{table}" USING (organization_id = (SELECT current_organization())) '
                f"WITH CHECK (organization_id = (SELECT current_organization()));"
                f'REVOKE ALL ON "{table}" FROM PUBLIC, {APP}; GRANT {rights} ON "{table}" TO {APP};'
                f'GRANT SELECT ON "{table}" TO {MAINTENANCE};'
            )
            if model._meta.model_name in append_only:
                schema_editor.execute(
                    f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change();'
                )
        for model in models:
            for column, target in _foreign_keys(model):
                schema_editor.execute(_key_sql(model._meta.db_table, column, target))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        models = [from_state.apps.get_model(app_label, name) for name in self.models]
        for model in models:
            for column, _target in _foreign_keys(model):
                schema_editor.execute(_drop_key_sql(model._meta.db_table, column))
        for model in models:
            table = model._meta.db_table
            schema_editor.execute(
                f'DROP TRIGGER IF EXISTS append_only ON "{table}"; DROP POLICY IF EXISTS {POLICY} ON "{table}";'
                f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY; ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY;'
                f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{table}_organization_id_key";'
                f'ALTER TABLE "{table}" ALTER COLUMN id SET GENERATED BY DEFAULT;'
            )

    def describe(self):
        return f"Put {', '.join(self.models)} behind row-level security"


class TenantKey(Operation):
    """The composite key of a column added later to a tenant table: AddField never makes one."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, field: str):
        self.model, self.field = model, field

    def deconstruct(self):
        return self.__class__.__name__, [self.model, self.field], {}

    def state_forwards(self, app_label, state):
        pass

    def _names(self, app_label, state):
        model = state.apps.get_model(app_label, self.model)
        field = model._meta.get_field(self.field)
        return model._meta.db_table, field.column, field.remote_field.model._meta.db_table

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute(_key_sql(*self._names(app_label, to_state)))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        table, column, _target = self._names(app_label, from_state)
        schema_editor.execute(_drop_key_sql(table, column))

    def describe(self):
        return f"Composite key {self.model}.{self.field}"
