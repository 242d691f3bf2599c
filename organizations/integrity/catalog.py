"""Checks 1-4: the wall between tenants as the database itself has it. They name tables, keys, functions and roles."""

from organizations.integrity import Check, allowed

# Tables of ours, in any schema; those of an extension are its own affair.
OURS = """
    SELECT c.oid, c.relname, c.relkind, c.relacl, c.reloptions, c.relowner, c.relrowsecurity, c.relforcerowsecurity
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%%'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
"""
TENANT = f"SELECT * FROM ({OURS}) o WHERE o.relkind IN ('r', 'p') AND o.relname <> ALL(%(global_tables)s)"  # noqa: S608  constants
RULE = "(organization_id = ( SELECT current_organization() AS current_organization))"

TABLES = f"""
    WITH tenant AS ({TENANT})
    SELECT t.relname, 'row security is not enabled' FROM tenant t WHERE NOT t.relrowsecurity
    UNION ALL SELECT t.relname, 'row security is not forced' FROM tenant t WHERE NOT t.relforcerowsecurity
    UNION ALL SELECT t.relname, 'organization_id is missing or may be empty' FROM tenant t
        WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'organization_id' AND a.attnotnull)
    UNION ALL SELECT t.relname, 'has no policy tenant_isolation' FROM tenant t
        WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'tenant_isolation')
    UNION ALL SELECT t.relname, 'policy ' || p.polname || ' says something else' FROM tenant t JOIN pg_policy p ON p.polrelid = t.oid
        WHERE p.polname = 'tenant_isolation' AND (
            pg_get_expr(p.polqual, p.polrelid) IS DISTINCT FROM '{RULE}'
            OR pg_get_expr(p.polwithcheck, p.polrelid) IS DISTINCT FROM '{RULE}'
            OR p.polcmd <> '*' OR NOT p.polpermissive OR p.polroles <> '{{0}}')
    UNION ALL SELECT t.relname, 'policy ' || p.polname || ' is not listed' FROM tenant t JOIN pg_policy p ON p.polrelid = t.oid
        WHERE p.polname <> 'tenant_isolation' AND t.relname || '.' || p.polname <> ALL(%(more_policies)s)
"""  # noqa: S608  constants

KEYS = f"""
    WITH tenant AS ({TENANT}),
    key AS (
        SELECT k.*, child.relname AS child, parent.relname AS parent, child.oid IN (SELECT oid FROM tenant) AS child_is_tenant,
            parent.oid IN (SELECT oid FROM tenant) AS parent_is_tenant,
            (SELECT attname FROM pg_attribute WHERE attrelid = k.conrelid AND attnum = k.conkey[1]) AS first_column,
            (SELECT attname FROM pg_attribute WHERE attrelid = k.confrelid AND attnum = k.confkey[1]) AS first_target
        FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
        WHERE k.contype = 'f')
    SELECT child, conname, 'leads to a tenant table without its organization' FROM key
        WHERE parent_is_tenant AND (cardinality(conkey) < 2 OR first_column <> 'organization_id' OR first_target <> 'organization_id')
    UNION ALL SELECT child, conname, 'cascades' FROM key
        WHERE (child_is_tenant OR parent_is_tenant) AND NOT (confdeltype = 'a' AND confupdtype = 'a')
    UNION ALL SELECT wanted.child, wanted.col, 'has no key in the database'
        FROM unnest(%(key_tables)s::text[], %(key_columns)s::text[]) AS wanted(child, col)
        WHERE NOT EXISTS (
            SELECT FROM key JOIN pg_attribute a ON a.attrelid = key.conrelid AND a.attnum = key.conkey[2]
            WHERE key.child = wanted.child AND key.first_column = 'organization_id' AND a.attname = wanted.col)
"""  # noqa: S608  constants

UNIQUE = f"""
    WITH tenant AS ({TENANT})
    SELECT t.relname, c.relname, 'does not lead with organization_id'
    FROM tenant t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
    WHERE i.indisunique AND NOT i.indisprimary AND a.attname IS DISTINCT FROM 'organization_id'
      AND NOT (i.indnkeyatts = 1 AND t.relname || '.' || coalesce(a.attname, '') = ANY(%(unique_everywhere)s))
"""  # noqa: S608  constants

VIEWS = f"""
    WITH ours AS ({OURS})
    SELECT relname, 'is a materialized view' FROM ours WHERE relkind = 'm'
    UNION ALL SELECT relname, 'is a view without security_invoker' FROM ours
        WHERE relkind = 'v' AND NOT coalesce(
            reloptions && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
"""  # noqa: S608  constants

FUNCTIONS = """
    SELECT p.oid::regprocedure::text, 'sees with the eyes of its owner and is not listed'
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%%'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
      AND NOT (p.oid::regprocedure::text = ANY(%(definer_functions)s) AND pg_get_userbyid(p.proowner) = ANY(%(lookup)s)
               AND NOT has_function_privilege('public', p.oid, 'EXECUTE'))
"""

GRANTS = f"""
    WITH ours AS ({OURS}),
    granted AS (
        SELECT o.oid, o.relname, o.relkind, g.privilege_type AS may,
            CASE WHEN g.grantee = 0 THEN 'public' ELSE pg_get_userbyid(g.grantee)::text END AS role
        FROM ours o, LATERAL aclexplode(o.relacl) g WHERE g.grantee <> o.relowner)
    SELECT g.relname, g.role, g.may FROM granted g WHERE NOT (
        CASE WHEN g.relname = ANY(%(global_tables)s) THEN g.relname || ' ' || g.role || ' ' || g.may = ANY(%(global_grants)s)
        WHEN g.role = ANY(%(maintenance)s) THEN g.may = 'SELECT'
        WHEN g.role = ANY(%(app)s) AND g.relkind IN ('r', 'p') THEN g.may IN ('SELECT', 'INSERT') OR (
            g.may IN ('UPDATE', 'DELETE') AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = g.oid AND t.tgname = 'append_only'))
        ELSE false END)
    UNION ALL SELECT o.relname || '.' || a.attname,
        CASE WHEN g.grantee = 0 THEN 'public' ELSE pg_get_userbyid(g.grantee)::text END, g.privilege_type
        FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid, LATERAL aclexplode(a.attacl) g
        WHERE NOT (g.privilege_type = 'SELECT' AND pg_get_userbyid(g.grantee) = ANY(%(lookup)s)
                   AND o.relname || '.' || a.attname = ANY(%(lookup_columns)s))
"""  # noqa: S608  constants

ROLES = """
    SELECT r.rolname, 'passes row security' FROM pg_roles r
    WHERE r.rolname = ANY(%(app)s::text[] || %(lookup)s::text[]) AND (r.rolbypassrls OR r.rolsuper OR r.rolcreaterole)
    UNION ALL SELECT m.roleid::regrole::text, 'has trellis_app as a member' FROM pg_auth_members m
    WHERE m.member::regrole::text = ANY(%(app)s)
"""

CHECKS = [
    Check("tables", "Tenant tables without the whole of row security", TABLES, allowed.values),
    Check("keys", "Keys by which a row could point into another tenant, or pull rows with it", KEYS, allowed.values),
    Check("unique", "Uniqueness that tells one tenant of another's rows", UNIQUE, allowed.values),
    Check("views", "Views that see with their owner's eyes, or keep what they saw", VIEWS, allowed.values),
    Check("functions", "Functions that see with their owner's eyes", FUNCTIONS, allowed.values),
    Check("grants", "Rights outside the list", GRANTS, allowed.values),
    Check("roles", "Roles that pass the wall", ROLES, allowed.values),
]
