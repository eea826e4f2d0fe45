"""How fast an account votes."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("voting", "0008_record")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("account", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("ahead", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["ahead"], name="pace_ahead")]},
        ),
    ]
