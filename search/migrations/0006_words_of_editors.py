"""Synonyms and recommendations of editors, and the searches that found nothing or little."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("search", "0005_files_beside_contributions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="WeekSalt",
            fields=[
                ("week", models.DateField(primary_key=True, serialize=False)),
                ("salt", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "salt of a week",
                "verbose_name_plural": "salts of weeks",
                "db_table": "search_week_salt",
            },
        ),
        migrations.CreateModel(
            name="PoorSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField()),
                ("words", models.CharField(max_length=120)),
                ("hits", models.BooleanField(default=False)),
                ("people", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "search without good hits",
                "verbose_name_plural": "searches without good hits",
                "db_table": "search_poor",
                "constraints": [models.UniqueConstraint(fields=("week", "words"), name="search_poor_once")],
            },
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=300)),
                ("found", models.CharField(blank=True, max_length=300)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "group of synonyms",
                "verbose_name_plural": "synonyms",
                "db_table": "search_synonyms",
                "ordering": ["words", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PoorSearchMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=32)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="search.poorsearch"
                    ),
                ),
            ],
            options={
                "verbose_name": "mark of a search",
                "verbose_name_plural": "marks of searches",
                "db_table": "search_poor_mark",
                "constraints": [models.UniqueConstraint(fields=("search", "mark"), name="search_poor_mark_once")],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=200)),
                ("terms", models.CharField(db_index=True, max_length=300)),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "db_table": "search_recommendation",
                "ordering": ["words", "place", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "kind", "object_id"), name="search_recommended_once")
                ],
            },
        ),
    ]
