from django.db import migrations

# Everything a version consists of. A part added later joins this list in its own migration.
PARTS = (
    "programs_pillar",
    "programs_phase",
    "programs_module",
    "programs_taskdefinition",
    "programs_prerequisite",
    "programs_deliverablekind",
    "programs_checkdefinition",
    "programs_projectkind",
    "programs_gatedefinition",
    "programs_successfactor",
)

FORWARDS = """
CREATE FUNCTION refuse_change_of_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    -- Retiring is all that may still happen to a published version.
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
       AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'version % is published and final', OLD.id USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION refuse_change_of_published_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row_version bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM programs_templateversion WHERE id = row_version AND state = 'draft')
       OR (TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id) THEN
        RAISE EXCEPTION 'version % is published and final', row_version USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_is_final BEFORE UPDATE OR DELETE ON programs_templateversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_version();
""" + "".join(
    f"CREATE TRIGGER published_is_final BEFORE INSERT OR UPDATE OR DELETE ON {part} "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_part();\n"
    for part in PARTS
)
BACKWARDS = "".join(f"DROP TRIGGER IF EXISTS published_is_final ON {part};\n" for part in (*PARTS, "programs_templateversion")) + (
    "DROP FUNCTION IF EXISTS refuse_change_of_published_part(); DROP FUNCTION IF EXISTS refuse_change_of_published_version();"
)


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
