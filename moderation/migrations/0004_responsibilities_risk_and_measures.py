"""Who moderates which campaigns; how urgent a case is, and for whom it is first; decisions about people."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from common.database import by_vendor

# SQLite builds a table anew when a constraint changes, and forgets its triggers.
LOST = "-- next".join(
    f"""CREATE TRIGGER moderation_decision_no_{event.lower()} BEFORE {event} ON moderation_decision
    BEGIN SELECT RAISE(ABORT, 'moderation_decision is append-only'); END"""
    for event in ("UPDATE", "DELETE")
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0003_queue_counts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Remit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
            },
        ),
        migrations.CreateModel(
            name="RemitCampaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign_id_copy", models.BigIntegerField()),
                ("is_deputy", models.BooleanField(default=False, verbose_name="deputy")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_restriction_has_reasons",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_counts",
        ),
        migrations.AddField(
            model_name="case",
            name="first_for",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="first_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="risk",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "none"), (1, "hint"), (2, "reported"), (3, "grave")], default=0, verbose_name="risk"
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
                fields=["kind", "campaign_id_copy", "reason", "campaign_title", "claimed_by", "claimed_until", "risk"],
                name="case_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decision__in", ("request_change", "refuse", "hide", "warn", "pause", "block")), _negated=True
                    ),
                    models.Q(
                        ("complaint_until__isnull", False),
                        ("rule_version__isnull", False),
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("scope", ""), _negated=True),
                        models.Q(("duration", ""), _negated=True),
                        models.Q(("redress", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decision_restriction_has_reasons",
            ),
        ),
        by_vendor("", LOST),
        migrations.AddField(
            model_name="remit",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="remit", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remitcampaign",
            name="remit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="campaigns", to="moderation.remit"
            ),
        ),
        migrations.AddConstraint(
            model_name="remitcampaign",
            constraint=models.UniqueConstraint(fields=("remit", "campaign_id_copy"), name="remit_campaign_once"),
        ),
    ]
