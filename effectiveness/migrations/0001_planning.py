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
        ('programs', '0011_project_deliverables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('group', models.CharField(max_length=120, verbose_name='group')),
                ('people', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='people')),
                ('competency', models.CharField(max_length=200, verbose_name='what they are to be able to do')),
                ('required', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='level required')),
                ('present', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='level now')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NeedsAnalysis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('headcount', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='people in the role')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('need', models.CharField(max_length=200, verbose_name='need')),
                ('evidence', models.TextField(max_length=2000, verbose_name='evidence')),
                ('objective', models.CharField(max_length=200, verbose_name='business objective')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='weight of the objective, %')),
                ('importance', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='importance')),
                ('cost_of_error', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='cost of a mistake')),
                ('cause', models.CharField(choices=[('capability', 'They cannot do it yet'), ('opportunity', 'Circumstances do not let them'), ('motivation', 'Nothing makes it worth their while')], max_length=12, verbose_name='cause')),
                ('answer', models.CharField(choices=[('train', 'Train'), ('aid', 'Job aid'), ('none', 'Not by training')], max_length=6, verbose_name='answer')),
                ('gap', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='effectiveness.gap', verbose_name='gap')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='effectiveness.needsanalysis')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='gap',
            name='sheet',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='gaps', to='effectiveness.needsanalysis'),
        ),
        migrations.CreateModel(
            name='TaskRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('task', models.CharField(max_length=300, verbose_name='task')),
                ('difficulty', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='difficulty')),
                ('importance', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='importance')),
                ('frequency', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='frequency')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='effectiveness.needsanalysis')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='needsanalysis',
            constraint=models.CheckConstraint(condition=models.Q(('headcount__gte', 1)), name='needs_analysis_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('cost_of_error__range', (1, 5)), ('importance__range', (1, 5)), ('weight__range', (1, 100))), name='need_rated', violation_error_message='Rate from 1 to 5.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ['train', 'aid', 'none']), ('cause', 'capability')), models.Q(('answer', 'none'), ('cause__in', ['opportunity', 'motivation'])), _connector='OR'), name='need_not_trained_away', violation_error_message='Training does not change circumstances or motives. Answer: not by training.'),
        ),
        migrations.AddConstraint(
            model_name='gap',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1), ('present__range', (1, 5)), ('required__range', (1, 5))), name='gap_levels_1_to_5', violation_error_message='Rate from 1 to 5.'),
        ),
        migrations.AddConstraint(
            model_name='taskrating',
            constraint=models.CheckConstraint(condition=models.Q(('difficulty__range', (1, 5)), ('frequency__range', (1, 5)), ('importance__range', (1, 5))), name='task_rating_1_to_5', violation_error_message='Rate from 1 to 5.'),
        ),
        TenantTables(
            "Gap", "NeedsAnalysis", "Need", "TaskRating",
        ),
    ]
