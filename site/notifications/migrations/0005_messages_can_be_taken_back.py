"""What people were told about something hidden is put away, and is theirs again when it is restored."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("notifications", "0004_mentions")]
    operations: ClassVar = [
        migrations.AddField("message", "taken_back_at", models.DateTimeField(editable=False, null=True)),
    ]
