"""Mentions know in which words they stand, and when the person was told."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0015_depth_of_replies")]

    operations: ClassVar = [
        migrations.AddField(model_name="mention", name="told_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="mention", name="version", field=models.PositiveIntegerField(null=True)),
    ]
