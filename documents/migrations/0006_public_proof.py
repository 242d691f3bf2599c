import django.db.models.deletion
from django.db import migrations, models

import organizations.localized
from organizations.row_security import TenantTables

PROOF_COLUMNS = "organization_id, subject_kind, subject_id, number, issued_on, valid_until, revoked_on, replaced_on, holder, title"
# Hit, miss, revoked and expired run the same statement: what a thing publishes is joined to every paper, if it has it or not.
FORWARDS = f"""
GRANT SELECT (subject_kind, subject_id) ON documents_rendereddocument TO trellis_lookup;
GRANT SELECT ({PROOF_COLUMNS}) ON documents_publicproof TO trellis_lookup;
CREATE POLICY public_check ON documents_publicproof FOR SELECT TO trellis_lookup USING (true);
DROP FUNCTION check_document(text);
CREATE FUNCTION check_document(wanted text)
    RETURNS TABLE (kind text, version integer, state text, issued_at timestamptz, organization_name text,
        number text, issued_on date, valid_until date, revoked_on date, replaced_on date, holder text, title text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT d.kind::text, d.version, d.state::text, d.issued_at, o.name::text,
            p.number::text, p.issued_on, p.valid_until, p.revoked_on, p.replaced_on, p.holder::text, CASE WHEN p.holder <> '' THEN p.title::text END
        FROM documents_rendereddocument d JOIN organizations_organization o ON o.id = d.organization_id
        LEFT JOIN documents_publicproof p
            ON p.organization_id = d.organization_id AND p.subject_kind = d.subject_kind AND p.subject_id = d.subject_id
        WHERE d.code = wanted AND d.state IN ('valid', 'replaced') $$;
REVOKE ALL ON FUNCTION check_document(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION check_document(text) TO trellis_app;
ALTER FUNCTION check_document(text) OWNER TO trellis_lookup;
"""
BACKWARDS = f"""
DROP FUNCTION check_document(text);
CREATE FUNCTION check_document(wanted text)
    RETURNS TABLE (kind text, version integer, state text, issued_at timestamptz, organization_name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT d.kind::text, d.version, d.state::text, d.issued_at, o.name::text
        FROM documents_rendereddocument d JOIN organizations_organization o ON o.id = d.organization_id
        WHERE d.code = wanted AND d.state IN ('valid', 'replaced') $$;
REVOKE ALL ON FUNCTION check_document(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION check_document(text) TO trellis_app;
ALTER FUNCTION check_document(text) OWNER TO trellis_lookup;
DROP POLICY IF EXISTS public_check ON documents_publicproof;
REVOKE SELECT ({PROOF_COLUMNS}) ON documents_publicproof FROM trellis_lookup;
REVOKE SELECT (subject_kind, subject_id) ON documents_rendereddocument FROM trellis_lookup;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0005_kinds_of_the_year'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(choices=[('organization', 'Organization'), ('member', 'Person'), ('invitation', 'Invitation'), ('calendar', 'Working calendar'), ('delegation', 'Stand-in'), ('template', 'Template'), ('version', 'Template version'), ('cohort', 'Cohort'), ('enrollment', "Trainee's program"), ('task_work', 'Task'), ('deliverable', 'Deliverable'), ('submission', 'Submission'), ('step', 'Sign-off'), ('phase', 'Phase'), ('document', 'Document'), ('file', 'File'), ('job', 'Job'), ('check_in', "Sponsor's check-in"), ('mentor_profile', 'Mentor profile'), ('pairing', 'Pairing'), ('agreement', 'Mentoring agreement'), ('meeting', 'Meeting'), ('project', 'Practice project'), ('gate_review', 'Gate review'), ('session', 'Training session'), ('survey', 'Survey'), ('needs_analysis', 'Needs analysis'), ('budget', 'Training budget'), ('annual_plan', 'Annual training plan'), ('pilot', 'Pilot'), ('roi_study', 'Study of results'), ('cycle', 'Review cycle'), ('review', 'Certification review'), ('decision', 'Decision'), ('appeal', 'Appeal'), ('certificate', 'Certificate'), ('api_token', 'API token'), ('report', 'Report')], max_length=20)),
                ('subject_id', models.BigIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('valid_until', models.DateField(null=True, verbose_name='valid until')),
                ('revoked_on', models.DateField(null=True, verbose_name='revoked on')),
                ('replaced_on', models.DateField(null=True, verbose_name='replaced on')),
                ('holder', models.CharField(blank=True, max_length=80, verbose_name='holder')),
                ('title', organizations.localized.LocalizedCharField(blank=True, max_length=200)),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.AddConstraint(
            model_name='publicproof',
            constraint=models.UniqueConstraint(fields=('organization', 'subject_kind', 'subject_id'), name='public_proof_once'),
        ),
        TenantTables("PublicProof"),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
