"""What the database writes down by itself, acts without a decision, anchors of the record, seals of rules; all append-only.

What was decided before is written down as if it had been watched.
"""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from common.database import append_only
from moderation.watch import watch_function

EARLIER = """
    INSERT INTO moderation_statechange (kind, object_id, before, after, at)
    SELECT kind, object_id, state_before, state_after, decided_at FROM moderation_decision
    WHERE state_before <> state_after AND kind IN ('idea', 'comment') ORDER BY sequence"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("moderation", "0005_reports_and_grave_cases")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(unique=True, verbose_name="last entry")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
                ("count", models.PositiveBigIntegerField(verbose_name="number of entries")),
                ("changes", models.PositiveBigIntegerField(verbose_name="changes of state")),
                ("taken_at", models.DateTimeField(verbose_name="taken")),
            ],
            options={
                "verbose_name": "anchor of the record",
                "verbose_name_plural": "anchors of the record",
                "ordering": ["-sequence"],
            },
        ),
        migrations.CreateModel(
            name="RuleSeal",
            fields=[
                (
                    "rule_version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seal",
                        serialize=False,
                        to="moderation.ruleversion",
                    ),
                ),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"verbose_name": "seal of a rule", "verbose_name_plural": "seals of rules"},
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("checked_later", "shown at once, checked afterwards"),
                            ("exempt", "shown at once, the author's role needs no check"),
                            ("imported", "taken over from elsewhere"),
                            ("withdrawn", "withdrawn by its author"),
                            ("deleted", "deleted by its author"),
                        ],
                        max_length=13,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=9)),
                ("after", models.CharField(max_length=9)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "act without a decision",
                "verbose_name_plural": "acts without a decision",
                "indexes": [models.Index(fields=["kind", "object_id"], name="act_on_subject")],
            },
        ),
        migrations.CreateModel(
            name="StateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("before", models.CharField(blank=True, max_length=9)),
                ("after", models.CharField(max_length=9)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "change of state",
                "verbose_name_plural": "changes of state",
                "indexes": [models.Index(fields=["kind", "object_id", "id"], name="statechange_of_subject")],
            },
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        append_only("moderation_statechange"),
        append_only("moderation_act"),
        append_only("moderation_anchor"),
        append_only("moderation_ruleseal"),
        watch_function(),
    ]
