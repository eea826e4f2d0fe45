"""Token buckets: how much somebody may send."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("common", "0002_cache_table"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("ahead", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["ahead"], name="bucket_ahead")],
            },
        ),
    ]
