import django.contrib.postgres.fields
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
            name='Pairing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('accepted', 'Accepted by one'), ('active', 'Active'), ('paused', 'Paused'), ('ended', 'Ended'), ('declined', 'Declined')], default='proposed', max_length=10)),
                ('named', models.BooleanField(default=False)),
                ('words', models.TextField(blank=True, max_length=500, verbose_name='why these two')),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('mentor_accepted_at', models.DateTimeField(blank=True, null=True)),
                ('trainee_accepted_at', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, max_length=500, verbose_name='reason')),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pairings', to='programs.enrollment')),
                ('mentor', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pairings', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('proposed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='place or link')),
                ('agenda', models.TextField(blank=True, max_length=4000, verbose_name='agenda')),
                ('notes', models.TextField(blank=True, max_length=10000, verbose_name='shared notes')),
                ('reason', models.TextField(blank=True, max_length=500, verbose_name='reason')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=32)),
                ('planned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('planned_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('pairing', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='mentorship.pairing')),
            ],
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('clauses', models.JSONField()),
                ('focus', models.JSONField(default=list)),
                ('every_days', models.PositiveSmallIntegerField(verbose_name='days from meeting to meeting')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('additions', models.TextField(blank=True, max_length=2000, verbose_name='what else you agree on')),
                ('content_hash', models.CharField(max_length=64)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('written_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('pairing', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='mentorship.pairing')),
            ],
        ),
        migrations.CreateModel(
            name='PrivateNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(max_length=10000, verbose_name='private note')),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('author', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('meeting', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentorship.meeting')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='AgreementSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('trainee', 'Trainee'), ('mentor', 'Mentor')], max_length=10)),
                ('content_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('agreement', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='mentorship.agreement')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'agreement', 'role'), name='agreement_signed_once', violation_error_message='You have already signed this version.'), models.CheckConstraint(condition=models.Q(('role__in', ['trainee', 'mentor'])), name='agreement_signer_known')],
            },
        ),
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300, verbose_name='what')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('owner', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member', verbose_name='who')),
                ('meeting', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='mentorship.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'meeting', 'position'), name='action_item_position_once')],
            },
        ),
        migrations.CreateModel(
            name='MeetingFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('trainee', 'Trainee'), ('mentor', 'Mentor')], max_length=10)),
                ('rating', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rating')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='words')),
                ('needs_a_change', models.BooleanField(default=False, verbose_name='something needs to change')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('author', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('meeting', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='mentorship.meeting')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'meeting', 'role'), name='meeting_feedback_once', violation_error_message='You have already given feedback on this meeting.'), models.CheckConstraint(condition=models.Q(models.Q(('rating__gte', 1), ('rating__lte', 5), ('role', 'trainee')), models.Q(('rating__isnull', True), ('role', 'mentor')), _connector='OR'), name='meeting_rating_by_the_trainee')],
            },
        ),
        migrations.CreateModel(
            name='MentorProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.PositiveSmallIntegerField(default=3, verbose_name='trainees at the same time')),
                ('skills', models.TextField(max_length=1000, verbose_name='skills')),
                ('experience', models.TextField(blank=True, max_length=2000, verbose_name='experience')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=10), default=list, size=None, verbose_name='languages')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='good to know')),
                ('paused', models.BooleanField(default=False, verbose_name='takes no new trainees for now')),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.member')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='mentor_profiles', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'member'), name='mentor_profile_once', violation_error_message='This person already has a mentor profile.'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 10)), name='mentor_capacity_in_range', violation_error_message='A mentor takes 1 to 10 trainees.'), models.CheckConstraint(condition=models.Q(('languages__contained_by', ['zh-hans', 'en'])), name='mentor_languages_known')],
            },
        ),
        migrations.AddIndex(
            model_name='pairing',
            index=models.Index(condition=models.Q(('state__in', ['accepted', 'active', 'paused', 'proposed'])), fields=['organization', 'mentor'], name='pairing_live_of'),
        ),
        migrations.AddConstraint(
            model_name='pairing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'accepted', 'active', 'paused', 'ended', 'declined'])), name='pairing_state_known'),
        ),
        migrations.AddConstraint(
            model_name='pairing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['active', 'paused']), _negated=True), ('started_at__isnull', False), _connector='OR'), name='pairing_running_has_begun'),
        ),
        migrations.AddConstraint(
            model_name='pairing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['ended', 'declined'])), models.Q(models.Q(('state__in', ['ended', 'declined']), _negated=True), ('ended_at', None)), _connector='OR'), name='pairing_over_says_when'),
        ),
        migrations.AddConstraint(
            model_name='pairing',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['accepted', 'active', 'paused', 'proposed'])), fields=('organization', 'enrollment'), name='pairing_one_live_per_trainee', violation_error_message='This trainee already has a mentor, or a proposal that waits for an answer.'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['organization', 'pairing', 'state', 'starts_at'], name='meeting_by_pairing'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'cancelled'])), name='meeting_state_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'planned')), models.Q(('state', 'planned'), _negated=True), _connector='OR'), name='meeting_closed_says_when'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 10), ('minutes__lte', 480)), name='meeting_minutes_in_range'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('organization', 'pairing', 'starts_at'), name='meeting_once_at_a_time', violation_error_message='A meeting is already planned for this time.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('organization', 'pairing', 'number'), name='agreement_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('every_days__gte', 3), ('every_days__lte', 92), ('minutes__gte', 10), ('minutes__lte', 480)), name='agreement_rhythm_in_range'),
        ),
        migrations.AddConstraint(
            model_name='privatenote',
            constraint=models.UniqueConstraint(fields=('organization', 'meeting', 'author'), name='private_note_once'),
        ),
        TenantTables(
            "MentorProfile", "Pairing", "Agreement", "AgreementSignature", "Meeting", "ActionItem", "PrivateNote", "MeetingFeedback",
            append_only=("Agreement", "AgreementSignature", "MeetingFeedback"),
        ),
    ]
