"""Accounts of one person vote as one."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0003_knowing_people")]
    operations: ClassVar = [
        migrations.AddField(model_name="user", name="votes_as", field=models.UUIDField(editable=False, null=True)),
    ]
