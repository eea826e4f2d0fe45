"""Messages from the form on the page of a contact, and the mails that carry them."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cms", "0009_drafts_of_versions"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                ("contact_name", models.CharField(max_length=250)),
                ("deputy_name", models.CharField(blank=True, max_length=250)),
                ("subject", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=8000)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("request_key", models.UUIDField(editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True),
                ),
            ],
            options={
                "verbose_name": "message to a contact",
                "verbose_name_plural": "messages to contacts",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("request_key__isnull", False)),
                        fields=("request_key",),
                        name="cms_letter_form_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "to the contact"),
                            ("deputy", "to the deputy"),
                            ("copy", "copy for the sender"),
                            ("link", "link for the sender"),
                        ],
                        max_length=6,
                    ),
                ),
                ("to", models.EmailField(max_length=254)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="cms.letter"
                    ),
                ),
            ],
            options={
                "verbose_name": "mail with a message to a contact",
                "verbose_name_plural": "mails with messages to contacts",
                "constraints": [models.UniqueConstraint(fields=("letter", "kind"), name="cms_letter_mail_once")],
            },
        ),
    ]
