from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0006_tell_the_time")]
    operations = [
        migrations.AddField("deliverablekind", "both_steps", models.BooleanField(default=False, verbose_name="one person may take two steps")),
    ]
