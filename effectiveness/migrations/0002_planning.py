import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import organizations.clock
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):

    dependencies = [
        ('effectiveness', '0001_sessions'),
        ('organizations', '0004_words_of_the_year'),
        ('programs', '0011_project_deliverables'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnualPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('group', models.CharField(max_length=120, verbose_name='group')),
                ('people', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='people')),
                ('competency', models.CharField(max_length=200, verbose_name='what they are to be able to do')),
                ('required', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='level required')),
                ('present', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='level now')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InfluenceLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('aim', models.TextField(blank=True, max_length=1000, verbose_name='what it is to bring')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InfluenceEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('on', models.DateField(verbose_name='day')),
                ('person', models.CharField(max_length=120, verbose_name='with whom')),
                ('ask', models.CharField(max_length=300, verbose_name='what I asked for')),
                ('offered', models.CharField(max_length=300, verbose_name='what I offered')),
                ('outcome', models.CharField(max_length=300, verbose_name='what came of it')),
                ('next', models.CharField(blank=True, max_length=300, verbose_name='next')),
                ('shared', models.BooleanField(default=False, verbose_name='shared with my mentor')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='effectiveness.influencelog')),
            ],
            options={
                'ordering': ['on', 'position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KeyResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('objective', models.CharField(max_length=200, verbose_name='objective')),
                ('key_result', models.CharField(max_length=200, verbose_name='key result')),
                ('start', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='start')),
                ('now', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='now')),
                ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ('owner', models.CharField(max_length=120, verbose_name='owner')),
                ('business_head', models.CharField(max_length=120, verbose_name='business head')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='key_results', to='effectiveness.annualplan')),
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
            name='Pilot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('hypothesis', models.CharField(max_length=300, verbose_name='hypothesis')),
                ('users', models.CharField(max_length=200, verbose_name='who tries it')),
                ('begins_on', models.DateField(verbose_name='begins')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('cost', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='cost')),
                ('stop_rule', models.CharField(max_length=300, verbose_name='when it is stopped')),
                ('data_protection', models.CharField(choices=[('none', 'No personal data'), ('ordinary', 'Ordinary personal data'), ('sensitive', 'Sensitive personal data')], max_length=10, verbose_name='personal data')),
                ('decision', models.CharField(blank=True, choices=[('scale', 'Scale it up'), ('adjust', 'Adjust and try again'), ('stop', 'Stop it')], max_length=10, verbose_name='decision')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PilotMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('measure', models.CharField(max_length=200, verbose_name='measure')),
                ('before', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='before')),
                ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ('after', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='after')),
                ('n', models.PositiveIntegerField(blank=True, null=True, verbose_name='people measured')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='effectiveness.pilot')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200, verbose_name='training')),
                ('audience', models.CharField(max_length=120, verbose_name='for whom')),
                ('quarter', models.CharField(choices=[('Q1', '1st quarter'), ('Q2', '2nd quarter'), ('Q3', '3rd quarter'), ('Q4', '4th quarter'), ('all', 'All year')], max_length=3, verbose_name='quarter')),
                ('owner', models.CharField(max_length=120, verbose_name='owner')),
                ('category', models.CharField(choices=[('external_trainers', 'External trainers'), ('internal_trainers', 'Internal trainers'), ('development', 'Development of content'), ('platform', 'Platform'), ('venue_travel', 'Venue and travel'), ('materials', 'Materials'), ('certification', 'Certification'), ('reserve', 'Reserve')], max_length=20, verbose_name='category of the budget')),
                ('budget', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='budget')),
                ('measure', models.CharField(max_length=200, verbose_name='how it is measured')),
                ('key_result', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='effectiveness.keyresult', verbose_name='key result')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='effectiveness.annualplan')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanOmission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200, verbose_name='what')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='not_doing', to='effectiveness.annualplan')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ResultsStudy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('isolation', models.CharField(blank=True, choices=[('control', 'Control group'), ('trend', 'Trend line'), ('model', 'Forecast model'), ('expert', 'Estimate by superiors or experts'), ('participant', 'Estimate by participants')], max_length=12, verbose_name="how training's part is isolated")),
                ('isolation_note', models.TextField(blank=True, max_length=2000, verbose_name='how it was done')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ResultPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('measure', models.CharField(max_length=200, verbose_name='measure')),
                ('period', models.CharField(max_length=40, verbose_name='period')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                ('group', models.CharField(choices=[('trained', 'Trained'), ('control', 'Control group'), ('all', 'Everybody')], max_length=10, verbose_name='whose')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='series', to='effectiveness.resultsstudy')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Behavior',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('behavior', models.CharField(max_length=300, verbose_name='behavior')),
                ('n', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='people')),
                ('by_learner', models.PositiveIntegerField(verbose_name='seen by the learner')),
                ('by_superior', models.PositiveIntegerField(verbose_name='seen by the superior')),
                ('both', models.PositiveIntegerField(verbose_name='seen by both')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='behaviors', to='effectiveness.resultsstudy')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stakeholder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('person', models.CharField(max_length=120, verbose_name='person')),
                ('power', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=6, verbose_name='power')),
                ('interest', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=6, verbose_name='interest')),
                ('cares_about', models.CharField(max_length=200, verbose_name='what they care about')),
                ('stance', models.CharField(choices=[('supports', 'Supports it'), ('neutral', 'Neutral'), ('opposes', 'Opposes it'), ('unknown', 'Not known yet')], max_length=10, verbose_name='stance')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='stakeholders', to='effectiveness.influencelog')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StudyBenefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('measure', models.CharField(max_length=200, verbose_name='measure')),
                ('improvement', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='improvement a month')),
                ('unit_value', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='worth of a unit')),
                ('share', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='share due to training, %')),
                ('confidence', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='confidence in that share, %')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='benefits', to='effectiveness.resultsstudy')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StudyCostLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('analysis', 'Needs analysis and design'), ('development', 'Development of content'), ('trainers', 'Trainers'), ('venue_travel', 'Venue and travel'), ('platform', 'Platform and materials'), ('learners', "Learners' time off the job"), ('evaluation', 'Evaluation and administration')], max_length=12, verbose_name='kind of cost')),
                ('name', models.CharField(max_length=200, verbose_name='what it is')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='amount')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='effectiveness.resultsstudy')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
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
        migrations.CreateModel(
            name='TrainingBudget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=organizations.clock.now)),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('headcount', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='people to be trained')),
                ('learning_hours', models.DecimalField(decimal_places=2, default=0, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='hours of training in all')),
                ('payroll', models.DecimalField(decimal_places=2, default=0, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='payroll of the year')),
                ('enrollment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.enrollment')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LastYearLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('category', models.CharField(choices=[('external_trainers', 'External trainers'), ('internal_trainers', 'Internal trainers'), ('development', 'Development of content'), ('platform', 'Platform'), ('venue_travel', 'Venue and travel'), ('materials', 'Materials'), ('certification', 'Certification'), ('reserve', 'Reserve')], max_length=20, verbose_name='category')),
                ('budget', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='budget')),
                ('actual', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='actual')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='last_year', to='effectiveness.trainingbudget')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InternalHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('role', models.CharField(max_length=120, verbose_name='role')),
                ('hours', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='hours')),
                ('rate', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='cost of an hour')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='internal_hours', to='effectiveness.trainingbudget')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('category', models.CharField(choices=[('external_trainers', 'External trainers'), ('internal_trainers', 'Internal trainers'), ('development', 'Development of content'), ('platform', 'Platform'), ('venue_travel', 'Venue and travel'), ('materials', 'Materials'), ('certification', 'Certification'), ('reserve', 'Reserve')], max_length=20, verbose_name='category')),
                ('name', models.CharField(max_length=200, verbose_name='what it is')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='quantity')),
                ('unit_price', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='unit price')),
                ('fixedness', models.CharField(choices=[('fixed', 'Fixed'), ('variable', 'Variable')], max_length=10, verbose_name='fixed or variable')),
                ('quarter', models.CharField(choices=[('Q1', '1st quarter'), ('Q2', '2nd quarter'), ('Q3', '3rd quarter'), ('Q4', '4th quarter'), ('all', 'All year')], max_length=3, verbose_name='quarter')),
                ('objective', models.CharField(max_length=200, verbose_name='business objective')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('sheet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='effectiveness.trainingbudget')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='annualplan',
            name='budget',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='effectiveness.trainingbudget', verbose_name='budget it is held against'),
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
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1), ('present__range', (1, 4)), ('required__range', (1, 4))), name='gap_levels_1_to_4', violation_error_message='Levels go from 1 to 4.'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='pilot_ends_after_it_begins', violation_error_message='It cannot end before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=models.CheckConstraint(condition=models.Q(('cost__gte', 0), ('data_protection__in', ['none', 'ordinary', 'sensitive']), ('decision__in', ['', 'scale', 'adjust', 'stop'])), name='pilot_known'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=models.CheckConstraint(condition=models.Q(('decision', ''), models.Q(('reason', ''), _negated=True), _connector='OR'), name='pilot_decided_with_a_reason', violation_error_message='Say which figures led to this decision.'),
        ),
        migrations.AddConstraint(
            model_name='pilotmeasure',
            constraint=models.CheckConstraint(condition=models.Q(('after__isnull', True), models.Q(('n__gte', 1), ('n__isnull', False)), _connector='OR'), name='pilot_measure_says_of_how_many', violation_error_message='Say how many people were measured.'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=models.CheckConstraint(condition=models.Q(('budget__gte', 0), ('category__in', ['external_trainers', 'internal_trainers', 'development', 'platform', 'venue_travel', 'materials', 'certification', 'reserve']), ('quarter__in', ['Q1', 'Q2', 'Q3', 'Q4', 'all'])), name='plan_item_known', violation_error_message='These figures are 0 or more.'),
        ),
        migrations.AddConstraint(
            model_name='resultsstudy',
            constraint=models.CheckConstraint(condition=models.Q(('isolation__in', ['', 'control', 'trend', 'model', 'expert', 'participant'])), name='isolation_known'),
        ),
        migrations.AddConstraint(
            model_name='resultpoint',
            constraint=models.CheckConstraint(condition=models.Q(('group__in', ['trained', 'control', 'all'])), name='series_group_known'),
        ),
        migrations.AddConstraint(
            model_name='behavior',
            constraint=models.CheckConstraint(condition=models.Q(('both__lte', models.F('by_learner')), ('by_learner__lte', models.F('n')), ('by_superior__lte', models.F('n')), ('n__gte', 1), ('both__lte', models.F('by_superior'))), name='behavior_counts_fit', violation_error_message='Nobody is seen more often than there are people, and both are part of each.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(('interest__in', ['high', 'medium', 'low']), ('power__in', ['high', 'medium', 'low']), ('stance__in', ['supports', 'neutral', 'opposes', 'unknown'])), name='stakeholder_known'),
        ),
        migrations.AddConstraint(
            model_name='studybenefit',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__range', (0, 100)), ('share__range', (0, 100)), ('unit_value__gte', 0)), name='benefit_shares_are_percents', violation_error_message='Percentages lie between 0 and 100.'),
        ),
        migrations.AddConstraint(
            model_name='studycostline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('kind__in', ['analysis', 'development', 'trainers', 'venue_travel', 'platform', 'learners', 'evaluation'])), name='study_cost_known'),
        ),
        migrations.AddConstraint(
            model_name='taskrating',
            constraint=models.CheckConstraint(condition=models.Q(('difficulty__range', (1, 5)), ('frequency__range', (1, 5)), ('importance__range', (1, 5))), name='task_rating_1_to_5', violation_error_message='Rate from 1 to 5.'),
        ),
        migrations.AddConstraint(
            model_name='trainingbudget',
            constraint=models.CheckConstraint(condition=models.Q(('learning_hours__gte', 0), ('payroll__gte', 0), ('year__range', (2000, 2100))), name='budget_figures_not_negative', violation_error_message='These figures are 0 or more.'),
        ),
        migrations.AddConstraint(
            model_name='lastyearline',
            constraint=models.CheckConstraint(condition=models.Q(('actual__gte', 0), ('budget__gte', 0), ('category__in', ['external_trainers', 'internal_trainers', 'development', 'platform', 'venue_travel', 'materials', 'certification', 'reserve'])), name='last_year_line_known', violation_error_message='These figures are 0 or more.'),
        ),
        migrations.AddConstraint(
            model_name='internalhours',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 0), ('rate__gte', 0)), name='internal_hours_not_negative', violation_error_message='These figures are 0 or more.'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['external_trainers', 'internal_trainers', 'development', 'platform', 'venue_travel', 'materials', 'certification', 'reserve']), ('fixedness__in', ['fixed', 'variable']), ('quantity__gte', 0), ('quarter__in', ['Q1', 'Q2', 'Q3', 'Q4', 'all']), ('unit_price__gte', 0)), name='budget_line_known', violation_error_message='These figures are 0 or more.'),
        ),
        migrations.AddConstraint(
            model_name='annualplan',
            constraint=models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='plan_year_known'),
        ),
        TenantTables(
            "AnnualPlan", "Gap", "InfluenceLog", "InfluenceEntry", "KeyResult", "NeedsAnalysis", "Need", "Pilot", "PilotMeasure", "PlanItem", "PlanOmission", "ResultsStudy", "ResultPoint", "Behavior", "Stakeholder", "StudyBenefit", "StudyCostLine", "TaskRating", "TrainingBudget", "LastYearLine", "InternalHours", "BudgetLine",
        ),
    ]
