"""The four database roles and the rights that migrations cannot give themselves. Plain SQL: no Django, no settings."""

import psycopg
from psycopg import sql

OWNER, APP, MAINTENANCE, LOOKUP = "trellis_owner", "trellis_app", "trellis_maintenance", "trellis_lookup"
ROLES = {
    LOOKUP: "NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    OWNER: "LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    MAINTENANCE: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS",
}
EXTENSIONS = ("pg_trgm", "btree_gist")
# Locale C.UTF-8 by name: under plain C pg_trgm makes no trigrams of Chinese text.
DATABASE = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE {locale}"


def role_statements(existing: set[str], create_databases: bool = False) -> list[str]:
    """SQL that makes or mends the roles. Only the test cluster's owner may create databases."""
    statements = []
    for name, attributes in ROLES.items():
        extra = (" CREATEDB" if create_databases else " NOCREATEDB") if name == OWNER else ""
        statements.append(f"{'ALTER' if name in existing else 'CREATE'} ROLE {name} {attributes}{extra}")
    # The owner hands its few SECURITY DEFINER functions to trellis_lookup, but does not see with its eyes.
    statements.append(f"GRANT {LOOKUP} TO {OWNER} WITH INHERIT FALSE, SET TRUE")
    return statements


def database_statement(name: str, locale: str = "C.UTF-8") -> str:
    """SQL that makes the database with a locale that does not depend on who runs it."""
    options = sql.SQL(DATABASE).format(locale=sql.Literal(locale))
    return sql.SQL("CREATE DATABASE {} OWNER {} {}").format(sql.Identifier(name), sql.Identifier(OWNER), options).as_string()


def rights_statements(name: str, extensions: tuple[str, ...] = EXTENSIONS) -> list[str]:
    """SQL, run inside the database, that closes it to everybody and opens it to the four roles."""
    database = sql.Identifier(name).as_string()
    return [
        f"ALTER DATABASE {database} OWNER TO {OWNER}",
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {APP}, {MAINTENANCE}",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APP}, {MAINTENANCE}",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {LOOKUP}",
        *(f"CREATE EXTENSION IF NOT EXISTS {extension}" for extension in extensions),
        # Large objects have no policies, and any role may create them.
        "REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), "
        "lo_import(text), lo_import(text, oid) FROM PUBLIC",
    ]


def existing_roles(connection: psycopg.Connection) -> set[str]:
    """Those of the four roles that are there already."""
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
    return {name for (name,) in rows}


def database_exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether the server has a database of this name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def password_statement(connection: psycopg.Connection, role: str, password: str) -> str:
    """SQL that sets a role's password as a SCRAM verifier, so that the server's log never holds the password."""
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    return sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier)).as_string()
