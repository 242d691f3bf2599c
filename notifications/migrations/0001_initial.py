import datetime
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
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
                ("path", models.CharField(max_length=200)),
                ("words", models.JSONField(default=dict)),
                ("dedup_key", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("read_at", models.DateTimeField(null=True)),
                ("planned_at", models.DateTimeField(null=True)),
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
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to="organizations.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(choices=[("email", "E-mail")], max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("skipped", "Not wanted"),
                            ("given_up", "Given up"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=120)),
                ("problem", models.CharField(blank=True, max_length=300)),
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
                    "notification",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="notifications.notification",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_email", models.BooleanField(default=True)),
                ("quiet_from", models.TimeField(default=datetime.time(20, 0))),
                ("quiet_until", models.TimeField(default=datetime.time(8, 0))),
                ("only_working_days", models.BooleanField(default=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preferences",
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
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["organization", "recipient", "-created_at"], name="notification_by_recipient"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)), fields=["organization", "recipient"], name="notification_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("planned_at__isnull", True)), fields=["organization", "created_at"], name="notification_unplanned"
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(fields=("organization", "dedup_key"), name="notification_once"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending"])), fields=["organization", "due_at"], name="delivery_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("organization", "notification", "channel"), name="delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sending", "sent", "skipped", "given_up"])), name="delivery_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(fields=("organization", "member"), name="preference_once"),
        ),
        TenantTables(
            "Notification",
            "Delivery",
            "Preference",
        ),
    ]
