"""Messages to the contact point; reports are limited by the common buckets; what only became a proposal in a bulk."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0012_names_are_watched"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ContactMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("kind", models.CharField(choices=[("receipt", "receipt"), ("answer", "answer")], max_length=7)),
            ],
        ),
        migrations.CreateModel(
            name="ContactMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("question", "I have a question"),
                            ("problem", "Something does not work"),
                            ("content", "Something here is not right"),
                            ("data", "It is about my data or my account"),
                            ("authority", "I write for an authority"),
                            ("other", "Something else"),
                        ],
                        max_length=9,
                        verbose_name="what it is about",
                    ),
                ),
                ("text", models.TextField(max_length=8000, verbose_name="message")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="mail address")),
                ("by_mail", models.BooleanField(default=False, verbose_name="answer by mail")),
                ("campaign_id_copy", models.BigIntegerField(null=True)),
                ("campaign_title", models.CharField(blank=True, max_length=120, verbose_name="campaign")),
                ("request_key", models.UUIDField(editable=False, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("answer", models.TextField(blank=True, max_length=8000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "message to the contact point",
                "verbose_name_plural": "messages to the contact point",
                "ordering": ["-pk"],
            },
        ),
        migrations.DeleteModel(
            name="ReportPace",
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="proposal",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="moderation.proposal"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="reason",
            field=models.CharField(
                choices=[
                    ("new", "New contribution"),
                    ("change", "Change of a contribution"),
                    ("report", "Report"),
                    ("complaint", "Complaint"),
                    ("own", "Own initiative"),
                    ("contact", "Message to the contact point"),
                ],
                default="new",
                max_length=9,
                verbose_name="why",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("agreed", "agreed to"),
                    ("declined", "declined"),
                    ("stale", "overtaken: the case has changed"),
                    ("undone", "taken back by whoever proposed it"),
                ],
                default="open",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="contactmail",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="moderation.contactmessage"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("request_key__isnull", False)), fields=("request_key",), name="contact_form_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmail",
            constraint=models.UniqueConstraint(fields=("message", "kind"), name="contact_mail_once"),
        ),
    ]
