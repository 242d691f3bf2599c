import django.db.models.deletion
import django.db.models.functions.datetime
import organizations.clock
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0004_words_of_the_year'),
        ('programs', '0006_tell_the_time'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='CertificationReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('gathering', 'Gathering evidence'), ('voting', 'With the panel'), ('voted', 'Votes opened'), ('decided', 'Decided')], default='gathering', max_length=10)),
                ('level', models.CharField(choices=[('junior', 'Junior Training Manager'), ('intermediate', 'Intermediate Training Manager')], default='junior', max_length=15, verbose_name='level in question')),
                ('file', models.JSONField(default=dict)),
                ('file_hash', models.CharField(blank=True, max_length=64)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('chair', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member', verbose_name='chair')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('progress', 'Progress review, no certification yet'), ('certified', 'Certified'), ('kept', 'Level kept'), ('not_yet', 'Not yet')], max_length=12)),
                ('level', models.CharField(blank=True, choices=[('junior', 'Junior Training Manager'), ('intermediate', 'Intermediate Training Manager')], max_length=15)),
                ('track', models.CharField(blank=True, choices=[('expert', 'Training Expert'), ('head', 'Head of Training')], max_length=10)),
                ('scores', models.JSONField(default=dict)),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('plan', models.JSONField(default=list)),
                ('after_appeal', models.BooleanField(default=False)),
                ('file_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('review', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='assessments.certificationreview')),
            ],
        ),
        migrations.CreateModel(
            name='AppealAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('granted', models.BooleanField()),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('appeal', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='assessments.appeal')),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.decision')),
            ],
        ),
        migrations.AddField(
            model_name='appeal',
            name='decision',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='assessments.decision'),
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consents', models.BooleanField(null=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('decision', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='assessments.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Panelist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('review', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='panel', to='assessments.certificationreview')),
            ],
        ),
        migrations.CreateModel(
            name='PanelVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scores', models.JSONField(default=dict)),
                ('reasons', models.JSONField(default=dict)),
                ('outcome', models.CharField(choices=[('progress', 'Progress review, no certification yet'), ('certified', 'Certified'), ('kept', 'Level kept'), ('not_yet', 'Not yet')], max_length=12)),
                ('track', models.CharField(blank=True, choices=[('expert', 'Training Expert'), ('head', 'Head of Training')], max_length=10)),
                ('file_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('review', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='assessments.certificationreview')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewCycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='answers until')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed for answers'), ('finished', 'Finished')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='review_cycles', to='programs.cohort')),
                ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.AddField(
            model_name='certificationreview',
            name='cycle',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='assessments.reviewcycle'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['organization', '-at', '-id'], name='decision_by_time'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['organization', 'enrollment', '-at'], name='decision_by_enrollment'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['progress', 'certified', 'kept', 'not_yet'])), name='decision_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['certified', 'kept']), _negated=True), models.Q(('level', ''), _negated=True), _connector='OR'), name='decision_names_its_level'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'not_yet'), _negated=True), models.Q(('plan', []), _negated=True), _connector='OR'), name='decision_not_yet_has_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('organization', 'review', 'after_appeal'), name='decision_once', violation_error_message='This review has already been decided.'),
        ),
        migrations.AddConstraint(
            model_name='appealanswer',
            constraint=models.UniqueConstraint(fields=('organization', 'appeal'), name='appeal_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(fields=('organization', 'decision'), name='appeal_once', violation_error_message='You have already appealed.'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(fields=('organization', 'decision'), name='acknowledged_once'),
        ),
        migrations.AddIndex(
            model_name='panelist',
            index=models.Index(fields=['organization', 'member'], name='panelist_by_member'),
        ),
        migrations.AddConstraint(
            model_name='panelist',
            constraint=models.UniqueConstraint(fields=('organization', 'review', 'member'), name='panelist_once'),
        ),
        migrations.AddConstraint(
            model_name='panelvote',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['progress', 'certified', 'kept', 'not_yet'])), name='vote_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='panelvote',
            constraint=models.UniqueConstraint(fields=('organization', 'review', 'member'), name='vote_once', violation_error_message='You have already voted.'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'finished'])), name='cycle_state_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='cycle_closes_after_opening', violation_error_message='The last day for answers must not be before the first.'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.UniqueConstraint(fields=('organization', 'cohort', 'number'), name='cycle_number_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'finished'), _negated=True), fields=('organization', 'cohort'), name='cycle_one_running', violation_error_message='This cohort already has a running review cycle.'),
        ),
        migrations.AddConstraint(
            model_name='certificationreview',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['gathering', 'voting', 'voted', 'decided'])), name='review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='certificationreview',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'gathering'), models.Q(('file_hash', ''), _negated=True), _connector='OR'), name='review_frozen_before_votes'),
        ),
        migrations.AddConstraint(
            model_name='certificationreview',
            constraint=models.UniqueConstraint(fields=('organization', 'cycle', 'enrollment'), name='review_once_per_cycle'),
        ),
        TenantTables(
            "ReviewCycle", "CertificationReview", "Panelist", "PanelVote", "Decision", "Acknowledgement", "Appeal", "AppealAnswer",
            append_only=("PanelVote", "Decision", "Acknowledgement", "Appeal", "AppealAnswer"),
        ),
    ]
