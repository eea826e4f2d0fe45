"""Reports with address and version, their mails and limits; grave cases with evidence; the contact point."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0004_responsibilities_risk_and_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "authorities_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail for authorities"),
                ),
                (
                    "authorities_phone",
                    models.CharField(blank=True, max_length=40, verbose_name="telephone for authorities"),
                ),
                ("users_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail for everybody")),
                ("users_phone", models.CharField(blank=True, max_length=40, verbose_name="telephone for everybody")),
                (
                    "languages",
                    models.CharField(
                        default="Deutsch, Englisch",
                        help_text="In which one can write to you; German has to be one of them.",
                        max_length=120,
                        verbose_name="languages",
                    ),
                ),
                (
                    "authorities",
                    models.TextField(
                        blank=True,
                        default=(
                            "Polizei, in Gefahr für Leib oder Leben: 110\n"
                            "Bundeskriminalamt, Zentrale Meldestelle für strafbare Inhalte im Internet (ZMI BKA)\n"
                            "Abbildungen von Kindesmissbrauch: Landeskriminalamt"
                        ),
                        help_text="A line for each, with telephone or address. Moderators see them when a life may be in danger.",
                        max_length=2000,
                        verbose_name="authorities for grave cases",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact point",
                "verbose_name_plural": "contact point",
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("confirmed", "confirmed"),
                            ("declined", "declined"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(max_length=4000, verbose_name="reason")),
                ("first_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("second_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="remark of the second person")),
            ],
            options={
                "verbose_name": "grave case",
                "verbose_name_plural": "grave cases",
            },
        ),
        migrations.CreateModel(
            name="EvidencePackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("data", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="ReportMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("receipt", "receipt"), ("outcome", "outcome"), ("answer", "answer to the complaint")],
                        max_length=7,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportPace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("used", models.PositiveIntegerField(default=1)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="SpentProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name="report",
            name="address",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="address"),
        ),
        migrations.AddField(
            model_name="report",
            name="request_key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="subject_version",
            field=models.PositiveIntegerField(null=True),
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
            model_name="report",
            name="reason",
            field=models.CharField(
                choices=[
                    ("child", "It shows the sexual abuse of a child"),
                    ("illegal", "It is illegal"),
                    ("insult", "It insults or threatens"),
                    ("personal", "It shows personal data"),
                    ("advertising", "It is advertising or spam"),
                    ("other", "Something else"),
                ],
                max_length=11,
                verbose_name="reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("request_key__isnull", False)), fields=("request_key",), name="report_form_once"
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="escalations", to="moderation.case"
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="second",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="evidencepackage",
            name="escalation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="package", to="moderation.escalation"
            ),
        ),
        migrations.AddField(
            model_name="reportmail",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="moderation.report"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "declined"), _negated=True), fields=("case",), name="escalation_one_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second__isnull", True), models.Q(("second", models.F("first")), _negated=True), _connector="OR"
                ),
                name="escalation_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second__isnull", True), ("second_at__isnull", True), ("state", "proposed")),
                    models.Q(
                        models.Q(("state", "proposed"), _negated=True),
                        ("second__isnull", False),
                        ("second_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="escalation_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportmail",
            constraint=models.UniqueConstraint(fields=("report", "kind"), name="report_mail_once"),
        ),
    ]
