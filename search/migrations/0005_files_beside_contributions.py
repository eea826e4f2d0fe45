"""The text of files beside contributions."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("search", "0004_ledger"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SearchFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=48)),
                ("source", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=255)),
                ("kind", models.CharField(max_length=4)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for its turn"),
                            ("read", "read"),
                            ("scanned", "pictures of pages only, no text"),
                            ("locked", "protected by a password"),
                            ("broken", "broken, or of another kind than its name says"),
                            ("large", "too large, also when unpacked"),
                            ("slow", "took too much time or memory"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("is_cut", models.BooleanField(default=False)),
                ("terms", models.TextField(blank=True)),
                ("fingerprint", models.CharField(blank=True, max_length=16)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "searched file",
                "verbose_name_plural": "searched files",
                "db_table": "search_file",
                "indexes": [models.Index(models.F("state"), models.F("changed_at"), name="search_file_state")],
                "constraints": [models.UniqueConstraint(models.F("key"), models.F("source"), name="search_file_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchFilePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                ("terms", models.TextField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="search.searchfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "page of a searched file",
                "verbose_name_plural": "pages of searched files",
                "db_table": "search_file_page",
                "ordering": ["file", "pk"],
            },
        ),
    ]
