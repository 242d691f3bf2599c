import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import organizations.clock
import organizations.localized
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0004_words_of_the_year'),
        ('programs', '0011_project_deliverables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField(verbose_name='due')),
                ('state', models.CharField(choices=[('waiting', 'Not started'), ('open', 'Gathering evidence'), ('called', 'With the reviewers'), ('rework', 'Rework, then again'), ('passed', 'Passed'), ('stopped', 'Stopped')], default='waiting', max_length=10)),
                ('round', models.PositiveSmallIntegerField(default=0)),
                ('verdict', models.CharField(blank=True, choices=[('go', 'Go'), ('go_with_conditions', 'Go with conditions'), ('rework', 'Rework'), ('stop', 'Stop')], max_length=20, verbose_name='verdict')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('definition', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.gatedefinition')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', organizations.localized.LocalizedCharField(max_length=300, verbose_name='measure')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='unit')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='baseline')),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='target')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='to be reached by')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source of the figures')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasureValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                ('on', models.DateField(verbose_name='day')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('measure', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='values', to='projects.measure')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PracticeProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name of the project')),
                ('problem', models.TextField(blank=True, max_length=2000, verbose_name='problem it solves')),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('planning', 'Planning'), ('running', 'Running'), ('closed', 'Closed'), ('stopped', 'Stopped')], default='planning', max_length=10, verbose_name='state')),
                ('start_on', models.DateField()),
                ('last_session_on', models.DateField(blank=True, null=True, verbose_name='last session')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='programs.enrollment')),
                ('figures_owner', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member', verbose_name='who delivers the final figures')),
                ('kind', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.projectkind', verbose_name='kind')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sponsor', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member', verbose_name='sponsor')),
                ('work', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='programs.taskwork')),
            ],
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', organizations.localized.LocalizedCharField(max_length=200, verbose_name='milestone')),
                ('planned_on', models.DateField(verbose_name='planned')),
                ('baseline_on', models.DateField(blank=True, null=True, verbose_name='baseline')),
                ('forecast_on', models.DateField(blank=True, null=True, verbose_name='forecast')),
                ('actual_on', models.DateField(blank=True, null=True, verbose_name='reached on')),
                ('depends_on', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='projects.milestone', verbose_name='begins after')),
                ('gate', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='projects.gate')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('project', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='projects.practiceproject')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='measure',
            name='project',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='projects.practiceproject'),
        ),
        migrations.AddField(
            model_name='gate',
            name='project',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='gates', to='projects.practiceproject'),
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='risk')),
                ('probability', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='probability')),
                ('impact', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='impact')),
                ('response', models.TextField(blank=True, max_length=1000, verbose_name='what we do')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'No longer a risk')], default='open', max_length=10, verbose_name='state')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member', verbose_name='owner')),
                ('project', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='projects.practiceproject')),
            ],
            options={
                'ordering': ['state', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SponsorAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.BooleanField()),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='note')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('project', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sponsor_answers', to='projects.practiceproject')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GateCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('evidence', models.JSONField(default=dict)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('gate', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='projects.gate')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'gate', 'round'), name='gate_call_once')],
            },
        ),
        migrations.CreateModel(
            name='GateCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=300, verbose_name='what')),
                ('due_on', models.DateField(verbose_name='due')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('gate', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='projects.gate')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('owner', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('set_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('settled_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['organization', 'due_on'], name='condition_open_by_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('settled_at', None), ('settled_by__isnull', False), _connector='OR'), name='condition_settled_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='GateReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('role', models.CharField(choices=[('trainee', 'Trainee'), ('mentor', 'Mentor'), ('line_manager', 'Line manager'), ('hrbp', 'HRBP'), ('business_head', 'Business head'), ('training_manager', 'Present training manager'), ('sponsor', 'Sponsor'), ('cohort_manager', 'Cohort manager'), ('hr_director', 'HR director'), ('reviewer', 'Reviewer'), ('interviewee', 'Interviewee'), ('it_contact', 'IT contact')], max_length=20)),
                ('verdict', models.CharField(choices=[('go', 'Go'), ('go_with_conditions', 'Go with conditions'), ('rework', 'Rework'), ('stop', 'Stop')], max_length=20, verbose_name='verdict')),
                ('judgments', models.JSONField(default=dict)),
                ('reasons', models.TextField(max_length=3000, verbose_name='reasons')),
                ('conditions', models.JSONField(default=list)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('gate', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='projects.gate')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['go', 'go_with_conditions', 'rework', 'stop'])), name='gate_verdict_known'), models.UniqueConstraint(fields=('organization', 'gate', 'round', 'role'), name='gate_review_once', violation_error_message='This verdict has already been given.')],
            },
        ),
        migrations.AddConstraint(
            model_name='practiceproject',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planning', 'running', 'closed', 'stopped'])), name='project_state_known'),
        ),
        migrations.AddConstraint(
            model_name='practiceproject',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'stopped'), _negated=True), fields=('organization', 'work'), name='project_one_running', violation_error_message='A project has already been chosen for this task.'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('depends_on__isnull', True), models.Q(('depends_on', models.F('id')), _negated=True), _connector='OR'), name='milestone_not_after_itself'),
        ),
        migrations.AddIndex(
            model_name='gate',
            index=models.Index(condition=models.Q(('state__in', ['open', 'called', 'rework'])), fields=['organization', 'due_on'], name='gate_open_by_due'),
        ),
        migrations.AddConstraint(
            model_name='gate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'open', 'called', 'rework', 'passed', 'stopped'])), name='gate_state_known'),
        ),
        migrations.AddConstraint(
            model_name='gate',
            constraint=models.UniqueConstraint(fields=('organization', 'project', 'definition'), name='gate_once'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('impact__range', (1, 5)), ('probability__range', (1, 5))), name='risk_levels_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='risk_state_known'),
        ),
        TenantTables(
            "PracticeProject", "SponsorAnswer", "Gate", "GateCall", "GateReview", "GateCondition", "Milestone", "Measure", "MeasureValue", "Risk",
            append_only=("SponsorAnswer", "GateCall", "GateReview", "MeasureValue"),
        ),
    ]
