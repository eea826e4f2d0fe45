"""Reports with chapters, surveys and series; values belong to editions."""

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import cms.fields


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cms", "0005_places_and_processes"),
        ("ideas", "0022_links_with_chapters_and_processes"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="indicator",
            name="from_survey",
            field=models.BooleanField(
                default=False,
                help_text="Two reports that asked in different ways are then not compared in this number.",
                verbose_name="comes from the survey of the report",
            ),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="method",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Only if it was counted in another way than the method of the whole series says.",
                max_length=200,
                verbose_name="counted in this way",
            ),
        ),
        migrations.CreateModel(
            name="ChapterPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="The most important sentence of this chapter.",
                        max_length=400,
                        verbose_name="lead",
                    ),
                ),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content")),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        help_text="Ideas for this goal are shown below the chapter.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ideas.goal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.picture",
                        verbose_name="picture",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        help_text="Ideas on this topic are shown below the chapter.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ideas.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "chapter of a report",
                "verbose_name_plural": "chapters of reports",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ReportIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=400, verbose_name="lead")),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content below the reports")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of reports",
                "verbose_name_plural": "lists of reports",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ReportPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "survey_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("drawn", "people drawn by lot"),
                            ("open", "open to everybody who wanted to answer"),
                            ("all", "everybody concerned was asked"),
                        ],
                        help_text="Empty: there was no survey.",
                        max_length=5,
                        verbose_name="who could answer",
                    ),
                ),
                (
                    "survey_how",
                    models.TextField(
                        blank=True,
                        help_text="Drawn from which list, on paper or on the screen, in which languages.",
                        max_length=600,
                        verbose_name="how people were asked",
                    ),
                ),
                (
                    "survey_asked",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty for a survey that was open to everybody.",
                        null=True,
                        verbose_name="people asked",
                    ),
                ),
                (
                    "survey_answered",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of answers"),
                ),
                ("survey_from", models.DateField(blank=True, null=True, verbose_name="asked from")),
                ("survey_until", models.DateField(blank=True, null=True, verbose_name="asked until")),
                (
                    "survey_stands",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("whole", "representative"),
                            ("part", "representative in part"),
                            ("not", "not representative"),
                        ],
                        help_text="Needed as soon as there was a survey; everybody reads it.",
                        max_length=5,
                        verbose_name="does it speak for all?",
                    ),
                ),
                (
                    "survey_limits",
                    models.TextField(
                        blank=True,
                        help_text="Who answered too seldom, what was not asked, from which size on numbers are told.",
                        max_length=800,
                        verbose_name="limits",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year of the report",
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="What is it about, in two sentences that everybody understands?",
                        max_length=400,
                        verbose_name="lead",
                    ),
                ),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="summary")),
                ("pdf_hash", models.CharField(blank=True, editable=False, max_length=40)),
                ("pdf_pages", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("pdf_tagged", models.BooleanField(default=False, editable=False)),
                ("pdf_language", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        help_text="Pages, size and whether it can be read aloud are found out by themselves and told beside it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="report as PDF",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "family report",
                "verbose_name_plural": "family reports",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                help_text="Everybody sees the value as soon as this report is published. Empty: at once.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="figures",
                to="cms.reportpage",
                verbose_name="family report",
            ),
        ),
        migrations.CreateModel(
            name="ChapterIndicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="One sentence for people who do not read charts.",
                        max_length=300,
                        verbose_name="what can be seen",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chapters",
                        to="cms.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "chapter",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="series", to="cms.chapterpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator of a chapter",
                "verbose_name_plural": "indicators of chapters",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("chapter", "indicator"), name="cms_chapter_indicator_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reportpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("survey_asked", None),
                    ("survey_answered", None),
                    ("survey_answered__lte", models.F("survey_asked")),
                    _connector="OR",
                ),
                name="cms_report_answers",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("survey_kind", ""), models.Q(("survey_stands", ""), _negated=True), _connector="OR"
                ),
                name="cms_report_survey_stands",
            ),
        ),
    ]
