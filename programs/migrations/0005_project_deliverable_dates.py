from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_step_signers")]
    operations = [
        migrations.AddField("deliverablekind", "offset", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="working days after")),
        migrations.AddField("deliverablekind", "length", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="length in working days")),
        migrations.AddField("deliverablekind", "final_after_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="final version after")),
    ]
