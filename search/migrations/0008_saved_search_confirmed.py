"""When somebody without an account agreed to the mails of a saved search."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("search", "0007_tokens_counted"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="savedsearch",
            name="confirmed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
