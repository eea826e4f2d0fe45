"""Pages in other words, and words that are explained."""

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cms.fields


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cms", "0006_reports_with_chapters"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(
                        help_text="As it stands in texts: Familienbeirat",
                        max_length=60,
                        unique=True,
                        verbose_name="word",
                    ),
                ),
                (
                    "also",
                    models.TextField(
                        blank=True,
                        help_text="One per line: plural, genitive, short form. They get the same explanation.",
                        max_length=400,
                        verbose_name="other forms",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        help_text="One or two sentences in words that everybody understands.",
                        max_length=300,
                        verbose_name="explanation",
                    ),
                ),
            ],
            options={
                "verbose_name": "word explained",
                "verbose_name_plural": "words explained",
                "ordering": ("word",),
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("leicht", "Leichte Sprache"),
                            ("einfach", "Plain language"),
                            ("dgs", "Sign language"),
                            ("en", "English"),
                        ],
                        max_length=10,
                        verbose_name="version",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="Empty: the title of the page.", max_length=200, verbose_name="title"
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="What is it about? One sentence per line.",
                        max_length=600,
                        verbose_name="first sentences",
                    ),
                ),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content")),
                (
                    "checked_by",
                    models.CharField(
                        blank=True,
                        help_text="Leichte Sprache is read by people who need it before it is shown. Who did? Everybody reads this.",
                        max_length=200,
                        verbose_name="checked by",
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="shown to everybody")),
                ("source_stamp", models.CharField(blank=True, editable=False, max_length=64)),
                ("outdated_since", models.DateTimeField(editable=False, null=True, verbose_name="out of date since")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written on"),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variants",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "version in other words",
                "verbose_name_plural": "versions in other words",
                "ordering": ("page", "level"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "level"),
                        name="cms_variant_once",
                        violation_error_message="This page already has such a version. Please change that one.",
                    )
                ],
            },
        ),
    ]
