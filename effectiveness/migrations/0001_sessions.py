import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import organizations.clock
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0004_words_of_the_year'),
        ('programs', '0009_stages_of_deliverables'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_kind', models.CharField(blank=True, choices=[('organization', 'Organization'), ('member', 'Person'), ('invitation', 'Invitation'), ('calendar', 'Working calendar'), ('delegation', 'Stand-in'), ('template', 'Template'), ('version', 'Template version'), ('cohort', 'Cohort'), ('enrollment', "Trainee's program"), ('task_work', 'Task'), ('deliverable', 'Deliverable'), ('submission', 'Submission'), ('step', 'Sign-off'), ('phase', 'Phase'), ('document', 'Document'), ('file', 'File'), ('job', 'Job'), ('check_in', "Sponsor's check-in"), ('mentor_profile', 'Mentor profile'), ('pairing', 'Pairing'), ('agreement', 'Mentoring agreement'), ('meeting', 'Meeting'), ('project', 'Practice project'), ('gate_review', 'Gate review'), ('session', 'Training session'), ('survey', 'Survey'), ('needs_analysis', 'Needs analysis'), ('budget', 'Training budget'), ('annual_plan', 'Annual training plan'), ('pilot', 'Pilot'), ('roi_study', 'Study of results'), ('cycle', 'Review cycle'), ('review', 'Certification review'), ('decision', 'Decision'), ('appeal', 'Appeal'), ('certificate', 'Certificate'), ('api_token', 'API token'), ('report', 'Report')], max_length=20)),
                ('about_id', models.BigIntegerField(blank=True, null=True)),
                ('title', models.CharField(max_length=120, verbose_name='topic')),
                ('aims', models.TextField(max_length=2000, verbose_name='aims')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('minutes', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(480)], verbose_name='minutes')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='link')),
                ('seats', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='seats')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('enrollment', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to='programs.enrollment')),
                ('observer', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observed_sessions', to='organizations.member', verbose_name='observer')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('owner', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to='organizations.member')),
            ],
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32)),
                ('by_person', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField(default=organizations.clock.now)),
                ('closes_on', models.DateField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('session', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='surveys', to='effectiveness.trainingsession')),
            ],
        ),
        migrations.CreateModel(
            name='KnowledgeTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('questions', models.JSONField(default=list)),
                ('pass_mark', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='pass mark')),
                ('phase', models.CharField(blank=True, choices=[('pre', 'Before the session'), ('post', 'After the session')], max_length=4)),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('session', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tests', to='effectiveness.trainingsession')),
            ],
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('department', models.CharField(blank=True, max_length=120)),
                ('came', models.CharField(blank=True, choices=[('came', 'Came'), ('online', 'Came online'), ('excused', 'Excused'), ('absent', 'Absent')], max_length=10)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('link_hash', models.CharField(blank=True, max_length=64)),
                ('member', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions_attended', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('session', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='effectiveness.trainingsession')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scores', models.JSONField(default=dict)),
                ('recommend', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('keep', models.TextField(blank=True)),
                ('change', models.TextField(blank=True)),
                ('receipt', models.CharField(max_length=64)),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('survey', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='effectiveness.survey')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('recommend__isnull', True), ('recommend__lte', 10), _connector='OR'), name='answer_recommend_in_scale'), models.UniqueConstraint(fields=('organization', 'survey', 'receipt'), name='answer_once')],
            },
        ),
        migrations.CreateModel(
            name='TestResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(choices=[('pre', 'Before the session'), ('post', 'After the session')], max_length=4)),
                ('score', models.DecimalField(decimal_places=2, max_digits=5)),
                ('by_link', models.BooleanField(default=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('attendee', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='results', to='effectiveness.attendee')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('phase__in', ['pre', 'post'])), name='result_phase_known'), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 100)), name='result_score_in_scale'), models.UniqueConstraint(fields=('organization', 'attendee', 'phase'), name='result_once')],
            },
        ),
        migrations.AddIndex(
            model_name='trainingsession',
            index=models.Index(fields=['organization', 'owner', '-starts_at'], name='session_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='trainingsession',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'cancelled'])), name='session_state_known'),
        ),
        migrations.AddConstraint(
            model_name='trainingsession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about_id__isnull', True), ('about_kind', '')), models.Q(models.Q(('about_kind', ''), _negated=True), ('about_id__isnull', False)), _connector='OR'), name='session_about_whole'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.UniqueConstraint(fields=('organization', 'session'), name='survey_once'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.UniqueConstraint(fields=('organization', 'token'), name='survey_token_once'),
        ),
        migrations.AddConstraint(
            model_name='knowledgetest',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['', 'pre', 'post'])), name='test_phase_known'),
        ),
        migrations.AddConstraint(
            model_name='knowledgetest',
            constraint=models.CheckConstraint(condition=models.Q(('pass_mark__gte', 1), ('pass_mark__lte', 100)), name='test_pass_mark_in_scale'),
        ),
        migrations.AddConstraint(
            model_name='knowledgetest',
            constraint=models.UniqueConstraint(fields=('organization', 'session'), name='test_once'),
        ),
        migrations.AddConstraint(
            model_name='attendee',
            constraint=models.CheckConstraint(condition=models.Q(('came__in', ['', 'came', 'online', 'excused', 'absent'])), name='attendee_came_known'),
        ),
        migrations.AddConstraint(
            model_name='attendee',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__isnull', True), ('came__in', ['came', 'online']), _connector='OR'), name='attendee_minutes_of_who_came'),
        ),
        migrations.AddConstraint(
            model_name='attendee',
            constraint=models.UniqueConstraint(condition=models.Q(('member__isnull', False)), fields=('organization', 'session', 'member'), name='attendee_member_once'),
        ),
        migrations.AddConstraint(
            model_name='attendee',
            constraint=models.UniqueConstraint(condition=models.Q(('link_hash', ''), _negated=True), fields=('organization', 'link_hash'), name='attendee_link_once'),
        ),
        TenantTables(
            "TrainingSession", "Attendee", "Survey", "SurveyAnswer", "KnowledgeTest", "TestResult",
            append_only=("SurveyAnswer",),
        ),
    ]
