"""Decisions on many in one go, a log of responsibilities, hand-over, and one index for all the counts of the queue."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0008_reminders_trust_modes_and_orders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("refused", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("approve", "Approve"),
                            ("approve_with_note", "Approve with a note"),
                            ("request_change", "Ask for a change"),
                            ("refuse", "Refuse"),
                            ("hide", "Hide"),
                            ("restore", "Restore"),
                            ("merge", "Merge"),
                            ("move", "Move"),
                            ("advise", "Give a hint"),
                            ("warn", "Warn"),
                            ("pause", "Pause writing"),
                            ("block", "Block"),
                            ("lift", "Lift a measure"),
                            ("undo", "Take back"),
                            ("uphold", "The decision stands"),
                        ],
                        max_length=17,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("request_key", models.UUIDField(unique=True)),
                ("decided_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("undo_until", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "decision on many",
                "verbose_name_plural": "decisions on many",
            },
        ),
        migrations.CreateModel(
            name="RemitChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(max_length=2000)),
                ("after", models.CharField(max_length=2000)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_counts",
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "opened"),
                    ("changed", "contribution changed"),
                    ("reported", "reported"),
                    ("claimed", "taken"),
                    ("taken_over", "taken over after the time was up"),
                    ("released", "given back"),
                    ("handed", "handed over"),
                    ("reopened", "waits again"),
                    ("decided", "decided"),
                    ("closed", "closed without a decision"),
                    ("escalated", "proposed as a grave case"),
                    ("confirmed", "confirmed by a second person"),
                    ("declined", "declined by a second person"),
                    ("downloaded", "evidence downloaded"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="decision",
            field=models.CharField(
                choices=[
                    ("approve", "Approve"),
                    ("approve_with_note", "Approve with a note"),
                    ("request_change", "Ask for a change"),
                    ("refuse", "Refuse"),
                    ("hide", "Hide"),
                    ("restore", "Restore"),
                    ("merge", "Merge"),
                    ("move", "Move"),
                    ("advise", "Give a hint"),
                    ("warn", "Warn"),
                    ("pause", "Pause writing"),
                    ("block", "Block"),
                    ("lift", "Lift a measure"),
                    ("undo", "Take back"),
                    ("uphold", "The decision stands"),
                ],
                max_length=17,
                verbose_name="decision",
            ),
        ),
        migrations.AlterField(
            model_name="lettertemplate",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approve", "Approve"),
                    ("approve_with_note", "Approve with a note"),
                    ("request_change", "Ask for a change"),
                    ("refuse", "Refuse"),
                    ("hide", "Hide"),
                    ("restore", "Restore"),
                    ("merge", "Merge"),
                    ("move", "Move"),
                    ("advise", "Give a hint"),
                    ("warn", "Warn"),
                    ("pause", "Pause writing"),
                    ("block", "Block"),
                    ("lift", "Lift a measure"),
                    ("undo", "Take back"),
                ],
                help_text="Left empty: for every decision.",
                max_length=17,
                verbose_name="for this decision",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="decision_kind",
            field=models.CharField(
                choices=[
                    ("approve", "Approve"),
                    ("approve_with_note", "Approve with a note"),
                    ("request_change", "Ask for a change"),
                    ("refuse", "Refuse"),
                    ("hide", "Hide"),
                    ("restore", "Restore"),
                    ("merge", "Merge"),
                    ("move", "Move"),
                    ("advise", "Give a hint"),
                    ("warn", "Warn"),
                    ("pause", "Pause writing"),
                    ("block", "Block"),
                    ("lift", "Lift a measure"),
                    ("undo", "Take back"),
                    ("uphold", "The decision stands"),
                ],
                max_length=17,
                verbose_name="decision",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=[
                    "kind",
                    "campaign_id_copy",
                    "reason",
                    "risk",
                    "campaign_title",
                    "claimed_by",
                    "claimed_until",
                    "first_for",
                    "first_until",
                    "opened_at",
                ],
                name="case_counts",
            ),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="moderation.case"
            ),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="decision",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.decision"
            ),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="undo",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.decision"
            ),
        ),
        migrations.AddField(
            model_name="bulkrun",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="bulkrun",
            name="rule_version",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.ruleversion"
            ),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="moderation.bulkrun"
            ),
        ),
        migrations.AddField(
            model_name="remitchange",
            name="actor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remitchange",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.UniqueConstraint(fields=("run", "case"), name="bulk_case_once"),
        ),
    ]
