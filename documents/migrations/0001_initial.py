import django.db.models.deletion
import django.db.models.functions.datetime
import documents.models.stored_file
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default=documents.models.stored_file.new_code, editable=False, max_length=32)),
                ("key", models.CharField(editable=False, max_length=120)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("kind", models.CharField(max_length=10)),
                ("size", models.BigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("organization", "Organization"),
                            ("member", "Person"),
                            ("invitation", "Invitation"),
                            ("calendar", "Working calendar"),
                            ("delegation", "Stand-in"),
                            ("template", "Template"),
                            ("version", "Template version"),
                            ("cohort", "Cohort"),
                            ("enrollment", "Trainee's program"),
                            ("task_work", "Task"),
                            ("deliverable", "Deliverable"),
                            ("submission", "Submission"),
                            ("step", "Sign-off"),
                            ("phase", "Phase"),
                            ("document", "Document"),
                            ("file", "File"),
                            ("job", "Job"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_default=models.Func(function="current_organization", output_field=models.BigIntegerField()),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RenderedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default=documents.models.stored_file.new_code, editable=False, max_length=32, unique=True)),
                ("kind", models.CharField(choices=[("idp", "Individual development plan"), ("deliverable", "Deliverable")], max_length=20)),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("organization", "Organization"),
                            ("member", "Person"),
                            ("invitation", "Invitation"),
                            ("calendar", "Working calendar"),
                            ("delegation", "Stand-in"),
                            ("template", "Template"),
                            ("version", "Template version"),
                            ("cohort", "Cohort"),
                            ("enrollment", "Trainee's program"),
                            ("task_work", "Task"),
                            ("deliverable", "Deliverable"),
                            ("submission", "Submission"),
                            ("step", "Sign-off"),
                            ("phase", "Phase"),
                            ("document", "Document"),
                            ("file", "File"),
                            ("job", "Job"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=10)),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being printed"), ("valid", "Valid"), ("replaced", "Replaced"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_default=models.Func(function="current_organization", output_field=models.BigIntegerField()),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("enroll", "Enrolling trainees"), ("print", "Printing a document"), ("import_people", "Importing people")],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("arguments", models.JSONField(default=dict)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("result", models.JSONField(default=dict)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("alive_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_default=models.Func(function="current_organization", output_field=models.BigIntegerField()),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "state", "asked_at"], name="job_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "done", "failed", "cancelled"])), name="job_state_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("done__lte", models.F("total"))), name="job_done_within_total"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["organization", "subject_kind", "subject_id"], name="stored_file_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(fields=("organization", "code"), name="stored_file_code_once"),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="stored_file_size_positive"),
        ),
        migrations.AddIndex(
            model_name="rendereddocument",
            index=models.Index(fields=["organization", "subject_kind", "subject_id", "kind"], name="document_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="rendereddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "valid", "replaced", "failed"])), name="document_state_known"
            ),
        ),
        TenantTables(
            "StoredFile",
            "RenderedDocument",
            "Job",
        ),
        migrations.RunSQL(
            """
            GRANT SELECT (code, kind, version, state, issued_at, organization_id) ON documents_rendereddocument TO trellis_lookup;
            GRANT SELECT (id, name) ON organizations_organization TO trellis_lookup;
            CREATE POLICY public_check ON documents_rendereddocument FOR SELECT TO trellis_lookup USING (true);
            CREATE FUNCTION check_document(wanted text)
                RETURNS TABLE (kind text, version integer, state text, issued_at timestamptz, organization_name text)
                LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
                    SELECT d.kind::text, d.version, d.state::text, d.issued_at, o.name::text
                    FROM documents_rendereddocument d JOIN organizations_organization o ON o.id = d.organization_id
                    WHERE d.code = wanted AND d.state IN ('valid', 'replaced') $$;
            REVOKE ALL ON FUNCTION check_document(text) FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION check_document(text) TO trellis_app;
            ALTER FUNCTION check_document(text) OWNER TO trellis_lookup;
            """,
            """
            DROP FUNCTION IF EXISTS check_document(text);
            DROP POLICY IF EXISTS public_check ON documents_rendereddocument;
            REVOKE SELECT (code, kind, version, state, issued_at, organization_id) ON documents_rendereddocument FROM trellis_lookup;
            REVOKE SELECT (id, name) ON organizations_organization FROM trellis_lookup;
            """,
        ),
    ]
