import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import organizations.localized
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("start_on", models.DateField(verbose_name="starts on")),
                (
                    "calendar",
                    models.CharField(
                        choices=[("cn", "China: public holidays and swapped working weekends"), ("plain", "Monday to Friday")],
                        max_length=10,
                        verbose_name="working calendar",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("running", "Running"), ("finished", "Finished")], default="planned", max_length=10
                    ),
                ),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="managed_cohorts",
                        to="organizations.member",
                        verbose_name="cohort manager",
                    ),
                ),
                (
                    "opened_by",
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
                    "sponsor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsored_cohorts",
                        to="organizations.member",
                        verbose_name="sponsor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliverableKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "projects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                    ),
                ),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("purpose", organizations.localized.LocalizedTextField(blank=True, verbose_name="purpose")),
                ("hours", models.PositiveSmallIntegerField(default=0, verbose_name="hours")),
                (
                    "author",
                    models.CharField(
                        choices=[
                            ("trainee", "Trainee"),
                            ("mentor", "Mentor"),
                            ("line_manager", "Line manager"),
                            ("hrbp", "HRBP"),
                            ("business_head", "Business head"),
                            ("training_manager", "Present training manager"),
                            ("sponsor", "Sponsor"),
                            ("cohort_manager", "Cohort manager"),
                            ("hr_director", "HR director"),
                            ("reviewer", "Reviewer"),
                            ("interviewee", "Interviewee"),
                        ],
                        default="trainee",
                        max_length=20,
                        verbose_name="written by",
                    ),
                ),
                ("required", models.BooleanField(default=True, verbose_name="required")),
                ("repeats", models.BooleanField(default=False, verbose_name="several")),
                ("minimum", models.PositiveSmallIntegerField(default=1, verbose_name="at least")),
                ("layout", models.CharField(default="deliverable", max_length=20)),
                ("fields", models.JSONField(default=list)),
                ("rubric", models.JSONField(default=list)),
                ("route", models.JSONField(default=list)),
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
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="label")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not started"),
                            ("submitted", "Waiting"),
                            ("in_review", "In review"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("last_number", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    "kind",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.deliverablekind",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Enrollment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("paused", "Paused"), ("completed", "Completed"), ("withdrawn", "Withdrawn")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("start_on", models.DateField()),
                ("enrolled_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrollments",
                        to="programs.cohort",
                    ),
                ),
                (
                    "enrolled_by",
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
                    "trainee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrollments",
                        to="organizations.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("number", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("goal", organizations.localized.LocalizedTextField(blank=True, verbose_name="goal")),
                ("length_days", models.PositiveSmallIntegerField(verbose_name="length in working days")),
                (
                    "schedule",
                    models.CharField(
                        choices=[
                            ("sequential", "After the phase before it"),
                            ("continuous", "Runs on without an end"),
                            ("recurring", "Comes again every cycle"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "exit",
                    models.CharField(
                        choices=[
                            ("all_required", "All required tasks approved, the IDP among them"),
                            ("practice_tasks", "All practice tasks approved"),
                            ("project_closed", "One practice project closed"),
                            ("none", "No end: it repeats"),
                            ("per_cycle", "A decision in each cycle"),
                        ],
                        max_length=20,
                    ),
                ),
                ("exit_text", organizations.localized.LocalizedTextField(blank=True, verbose_name="what ends it")),
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
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("summary", organizations.localized.LocalizedTextField(blank=True, verbose_name="content")),
                (
                    "responsible",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("trainee", "Trainee"),
                                ("mentor", "Mentor"),
                                ("line_manager", "Line manager"),
                                ("hrbp", "HRBP"),
                                ("business_head", "Business head"),
                                ("training_manager", "Present training manager"),
                                ("sponsor", "Sponsor"),
                                ("cohort_manager", "Cohort manager"),
                                ("hr_director", "HR director"),
                                ("reviewer", "Reviewer"),
                                ("interviewee", "Interviewee"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="responsible",
                    ),
                ),
                (
                    "workflow_steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5), blank=True, default=list, size=None
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
                    "phase",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="modules",
                        to="programs.phase",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="PhaseProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("locked", "Locked"), ("open", "Open"), ("complete", "Complete")], default="locked", max_length=10
                    ),
                ),
                ("planned_start_on", models.DateField()),
                ("planned_end_on", models.DateField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="programs.enrollment",
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
                    "phase",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.phase",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgramTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("source", models.CharField(blank=True, max_length=60)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignOffStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=[("agree", "Agrees"), ("approve", "Approves")], max_length=10)),
                ("roles", models.JSONField(default=list)),
                ("scores", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not yet their turn"),
                            ("ready", "Their turn"),
                            ("done", "Done"),
                            ("void", "No longer needed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
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
                    "person",
                    models.ForeignKey(
                        blank=True,
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
            name="SignOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(choices=[("approved", "Approved"), ("agreed", "Agreed"), ("returned", "Returned")], max_length=10),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("trainee", "Trainee"),
                            ("mentor", "Mentor"),
                            ("line_manager", "Line manager"),
                            ("hrbp", "HRBP"),
                            ("business_head", "Business head"),
                            ("training_manager", "Present training manager"),
                            ("sponsor", "Sponsor"),
                            ("cohort_manager", "Cohort manager"),
                            ("hr_director", "HR director"),
                            ("reviewer", "Reviewer"),
                            ("interviewee", "Interviewee"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("scores", models.JSONField(default=dict)),
                ("answers", models.JSONField(default=dict)),
                ("content_hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
                (
                    "instead_of",
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
                    "step",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="programs.signoffstep",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("data", models.JSONField()),
                ("note", models.TextField(blank=True, verbose_name="what changed in this version")),
                ("content_hash", models.CharField(max_length=64)),
                ("submitted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="programs.deliverable",
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
            model_name="signoffstep",
            name="submission",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="programs.submission",
            ),
        ),
        migrations.CreateModel(
            name="SupportRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("trainee", "Trainee"),
                            ("mentor", "Mentor"),
                            ("line_manager", "Line manager"),
                            ("hrbp", "HRBP"),
                            ("business_head", "Business head"),
                            ("training_manager", "Present training manager"),
                            ("sponsor", "Sponsor"),
                            ("cohort_manager", "Cohort manager"),
                            ("hr_director", "HR director"),
                            ("reviewer", "Reviewer"),
                            ("interviewee", "Interviewee"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="support_roles",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
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
            name="TaskDefinition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("what", organizations.localized.LocalizedTextField(verbose_name="what to do")),
                ("judged", organizations.localized.LocalizedTextField(blank=True, verbose_name="how it is judged")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("self_study", "Self-study"),
                            ("online_course", "Online course"),
                            ("workshop", "Workshop"),
                            ("mentoring", "Mentoring"),
                            ("case_study", "Case study"),
                            ("group_discussion", "Group discussion"),
                            ("simulation", "Simulation"),
                            ("role_play", "Role play"),
                            ("shadowing", "Shadowing"),
                            ("data_exercise", "Data exercise"),
                            ("report_writing", "Report writing"),
                            ("policy_study", "Policy study"),
                            ("systems_practice", "Systems practice"),
                            ("practice", "Practice on the job"),
                            ("interview", "Interview"),
                            ("meeting", "Meeting"),
                            ("project", "Project"),
                            ("review", "Review"),
                        ],
                        max_length=20,
                        verbose_name="learning method",
                    ),
                ),
                (
                    "responsible",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("trainee", "Trainee"),
                                ("mentor", "Mentor"),
                                ("line_manager", "Line manager"),
                                ("hrbp", "HRBP"),
                                ("business_head", "Business head"),
                                ("training_manager", "Present training manager"),
                                ("sponsor", "Sponsor"),
                                ("cohort_manager", "Cohort manager"),
                                ("hr_director", "HR director"),
                                ("reviewer", "Reviewer"),
                                ("interviewee", "Interviewee"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="responsible",
                    ),
                ),
                ("questions", models.JSONField(blank=True, default=list)),
                ("weight_1", models.PositiveSmallIntegerField()),
                ("weight_2", models.PositiveSmallIntegerField()),
                ("weight_3", models.PositiveSmallIntegerField()),
                (
                    "anchor",
                    models.CharField(
                        choices=[
                            ("cohort_start", "Start of the cohort"),
                            ("phase_start", "Start of the phase"),
                            ("task", "Due date of another task"),
                        ],
                        max_length=20,
                        verbose_name="begins from",
                    ),
                ),
                ("offset", models.PositiveSmallIntegerField(verbose_name="working days after")),
                ("length", models.PositiveSmallIntegerField(verbose_name="length in working days")),
                ("hours", models.PositiveSmallIntegerField(default=0, verbose_name="hours")),
                ("required", models.BooleanField(default=True, verbose_name="required")),
                ("counts_for_exit", models.BooleanField(default=True, verbose_name="holds the phase open")),
                (
                    "recurrence",
                    models.CharField(
                        choices=[("once", "Once"), ("quarterly", "Every quarter"), ("per_cycle", "Every review cycle")],
                        default="once",
                        max_length=20,
                    ),
                ),
                (
                    "fiscal",
                    models.CharField(
                        blank=True, choices=[("budget", "Budget window"), ("planning", "Planning window")], default="", max_length=20
                    ),
                ),
                (
                    "anchor_task",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.taskdefinition",
                    ),
                ),
                (
                    "module",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="programs.module",
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
                    "phase",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="programs.phase",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="deliverablekind",
            name="task",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliverable_kinds",
                to="programs.taskdefinition",
            ),
        ),
        migrations.CreateModel(
            name="CheckDefinition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("items", models.JSONField(default=list)),
                (
                    "by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("trainee", "Trainee"),
                                ("mentor", "Mentor"),
                                ("line_manager", "Line manager"),
                                ("hrbp", "HRBP"),
                                ("business_head", "Business head"),
                                ("training_manager", "Present training manager"),
                                ("sponsor", "Sponsor"),
                                ("cohort_manager", "Cohort manager"),
                                ("hr_director", "HR director"),
                                ("reviewer", "Reviewer"),
                                ("interviewee", "Interviewee"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("bulk", models.BooleanField(default=True)),
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
                    "task",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="programs.taskdefinition",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="TaskWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("locked", "Locked"),
                            ("open", "Not started"),
                            ("in_progress", "In progress"),
                            ("submitted", "Waiting"),
                            ("in_review", "In review"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("waived", "Waived"),
                        ],
                        default="locked",
                        max_length=12,
                    ),
                ),
                ("planned_start_on", models.DateField(verbose_name="planned start")),
                ("due_on", models.DateField(verbose_name="due")),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True, verbose_name="what I did and what I take from it")),
                (
                    "enrollment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work",
                        to="programs.enrollment",
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
                    "task",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to="programs.taskdefinition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScheduleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_due_on", models.DateField()),
                ("new_due_on", models.DateField()),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
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
                    "work",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedule_changes",
                        to="programs.taskwork",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="deliverable",
            name="work",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliverables",
                to="programs.taskwork",
            ),
        ),
        migrations.CreateModel(
            name="CheckResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20)),
                ("passed", models.BooleanField()),
                ("answers", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
                (
                    "definition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.checkdefinition",
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
                    "work",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_results",
                        to="programs.taskwork",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("retired", "Retired")], default="draft", max_length=10
                    ),
                ),
                ("summary", organizations.localized.LocalizedTextField(blank=True, verbose_name="summary")),
                ("aim", organizations.localized.LocalizedTextField(blank=True, verbose_name="aim")),
                ("framework", organizations.localized.LocalizedTextField(blank=True, verbose_name="what it leaves the organization")),
                ("workflow", models.JSONField(default=list, verbose_name="workflow steps")),
                ("levels", models.JSONField(default=list, verbose_name="rubric levels")),
                ("review_scheme", models.JSONField(default=dict, verbose_name="reviews and certification")),
                ("edited_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("revision", models.PositiveIntegerField(default=1)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
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
                    "published_by",
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
                    "template",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="programs.programtemplate",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="taskdefinition",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tasks",
                to="programs.templateversion",
            ),
        ),
        migrations.CreateModel(
            name="SuccessFactor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("aim", organizations.localized.LocalizedTextField(blank=True, verbose_name="aim")),
                ("signals", models.JSONField(default=list)),
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
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="success_factors",
                        to="programs.templateversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ProjectKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("goal", organizations.localized.LocalizedTextField(blank=True, verbose_name="goal")),
                ("mentor_support", organizations.localized.LocalizedTextField(blank=True, verbose_name="mentor support")),
                ("weights", django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=3)),
                ("measures", models.JSONField(default=list)),
                ("activities", models.JSONField(default=list)),
                ("milestones", models.JSONField(default=list)),
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
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="project_kinds",
                        to="programs.templateversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Prerequisite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "requires",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unlocks",
                        to="programs.taskdefinition",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prerequisites",
                        to="programs.taskdefinition",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prerequisites",
                        to="programs.templateversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pillar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("covers", organizations.localized.LocalizedTextField(blank=True, verbose_name="covers")),
                ("aim", organizations.localized.LocalizedTextField(blank=True, verbose_name="aim")),
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
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pillars",
                        to="programs.templateversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="phase",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="phases",
                to="programs.templateversion",
            ),
        ),
        migrations.AddField(
            model_name="module",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="modules",
                to="programs.templateversion",
            ),
        ),
        migrations.CreateModel(
            name="GateDefinition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", organizations.localized.LocalizedCharField(max_length=200, verbose_name="name")),
                ("offset", models.PositiveSmallIntegerField()),
                ("criteria", models.JSONField(default=list)),
                (
                    "reviewers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("trainee", "Trainee"),
                                ("mentor", "Mentor"),
                                ("line_manager", "Line manager"),
                                ("hrbp", "HRBP"),
                                ("business_head", "Business head"),
                                ("training_manager", "Present training manager"),
                                ("sponsor", "Sponsor"),
                                ("cohort_manager", "Cohort manager"),
                                ("hr_director", "HR director"),
                                ("reviewer", "Reviewer"),
                                ("interviewee", "Interviewee"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
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
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gates",
                        to="programs.templateversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="deliverablekind",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliverable_kinds",
                to="programs.templateversion",
            ),
        ),
        migrations.AddField(
            model_name="cohort",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cohorts",
                to="programs.templateversion",
                verbose_name="template",
            ),
        ),
        migrations.AddField(
            model_name="checkdefinition",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="checks",
                to="programs.templateversion",
            ),
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                    "work",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="programs.taskwork",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CohortDeputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cohort",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deputies",
                        to="programs.cohort",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputy_of",
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
                "constraints": [models.UniqueConstraint(fields=("organization", "cohort", "member"), name="cohort_deputy_once")],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(max_length=4000, verbose_name="comment")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                    "deliverable",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="programs.deliverable",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "deliverable", "at"], name="comment_by_deliverable")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("data", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="programs.deliverable",
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
                "constraints": [models.UniqueConstraint(fields=("organization", "deliverable", "author"), name="draft_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "paused", "completed", "withdrawn"])), name="enrollment_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.UniqueConstraint(
                fields=("organization", "cohort", "trainee"),
                name="enrollment_once_per_cohort",
                violation_error_message="This person is already in the cohort.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["active", "paused"])),
                fields=("organization", "trainee"),
                name="enrollment_one_running",
                violation_error_message="This person is already in a running program.",
            ),
        ),
        migrations.AddConstraint(
            model_name="phaseprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["locked", "open", "complete"])), name="phase_progress_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="phaseprogress",
            constraint=models.UniqueConstraint(fields=("organization", "enrollment", "phase"), name="phase_progress_once"),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(fields=("organization", "step"), name="sign_off_once_per_step"),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["approved", "agreed", "returned"])), name="sign_off_outcome_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("organization", "deliverable", "number"), name="submission_number_once"),
        ),
        migrations.AddIndex(
            model_name="signoffstep",
            index=models.Index(condition=models.Q(("state", "ready")), fields=["organization", "ready_at"], name="step_ready"),
        ),
        migrations.AddConstraint(
            model_name="signoffstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "ready", "done", "void"])), name="step_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signoffstep",
            constraint=models.UniqueConstraint(fields=("organization", "submission", "position"), name="step_position_once"),
        ),
        migrations.AddIndex(
            model_name="supportrole",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["organization", "member", "role"], name="support_role_of"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrole",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("organization", "enrollment", "role", "member"),
                name="support_role_once",
            ),
        ),
        migrations.AddIndex(
            model_name="taskwork",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "in_progress", "submitted", "in_review", "returned"])),
                fields=["organization", "due_on"],
                name="task_work_open_by_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskwork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["locked", "open", "in_progress", "submitted", "in_review", "returned", "approved", "waived"])
                ),
                name="task_work_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskwork",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("planned_start_on"))), name="task_work_due_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="taskwork",
            constraint=models.UniqueConstraint(fields=("organization", "enrollment", "task", "occurrence"), name="task_work_once"),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "submitted", "in_review", "returned", "approved"])),
                name="deliverable_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.UniqueConstraint(fields=("organization", "work", "kind", "number"), name="deliverable_number_once"),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "published", "retired"])), name="version_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(fields=("organization", "template", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("organization", "template"),
                name="version_one_draft",
                violation_error_message="This template already has a draft.",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskdefinition",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"), name="task_key_once", violation_error_message="This number is already taken."
            ),
        ),
        migrations.AddConstraint(
            model_name="taskdefinition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "weight_1",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.Value(100), "-", models.F("weight_2")),
                            "-",
                            models.F("weight_3"),
                        ),
                    )
                ),
                name="task_weights_sum_to_100",
                violation_error_message="The three weights must add up to 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskdefinition",
            constraint=models.CheckConstraint(condition=models.Q(("length__gte", 1)), name="task_length_positive"),
        ),
        migrations.AddConstraint(
            model_name="successfactor",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"),
                name="success_factor_key_once",
                violation_error_message="This number is already taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectkind",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"),
                name="project_kind_key_once",
                violation_error_message="This number is already taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="prerequisite",
            constraint=models.UniqueConstraint(fields=("organization", "task", "requires"), name="prerequisite_once"),
        ),
        migrations.AddConstraint(
            model_name="pillar",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"), name="pillar_key_once", violation_error_message="This number is already taken."
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"), name="phase_key_once", violation_error_message="This number is already taken."
            ),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"), name="module_key_once", violation_error_message="This number is already taken."
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedefinition",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"), name="gate_key_once", violation_error_message="This number is already taken."
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverablekind",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"),
                name="deliverable_key_once",
                violation_error_message="This number is already taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "running", "finished"])), name="cohort_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.UniqueConstraint(
                fields=("organization", "name"), name="cohort_name_once", violation_error_message="Another cohort has this name."
            ),
        ),
        migrations.AddConstraint(
            model_name="checkdefinition",
            constraint=models.UniqueConstraint(
                fields=("organization", "version", "key"), name="check_key_once", violation_error_message="This number is already taken."
            ),
        ),
        TenantTables(
            "ProgramTemplate",
            "TemplateVersion",
            "Pillar",
            "Phase",
            "Module",
            "TaskDefinition",
            "Prerequisite",
            "DeliverableKind",
            "CheckDefinition",
            "ProjectKind",
            "GateDefinition",
            "SuccessFactor",
            "Cohort",
            "CohortDeputy",
            "Enrollment",
            "SupportRole",
            "PhaseProgress",
            "TaskWork",
            "Deliverable",
            "Draft",
            "CheckResult",
            "Waiver",
            "ScheduleChange",
            "Submission",
            "SignOffStep",
            "SignOff",
            "Comment",
            append_only=("CheckResult", "Waiver", "ScheduleChange", "Submission", "SignOff", "Comment"),
        ),
    ]
