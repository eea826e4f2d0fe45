"""Passing the lead of an idea on, reasons for taking one back, earlier versions that are no longer shown."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0008_outlines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="ideas.idea",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("done", "The matter is settled."),
                            ("elsewhere", "Another idea wants the same."),
                            ("changed", "I see it differently now."),
                            ("anew", "I want to write the idea anew."),
                            ("personal", "For personal reasons."),
                            ("other", "For another reason."),
                        ],
                        default="other",
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("is_waiting", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
            },
        ),
        migrations.AddField(
            model_name="coauthor",
            name="lead_offered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="WithheldVersion",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="withheld",
                        serialize=False,
                        to="ideas.ideaversion",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("withheld_at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "withheld version",
                "verbose_name_plural": "withheld versions",
                "ordering": ["-withheld_at"],
            },
        ),
    ]
