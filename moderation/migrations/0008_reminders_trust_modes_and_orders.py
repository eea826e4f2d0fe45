"""Reminders, trusted authors, changes of the mode, orders of authorities; the log of modes only grows."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from common.database import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0007_notes_templates_proposals_sanctions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReminderMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RuleCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", "Illegal or harmful speech"),
                            (
                                "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
                                "Data protection and privacy",
                            ),
                            ("STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS", "Copyright and trade marks"),
                            (
                                "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
                                "Civic discourse or elections",
                            ),
                            ("STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY", "Public security"),
                            ("STATEMENT_CATEGORY_VIOLENCE", "Violence"),
                            ("STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "Protection of minors"),
                            ("STATEMENT_CATEGORY_SELF_HARM", "Self-harm"),
                            ("STATEMENT_CATEGORY_CYBER_VIOLENCE", "Violence on the net"),
                            ("STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "Scams and fraud"),
                            ("STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", "Unsafe or prohibited products"),
                            ("STATEMENT_CATEGORY_OTHER_VIOLATION_TC", "Other violation of the rules of this site"),
                            ("STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", "Not specified"),
                        ],
                        max_length=80,
                        verbose_name="category",
                    ),
                ),
                (
                    "rule",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="category_row", to="moderation.rule"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign_id_copy", models.BigIntegerField()),
                ("campaign_title", models.CharField(max_length=120)),
                ("what", models.CharField(choices=[("ideas", "Ideas"), ("comments", "Comments")], max_length=8)),
                (
                    "before",
                    models.CharField(
                        choices=[("before", "before publication"), ("after", "after publication")], max_length=6
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[("before", "before publication"), ("after", "after publication")], max_length=6
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("happened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["campaign_id_copy", "what", "-id"], name="mode_of_campaign")],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("act", "to act against illegal content"), ("inform", "to provide information")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", "Illegal or harmful speech"),
                            (
                                "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
                                "Data protection and privacy",
                            ),
                            ("STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS", "Copyright and trade marks"),
                            (
                                "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
                                "Civic discourse or elections",
                            ),
                            ("STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY", "Public security"),
                            ("STATEMENT_CATEGORY_VIOLENCE", "Violence"),
                            ("STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "Protection of minors"),
                            ("STATEMENT_CATEGORY_SELF_HARM", "Self-harm"),
                            ("STATEMENT_CATEGORY_CYBER_VIOLENCE", "Violence on the net"),
                            ("STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "Scams and fraud"),
                            ("STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", "Unsafe or prohibited products"),
                            ("STATEMENT_CATEGORY_OTHER_VIOLATION_TC", "Other violation of the rules of this site"),
                            ("STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", "Not specified"),
                        ],
                        max_length=80,
                        verbose_name="category",
                    ),
                ),
                ("authority", models.CharField(max_length=200, verbose_name="authority")),
                ("state", models.CharField(default="DE", max_length=2, verbose_name="member state")),
                ("items", models.PositiveIntegerField(default=1, verbose_name="contributions it names")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="authority told of the receipt"),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="carried out")),
                ("entered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "order of an authority",
                "verbose_name_plural": "orders of authorities",
                "ordering": ["-received_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at", None), ("answered_at__gte", models.F("received_at")), _connector="OR"
                            ),
                            models.Q(("done_at", None), ("done_at__gte", models.F("received_at")), _connector="OR"),
                        ),
                        name="order_received_first",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("first", "waits for a day"),
                            ("second", "waits for three days"),
                            ("complaint", "complaint is due"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="moderation.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="moderation.remindermail",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "person", "stage"), name="reminder_once")],
            },
        ),
        migrations.CreateModel(
            name="Trust",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign_id_copy", models.BigIntegerField(default=0)),
                ("campaign_title", models.CharField(blank=True, max_length=120, verbose_name="campaign")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("end_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="trusts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "trusted author",
                "verbose_name_plural": "trusted authors",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person", "campaign_id_copy"),
                        name="trust_once_at_a_time",
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="trust_has_reason"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="trust_end_has_reason",
                    ),
                ],
            },
        ),
        append_only("moderation_modechange"),
        append_only("moderation_trust", ["campaign_id_copy", "reason", "given_by_id", "given_at"]),
    ]
