import django.db.models.deletion
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0004_words_of_the_year'),
        ('programs', '0009_stages_of_deliverables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=20)),
                ('subject_id', models.BigIntegerField()),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('place', models.CharField(blank=True, max_length=300)),
                ('path', models.CharField(max_length=200)),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'enrollment', 'starts_at'], name='appointment_by_time')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'subject_kind', 'subject_id'), name='appointment_once')],
            },
        ),
        TenantTables("Appointment"),
    ]
