import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import organizations.localized
from django.conf import settings
from django.db import migrations, models

from organizations.row_security import DROP_FUNCTION, FUNCTION, TenantTables


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(FUNCTION, DROP_FUNCTION),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(blank=True, max_length=254, null=True, verbose_name="e-mail")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans", max_length=10, verbose_name="language"
                    ),
                ),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=50, verbose_name="time zone")),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("language__in", ["zh-hans", "en"])), name="user_language_known"),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_once",
                        violation_error_message="This e-mail already signs in.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("sort_name", models.CharField(default="", editable=False, max_length=160)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("employee_number", models.CharField(blank=True, max_length=40, verbose_name="employee number")),
                ("department", models.CharField(blank=True, max_length=120, verbose_name="department")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("admin", "Admin"), ("hr_director", "HR director"), ("reviewer", "Reviewer"), ("member", "Member")],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="roles",
                    ),
                ),
                ("joined_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "line_manager",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="organizations.member",
                        verbose_name="line manager",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when")),
                ("actor_name", models.CharField(blank=True, max_length=80)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("person_added", "Added a person"),
                            ("person_changed", "Changed a person's details"),
                            ("roles_changed", "Changed roles"),
                            ("membership_ended", "Ended a membership"),
                            ("membership_restored", "Restored a membership"),
                            ("invited", "Sent an invitation"),
                            ("invitation_accepted", "Accepted an invitation"),
                            ("sign_in_code_issued", "Issued a sign-in code"),
                            ("signed_in", "Signed in"),
                            ("sign_in_failed", "Failed to sign in"),
                            ("settings_changed", "Changed settings"),
                            ("calendar_changed", "Changed the working calendar"),
                            ("authority_delegated", "Named a stand-in"),
                            ("authority_ended", "Ended a stand-in"),
                            ("template_copied", "Copied a template"),
                            ("draft_started", "Started a new draft"),
                            ("template_edited", "Edited a template"),
                            ("version_published", "Published a version"),
                            ("cohort_opened", "Opened a cohort"),
                            ("cohort_changed", "Changed a cohort"),
                            ("enrolled", "Enrolled trainees"),
                            ("relations_changed", "Changed who supports a trainee"),
                            ("dates_moved", "Moved dates"),
                            ("task_waived", "Waived a task"),
                            ("submitted", "Submitted a deliverable"),
                            ("signed_off", "Decided on a deliverable"),
                            ("check_recorded", "Recorded a check"),
                            ("activity_done", "Marked an activity as done"),
                            ("phase_opened", "Opened a phase"),
                            ("phase_completed", "Completed a phase"),
                            ("document_printed", "Printed a document"),
                            ("file_uploaded", "Uploaded a file"),
                        ],
                        max_length=40,
                        verbose_name="what",
                    ),
                ),
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
                ("subject_label", models.CharField(blank=True, max_length=200, verbose_name="which")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="from where")),
                ("payload_hash", models.CharField(blank=True, max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                        verbose_name="who",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", "Use a-z, 0-9 and hyphens.")
                        ],
                    ),
                ),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans", max_length=10, verbose_name="language"
                    ),
                ),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=50, verbose_name="time zone")),
                ("currency", models.CharField(default="CNY", max_length=3, verbose_name="currency")),
                (
                    "calendar",
                    models.CharField(
                        choices=[("cn", "China: public holidays and swapped working weekends"), ("plain", "Monday to Friday")],
                        default="cn",
                        max_length=10,
                        verbose_name="working calendar",
                    ),
                ),
                (
                    "second_factor",
                    models.CharField(
                        choices=[("none", "Nobody"), ("staff", "Admins and HR directors"), ("all", "Everybody")],
                        default="staff",
                        max_length=10,
                        verbose_name="second factor",
                    ),
                ),
                ("budget_window_on", models.DateField(blank=True, null=True, verbose_name="next year's budget is due on")),
                ("planning_window_on", models.DateField(blank=True, null=True, verbose_name="next year's plan is due on")),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("language__in", ["zh-hans", "en"])), name="organization_language_known"),
                    models.CheckConstraint(condition=models.Q(("calendar__in", ["cn", "plain"])), name="organization_calendar_known"),
                    models.CheckConstraint(
                        condition=models.Q(("second_factor__in", ["none", "staff", "all"])), name="organization_second_factor_known"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="member",
            name="organization",
            field=models.ForeignKey(
                db_default=models.Func(function="current_organization", output_field=models.BigIntegerField()),
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=10)),
                ("nonce", models.CharField(max_length=32)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("expires_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "invited_by",
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
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
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
        ),
        migrations.CreateModel(
            name="DelegatedAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(verbose_name="until")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "delegate",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in_for",
                        to="organizations.member",
                        verbose_name="stand-in",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="organizations.member",
                        verbose_name="absent person",
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
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("is_working", models.BooleanField(verbose_name="working day")),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
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
        ),
        migrations.CreateModel(
            name="AuditPayload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.CharField(max_length=32)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payloads",
                        to="organizations.auditevent",
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
        ),
        migrations.AddField(
            model_name="auditevent",
            name="organization",
            field=models.ForeignKey(
                db_default=models.Func(function="current_organization", output_field=models.BigIntegerField()),
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=128)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "issued_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_in_codes",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignInEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("succeeded", models.BooleanField()),
                ("method", models.CharField(max_length=30)),
                ("address", models.GenericIPAddressField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["organization", "sort_name", "id"], name="member_by_name"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("roles__contained_by", ["admin", "hr_director", "reviewer", "member"])), name="member_roles_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("line_manager__isnull", True), models.Q(("line_manager", models.F("id")), _negated=True), _connector="OR"
                ),
                name="member_not_own_line_manager",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                fields=("organization", "user"), name="member_user_once", violation_error_message="This person is already a member."
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("organization", "email"),
                name="member_email_once",
                violation_error_message="This e-mail already belongs to someone here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("employee_number", ""), _negated=True),
                fields=("organization", "employee_number"),
                name="member_employee_number_once",
                violation_error_message="This employee number already belongs to someone here.",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(condition=models.Q(("sent_at__isnull", True)), fields=["organization"], name="invitation_unsent"),
        ),
        migrations.AddConstraint(
            model_name="delegatedauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))),
                name="delegation_ends_after_start",
                violation_error_message="The last day must not be before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegatedauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(("member", models.F("delegate")), _negated=True),
                name="delegation_to_another_person",
                violation_error_message="Choose another person as stand-in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.UniqueConstraint(
                fields=("organization", "day"), name="calendar_day_once", violation_error_message="This day is already in the calendar."
            ),
        ),
        migrations.AddConstraint(
            model_name="auditpayload",
            constraint=models.UniqueConstraint(fields=("organization", "event"), name="audit_payload_once"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["organization", "-at", "-id"], name="audit_by_time"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["organization", "subject_kind", "subject_id"], name="audit_by_subject"),
        ),
        TenantTables(
            "CalendarDay",
            "Member",
            "Invitation",
            "SignInCode",
            "DelegatedAuthority",
            "AuditEvent",
            "AuditPayload",
            append_only=("AuditEvent",),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE organizations_organization ENABLE ROW LEVEL SECURITY;
            ALTER TABLE organizations_organization FORCE ROW LEVEL SECURITY;
            CREATE POLICY public_face ON organizations_organization FOR SELECT USING (true);
            CREATE POLICY opened ON organizations_organization FOR INSERT WITH CHECK (true);
            CREATE POLICY own_settings ON organizations_organization FOR UPDATE
                USING (id = (SELECT current_organization())) WITH CHECK (id = (SELECT current_organization()));
            CREATE POLICY own_membership ON organizations_member FOR SELECT USING (user_id = (SELECT current_person()));
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON organizations_signinevent
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            """,
            """
            DROP TRIGGER IF EXISTS append_only ON organizations_signinevent;
            DROP POLICY IF EXISTS own_membership ON organizations_member;
            DROP POLICY IF EXISTS own_settings ON organizations_organization;
            DROP POLICY IF EXISTS opened ON organizations_organization;
            DROP POLICY IF EXISTS public_face ON organizations_organization;
            """,
        ),
    ]
