"""The walk over the catalog and over all keys, as `manage.py integrity` does it."""

import io

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from organizations.integrity import checks, run
from tests import servers

# key of the check -> (what is planted, what the finding names)
TABLE = "CREATE TABLE planted (id bigint PRIMARY KEY, organization_id bigint NOT NULL)"
RULE = "organization_id = (SELECT current_organization())"
OFFENDERS = {
    "a table without row security": (TABLE, "tables: planted row security is not enabled"),
    "a table without forced row security": (
        f"{TABLE}; ALTER TABLE planted ENABLE ROW LEVEL SECURITY; "
        f"CREATE POLICY tenant_isolation ON planted USING ({RULE}) WITH CHECK ({RULE})",
        "tables: planted row security is not forced",
    ),
    "a table without policy": (
        f"{TABLE}; ALTER TABLE planted ENABLE ROW LEVEL SECURITY; ALTER TABLE planted FORCE ROW LEVEL SECURITY",
        "tables: planted has no policy tenant_isolation",
    ),
    "a table without organization": (
        "CREATE TABLE planted (id bigint PRIMARY KEY)",
        "tables: planted organization_id is missing or may be empty",
    ),
    "a table whose organization may be empty": (
        "CREATE TABLE planted (id bigint PRIMARY KEY, organization_id bigint)",
        "tables: planted organization_id is missing or may be empty",
    ),
    "a policy that lets all through": (
        "ALTER POLICY tenant_isolation ON organizations_member USING (true)",
        "tables: organizations_member policy tenant_isolation says something else",
    ),
    "one more policy": (
        "CREATE POLICY everyone ON organizations_invitation USING (true)",
        "tables: organizations_invitation policy everyone is not listed",
    ),
    "row security switched off": (
        "ALTER TABLE organizations_member DISABLE ROW LEVEL SECURITY",
        "tables: organizations_member row security is not enabled",
    ),
    "a plain key": (
        "ALTER TABLE organizations_invitation ADD CONSTRAINT plain FOREIGN KEY (member_id) REFERENCES organizations_member (id)",
        "keys: organizations_invitation plain leads to a tenant table without its organization",
    ),
    "a key that cascades": (
        "ALTER TABLE organizations_invitation ADD CONSTRAINT pulls FOREIGN KEY (organization_id, member_id) "
        "REFERENCES organizations_member (organization_id, id) ON DELETE CASCADE",
        "keys: organizations_invitation pulls cascades",
    ),
    "a key that the database lacks": (
        "ALTER TABLE organizations_invitation DROP CONSTRAINT organizations_invitation_member_id_same_organization",
        "keys: organizations_invitation member_id has no key in the database",
    ),
    "uniqueness across tenants": (
        "CREATE UNIQUE INDEX told ON organizations_member (email)",
        "unique: organizations_member told does not lead with organization_id",
    ),
    "uniqueness of an expression across tenants": (
        "CREATE UNIQUE INDEX told ON organizations_member (lower(email))",
        "unique: organizations_member told does not lead with organization_id",
    ),
    "a view with its owner's eyes": (
        "CREATE VIEW seen AS SELECT * FROM organizations_member",
        "views: seen is a view without security_invoker",
    ),
    "a materialized view": (
        "CREATE MATERIALIZED VIEW kept AS SELECT * FROM organizations_member",
        "views: kept is a materialized view",
    ),
    "a function with its owner's eyes": (
        "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint'",
        "functions: peek() sees with the eyes of its owner and is not listed",
    ),
    "a listed function that anyone may call": (
        "GRANT EXECUTE ON FUNCTION check_document(text) TO PUBLIC",
        "functions: check_document(text) sees with the eyes of its owner and is not listed",
    ),
    "a right of everybody": (
        "GRANT SELECT ON organizations_member TO PUBLIC",
        "grants: organizations_member public SELECT",
    ),
    "a right to empty a table": (
        "GRANT TRUNCATE ON organizations_member TO trellis_app",
        "grants: organizations_member trellis_app TRUNCATE",
    ),
    "a right to change what is append-only": (
        "GRANT UPDATE ON organizations_auditevent TO trellis_app",
        "grants: organizations_auditevent trellis_app UPDATE",
    ),
    "a right to change what belongs to no tenant": (
        "GRANT DELETE ON organizations_signinevent TO trellis_app",
        "grants: organizations_signinevent trellis_app DELETE",
    ),
    "a right to write for maintenance": (
        "GRANT INSERT ON organizations_member TO trellis_maintenance",
        "grants: organizations_member trellis_maintenance INSERT",
    ),
    "a right of the look-up on a whole table": (
        "GRANT SELECT ON organizations_member TO trellis_lookup",
        "grants: organizations_member trellis_lookup SELECT",
    ),
    "a right of the look-up on one more column": (
        "GRANT SELECT (email) ON organizations_member TO trellis_lookup",
        "grants: organizations_member.email trellis_lookup SELECT",
    ),
    "an application that passes row security": ("ALTER ROLE trellis_app BYPASSRLS", "roles: trellis_app passes row security"),
}


