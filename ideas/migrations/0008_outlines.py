"""Outlines of districts are rows of their own. No outline could be uploaded before, so none is carried over."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0007_intake_right"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "district",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="outline",
                        serialize=False,
                        to="ideas.district",
                        verbose_name="district",
                    ),
                ),
                ("shape", models.JSONField(verbose_name="outline")),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "outline",
                "verbose_name_plural": "outlines",
            },
        ),
        migrations.RemoveField(
            model_name="district",
            name="shape",
        ),
    ]
