"""Goals get pages, measures and indicators; contacts are kept once; blocks need no migration any more."""

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import cms.fields


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cms", "0003_rendition_by_file"),
        ("ideas", "0021_hidden_pictures_are_watched"),
        ("wagtailcore", "0098_apitoken"),
    ]

    # Only the words in migrations change: the columns hold JSON before and after.
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="campaignpage",
                    name="body",
                    field=cms.fields.BlocksField([], blank=True, verbose_name="content"),
                ),
                migrations.AlterField(
                    model_name="campaignpage",
                    name="result_body",
                    field=cms.fields.BlocksField(
                        [],
                        blank=True,
                        help_text="Numbers, status and answers are put there by themselves. Say here what was decided and what is next.",
                        verbose_name="what is next",
                    ),
                ),
                migrations.AlterField(
                    model_name="plainpage",
                    name="body",
                    field=cms.fields.BlocksField([], blank=True, verbose_name="content"),
                ),
                migrations.AlterField(
                    model_name="startpage",
                    name="sections",
                    field=cms.fields.BlocksField(
                        [],
                        blank=True,
                        default=[
                            ("campaigns", {"count": 3, "title": ""}),
                            ("news", {"count": 4, "title": ""}),
                            ("ideas", {"count": 3, "title": ""}),
                            ("numbers", {"title": ""}),
                        ],
                        verbose_name="sections",
                    ),
                ),
                migrations.AlterField(
                    model_name="townsettings",
                    name="check_links",
                    field=cms.fields.BlocksField([], blank=True, verbose_name='footer, column "Check for yourself"'),
                ),
                migrations.AlterField(
                    model_name="townsettings",
                    name="legal_links",
                    field=cms.fields.BlocksField(
                        [], blank=True, help_text="Imprint, privacy, accessibility …", verbose_name="bottom line"
                    ),
                ),
                migrations.AlterField(
                    model_name="townsettings",
                    name="menu",
                    field=cms.fields.BlocksField([], blank=True, verbose_name="further entries of the main menu"),
                ),
                migrations.AlterField(
                    model_name="townsettings",
                    name="take_part_links",
                    field=cms.fields.BlocksField([], blank=True, verbose_name='footer, column "Take part"'),
                ),
            ]
        ),
        migrations.CreateModel(
            name="GoalIndexPage",
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
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content below the goals")),
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
                "verbose_name": "list of goals",
                "verbose_name_plural": "lists of goals",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="GoalPage",
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
                        help_text="What do we want, in two sentences that everybody understands?",
                        max_length=400,
                        verbose_name="lead",
                    ),
                ),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content")),
                (
                    "goal",
                    models.OneToOneField(
                        help_text="Its measures, indicators and ideas are shown by themselves. A goal has one page only.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="page",
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
            ],
            options={
                "verbose_name": "page of a goal",
                "verbose_name_plural": "pages of goals",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                (
                    "unit",
                    models.CharField(
                        help_text="For example: per cent, minutes, children.", max_length=40, verbose_name="unit"
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "0"), (1, "1"), (2, "2"), (3, "3")],
                        default=0,
                        verbose_name="places after the comma",
                    ),
                ),
                (
                    "better",
                    models.CharField(
                        choices=[("more", "more is better"), ("less", "less is better"), ("neither", "neither")],
                        default="neither",
                        max_length=10,
                        verbose_name="direction",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Who counted, in which statistics.", max_length=200, verbose_name="source"
                    ),
                ),
                (
                    "method",
                    models.TextField(
                        blank=True,
                        help_text="Who was asked, how many answered, how it was counted.",
                        max_length=600,
                        verbose_name="method",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="indicators",
                        to="ideas.goal",
                        verbose_name="goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=120, verbose_name="office")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="person")),
                (
                    "role",
                    models.CharField(
                        blank=True, help_text="What is this person there for?", max_length=120, verbose_name="role"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[+\\d][\\d ()/-]{3,30}$", "Please type digits, blanks and hyphens only."
                            )
                        ],
                        verbose_name="telephone",
                    ),
                ),
                (
                    "fax",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[+\\d][\\d ()/-]{3,30}$", "Please type digits, blanks and hyphens only."
                            )
                        ],
                        verbose_name="fax",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="Shown after a click only, so that machines do not collect it.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                ("street", models.CharField(blank=True, max_length=120, verbose_name="street and number")),
                ("zipcode", models.CharField(blank=True, max_length=10, verbose_name="postcode")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="town")),
                ("hours", models.TextField(blank=True, max_length=300, verbose_name="opening hours")),
                ("away_from", models.DateField(blank=True, null=True, verbose_name="away from")),
                (
                    "away_until",
                    models.DateField(blank=True, help_text="The last day.", null=True, verbose_name="away until"),
                ),
                (
                    "check_on",
                    models.DateField(
                        blank=True,
                        help_text="Two weeks before this day it stands under “Coming up” on the first page of the admin.",
                        null=True,
                        verbose_name="look at it again on",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        help_text="Named while this person is away.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.contact",
                        verbose_name="deputy",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["office", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("away_from", None),
                            ("away_until", None),
                            ("away_until__gte", models.F("away_from")),
                            _connector="OR",
                        ),
                        name="cms_contact_away",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("value", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="value")),
                (
                    "breaks",
                    models.BooleanField(
                        default=False,
                        help_text="Values before and after must not be compared; the line is broken here.",
                        verbose_name="counted otherwise from here on",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "indicator",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values", to="cms.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "value",
                "verbose_name_plural": "values",
                "ordering": ["year"],
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "year"), name="cms_indicator_one_value_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences without officialese.",
                        max_length=600,
                        verbose_name="what happens",
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=120, verbose_name="office in charge")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("running", "under way"),
                            ("done", "done"),
                            ("stopped", "stopped"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0 to 100; what is done is 100.", verbose_name="progress in per cent"
                    ),
                ),
                ("begins_on", models.DateField(blank=True, null=True, verbose_name="begin")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="When it is, or is to be, done.", null=True, verbose_name="end"
                    ),
                ),
                (
                    "why_stopped",
                    models.CharField(
                        blank=True,
                        help_text="Everybody reads it. Needed when it was stopped.",
                        max_length=300,
                        verbose_name="why it was stopped",
                    ),
                ),
                ("is_public", models.BooleanField(default=True, verbose_name="shown to everybody")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="ideas.goal",
                        verbose_name="goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("percent__lte", 100)), name="cms_measure_percent"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("percent", 100), _connector="OR"
                        ),
                        name="cms_measure_done_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stopped"), _negated=True),
                            models.Q(("why_stopped", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cms_measure_stop_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="cms_measure_order",
                    ),
                ],
            },
        ),
    ]
