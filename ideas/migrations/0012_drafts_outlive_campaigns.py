"""A draft stays when its campaign is deleted: somebody's words are not the campaign's."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0011_tally")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="draft",
            name="campaign",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ideas.campaign"
            ),
        ),
    ]
