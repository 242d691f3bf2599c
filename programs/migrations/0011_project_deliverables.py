from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0010_appointment'),
    ]

    operations = [
        migrations.AddField(
            model_name='deliverable',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='due'),
        ),
        migrations.AddField(
            model_name='deliverable',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
