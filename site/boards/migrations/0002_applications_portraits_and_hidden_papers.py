"""Applications to join, portraits of members, and papers that the moderation has hidden."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("boards", "0001_initial"),
        ("cms", "0008_legal_pages_and_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="paper",
            name="hidden_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="seat",
            name="portrait",
            field=models.ForeignKey(
                blank=True,
                help_text="Shown together with the name, and only then. Square pictures fit best.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cms.picture",
                verbose_name="portrait",
            ),
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("why", models.TextField(max_length=3000)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("invited", "invited"), ("declined", "declined")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("delete_on", models.DateField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("request_key", models.UUIDField(null=True, unique=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="applications", to="boards.boardpage"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["sent_at", "pk"],
            },
        ),
    ]
