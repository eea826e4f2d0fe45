"""What supporters of merged ideas choose, and that supporters were told something; keyed, never by person."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0006_closed_not_public"),
        ("voting", "0002_guards"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="MergeChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voter_key", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("left", "stays where it is"),
                            ("carried", "carried over"),
                            ("doubled", "was there already"),
                            ("ended", "taken back"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="ideas.merge"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["voter_key"], name="merge_choice_of_voter")],
                "constraints": [models.UniqueConstraint(fields=("merge", "voter_key"), name="merge_choice_once")],
            },
        ),
        migrations.CreateModel(
            name="NoticeRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merged", "Merged: what is to happen with your support?"),
                            ("reminder", "Reminder of a merge"),
                            ("unmerged", "A merge was undone"),
                            ("changed", "An idea was changed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("cursor", models.BigIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("walks", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["next_at"], name="notice_round_due")
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "idea", "number"), name="notice_round_once")],
            },
        ),
        migrations.CreateModel(
            name="SupporterNotice",
            fields=[
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("voter_key", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merged", "Merged: what is to happen with your support?"),
                            ("reminder", "Reminder of a merge"),
                            ("unmerged", "A merge was undone"),
                            ("changed", "An idea was changed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("told_on", models.DateField()),
                ("is_read", models.BooleanField(default=False)),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_read", False)), fields=["voter_key"], name="supporter_notice_unread"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("voter_key", "kind", "idea", "number"), name="supporter_notice_once"
                    )
                ],
            },
        ),
    ]
