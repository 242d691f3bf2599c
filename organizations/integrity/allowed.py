"""What the catalog may hold besides the rule, and why. Whatever is not listed here is found by `manage.py integrity`."""

from django.apps import apps

from organizations.row_security import APP, APPEND_ONLY_GLOBAL, GLOBAL_TABLES, LOOKUP, MAINTENANCE, READ_ONLY_GLOBAL

# Codes that are drawn at random and looked up without knowing the tenant: unique in the whole database.
UNIQUE_EVERYWHERE = {
    ("documents_rendereddocument", "code"): "read from paper by anyone, at /verify/<code>/",
}
# Functions that see with their owner's eyes, trellis_lookup's.
DEFINER_FUNCTIONS = {
    "check_document(text)": "public check of a printed document; answers the public columns alone",
}
# Policies beside tenant_isolation.
MORE_POLICIES = {
    ("organizations_member", "own_membership"): "one's own memberships elsewhere, for the switcher",
    ("documents_rendereddocument", "public_check"): "trellis_lookup alone, for /verify/<code>/",
    ("documents_publicproof", "public_check"): "trellis_lookup alone, for /verify/<code>/",
}
# Columns that trellis_lookup may read: those that its functions answer or search by.
LOOKUP_COLUMNS = {
    "documents_rendereddocument": {
        "code",
        "kind",
        "version",
        "state",
        "issued_at",
        "organization_id",
        "subject_kind",
        "subject_id",
    },
    "documents_publicproof": {
        "organization_id",
        "subject_kind",
        "subject_id",
        "number",
        "issued_on",
        "valid_until",
        "revoked_on",
        "replaced_on",
        "holder",
        "title",
    },
    "organizations_organization": {"id", "name"},
}
READ, APPEND, WRITE = {"SELECT"}, {"SELECT", "INSERT"}, {"SELECT", "INSERT", "UPDATE", "DELETE"}


def _global_rights(table: str) -> set[str]:
    if table in READ_ONLY_GLOBAL:
        return READ
    return APPEND if table in APPEND_ONLY_GLOBAL else WRITE


def global_grants() -> list[str]:
    """ "table role right" of every right that may be granted on a table that belongs to no tenant."""
    rows = [f"{table} {APP} {right}" for table in GLOBAL_TABLES for right in sorted(_global_rights(table))]
    return rows + [f"{table} {MAINTENANCE} SELECT" for table in GLOBAL_TABLES]


def lookup_columns() -> list[str]:
    """ "table.column" of every column that trellis_lookup may read."""
    return [f"{table}.{column}" for table, columns in LOOKUP_COLUMNS.items() for column in sorted(columns)]


def expected_keys() -> list[tuple[str, str, str]]:
    """(table, column, target table) of every key between tenant tables, as the models have them."""
    tenant_models = {m for m in apps.get_models() if any(f.name == "organization" for f in m._meta.local_fields)}
    return [
        (model._meta.db_table, field.column, field.remote_field.model._meta.db_table)
        for model in sorted(tenant_models, key=lambda m: m._meta.db_table)
        for field in model._meta.local_fields
        if field.is_relation and field.remote_field.model in tenant_models
    ]


def values() -> dict[str, list[str]]:
    """The lists as the statements take them."""
    keys = expected_keys()
    return {
        "global_tables": sorted(GLOBAL_TABLES),
        "global_grants": global_grants(),
        "lookup_columns": lookup_columns(),
        "more_policies": [f"{table}.{policy}" for table, policy in MORE_POLICIES],
        "unique_everywhere": [f"{table}.{column}" for table, column in UNIQUE_EVERYWHERE],
        "definer_functions": list(DEFINER_FUNCTIONS),
        "app": [APP],
        "maintenance": [MAINTENANCE],
        "lookup": [LOOKUP],
        "key_tables": [table for table, _column, _target in keys],
        "key_columns": [column for _table, column, _target in keys],
    }
