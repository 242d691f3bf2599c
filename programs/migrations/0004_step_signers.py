import django.db.models.deletion
from django.db import migrations, models

from organizations.row_security import TenantTables


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_yearly_windows'),
        ('programs', '0003_private_deliverables'),
    ]

    operations = [
        migrations.CreateModel(
            name='StepSigner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.member')),
                ('organization', models.ForeignKey(db_default=models.Func(function='current_organization', output_field=models.BigIntegerField()), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('step', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='signers', to='programs.signoffstep')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'step', 'member'), name='step_signer_once')],
            },
        ),
        TenantTables("StepSigner"),
    ]
