"""What is outstanding moves from the wide table into a narrow one; nothing of the wide table is rebuilt on SQLite."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from common.database import by_vendor

MOVE = """
    INSERT INTO search_change (document_id, version, built, hidden, since, lease_until, attempts, last_error)
    SELECT id, version, built_version = version, NOT visible, dirty_since, NULL, 0, ''
    FROM search_document WHERE dirty_since IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("search", "0003_saved_searches")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="change",
                        serialize=False,
                        to="search.searchdocument",
                    ),
                ),
                ("version", models.BigIntegerField()),
                ("built", models.BooleanField()),
                ("hidden", models.BooleanField()),
                ("since", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "outstanding change of the search",
                "verbose_name_plural": "outstanding changes of the search",
                "db_table": "search_change",
                "indexes": [
                    models.Index("since", name="search_change_since"),
                    models.Index("since", condition=models.Q(("hidden", True)), name="search_change_hidden"),
                    models.Index("since", condition=models.Q(("built", False)), name="search_change_unbuilt"),
                ],
            },
        ),
        by_vendor(MOVE, MOVE),
        migrations.RemoveIndex("searchdocument", "search_document_dirty"),
        *(
            migrations.RemoveField("searchdocument", name)
            for name in ("es_version", "dirty_since", "lease_until", "attempts", "last_error")
        ),
        migrations.AddIndex("searchdocument", models.Index("fingerprint", name="search_document_analyser")),
        migrations.AddField("searchindex", "failures", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "searchindex", "last_error", models.TextField(blank=True, default=""), preserve_default=False
        ),
        # Room beside each row, so that a change that alters no word needs no new entry in every index.
        by_vendor("ALTER TABLE search_document SET (fillfactor = 80)", ""),
    ]
