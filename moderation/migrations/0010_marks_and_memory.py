"""Word lists, switches, marks with how their cases ended, and the words by which similar cases are found."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0009_queue_in_full_and_many_at_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CheckSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign_id_copy", models.BigIntegerField(default=0, unique=True)),
                ("off", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="CaseWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="moderation.case"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("value", "case"), name="case_word_once")],
            },
        ),
        migrations.CreateModel(
            name="MarkHit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_name", models.CharField(max_length=20)),
                ("campaign_id_copy", models.BigIntegerField(default=0)),
                ("said", models.JSONField(default=list)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "not decided yet"),
                            ("kept", "stayed as it was"),
                            ("restricted", "was restricted"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mark_hits", to="moderation.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["check_name", "outcome", "campaign_id_copy"], name="mark_hit_rate")],
                "constraints": [models.UniqueConstraint(fields=("case", "check_name"), name="mark_once_a_case")],
            },
        ),
        migrations.CreateModel(
            name="TextPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="moderation.case"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("value", "case"), name="text_print_once")],
            },
        ),
        migrations.CreateModel(
            name="WordList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80, verbose_name="name of the list")),
                ("campaign_id_copy", models.BigIntegerField(default=0, verbose_name="holds for")),
                ("words", models.TextField(max_length=60000, verbose_name="words")),
                ("is_on", models.BooleanField(default=True, verbose_name="is used")),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "word list",
                "verbose_name_plural": "word lists",
                "ordering": ["campaign_id_copy", "title"],
                "indexes": [models.Index(fields=["campaign_id_copy"], name="word_list_campaign")],
            },
        ),
    ]
