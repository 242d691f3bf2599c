from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0007_one_person_two_steps")]
    operations = [
        migrations.AddField("comment", "form_id", models.UUIDField(editable=False, null=True)),
        migrations.AddConstraint(
            "comment", models.UniqueConstraint(fields=("organization", "author", "form_id"), name="comment_once_per_form")
        ),
    ]