@pytest.fixture
def findings(db):
    """`findings(sql)`: what the checks say after these statements, as the owner of everything; nothing of it stays."""

    def found(*statements: str, organization_id: int | None = None) -> list[str]:
        with servers.superuser() as connection, connection.transaction(force_rollback=True):
            for statement in statements:
                connection.execute(statement)
            return [str(finding) for finding in run(connection, checks(settings.INTEGRITY_CHECKS), organization_id)]

    return found


def test_the_database_as_it_is_breaks_no_rule(findings):
    assert findings() == []


@pytest.mark.parametrize(("planted", "named"), OFFENDERS.values(), ids=OFFENDERS.keys())
def test_a_planted_offender_is_named(findings, planted, named):
    assert named in findings(planted)


PARENT = """
    SET session_replication_role = replica;
    INSERT INTO organizations_organization (id, slug, name, language, time_zone, currency, calendar, second_factor,
        budget_opens, budget_closes, planning_opens, planning_closes, outside_raters)
    OVERRIDING SYSTEM VALUE SELECT n, 'planted-' || n, '', 'en', 'UTC', 'CNY', 'cn', 'none', '', '', '', '', false
    FROM generate_series(900001, 900002) n;
    INSERT INTO organizations_member (id, organization_id, name, sort_name, email, phone, employee_number, department, title, roles)
    OVERRIDING SYSTEM VALUE VALUES
        (900001, 900001, 'A', 'a', '', '', '', '', '', '{member}'), (900002, 900002, 'B', 'b', '', '', '', '', '', '{member}');
    INSERT INTO organizations_invitation (id, organization_id, member_id, email, language, nonce, expires_at)
    OVERRIDING SYSTEM VALUE VALUES (900001, 900001, %s, 'a@a.example', 'en', 'n', now());
"""


def test_a_row_whose_parent_is_another_tenants_is_named(findings):
    assert findings(PARENT % 900002) == ["parents: organizations_invitation.member_id 900001 900001"]


def test_a_row_whose_parent_is_missing_is_named(findings):
    assert findings(PARENT % 900009) == ["parents: organizations_invitation.member_id 900001 900001"]


def test_a_row_with_its_own_parent_is_not_named(findings):
    assert findings(PARENT % 900001) == []


def test_one_may_ask_about_one_organization_alone(findings):
    assert findings(PARENT % 900002, organization_id=900002) == []
    assert findings(PARENT % 900002, organization_id=900001) == ["parents: organizations_invitation.member_id 900001 900001"]


def test_the_command_runs_as_maintenance_and_says_that_nothing_was_found(cast):
    out = io.StringIO()
    call_command("integrity", stdout=out)
    assert out.getvalue() == f"{len(checks(settings.INTEGRITY_CHECKS))} checks, nothing found.\n"
    with psycopg.connect(settings.MAINTENANCE_DATABASE_URL) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("trellis_maintenance",)


def test_the_command_names_what_it_finds_and_fails(transactional_db):
    out = io.StringIO()
    with servers.superuser() as connection:
        connection.execute("CREATE VIEW seen AS SELECT 1 AS one")
    try:
        with pytest.raises(CommandError, match=r"^1 found by 1 of \d+ checks\.$"):
            call_command("integrity", stdout=out)
    finally:
        with servers.superuser() as connection:
            connection.execute("DROP VIEW seen")
    assert out.getvalue() == "views: seen is a view without security_invoker\n"


def test_the_command_knows_its_organizations(cast):
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^There is no organization nowhere\.$"):
        call_command("integrity", organization="nowhere", stdout=out)
