"""The imprint, the statement on accessibility, the town's colours, and a review by a second person."""

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.fields
import cms.models.legal
import cms.models.machines


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0007_variants_and_glossary"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AccessibilityPage",
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
                    "scope",
                    models.CharField(
                        help_text="The address of the site, and its app if there is one.",
                        max_length=200,
                        verbose_name="what the statement is about",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("full", "fully accessible"),
                            ("partly", "partly accessible"),
                            ("not", "not accessible"),
                        ],
                        default="partly",
                        max_length=6,
                        verbose_name="how accessible",
                    ),
                ),
                (
                    "standard",
                    models.CharField(
                        default="EN 301 549 V3.2.1, WCAG 2.1 AA", max_length=200, verbose_name="measured against"
                    ),
                ),
                ("barriers", cms.fields.BlocksField([], blank=True, verbose_name="parts that are not accessible")),
                (
                    "method",
                    models.CharField(
                        choices=[("self", "examined by ourselves"), ("others", "examined by others")],
                        default="self",
                        max_length=6,
                        verbose_name="how it was examined",
                    ),
                ),
                (
                    "method_words",
                    models.TextField(
                        blank=True,
                        help_text="Who, with what, which pages.",
                        max_length=500,
                        verbose_name="more about the examination",
                    ),
                ),
                ("prepared_on", models.DateField(default=cms.models.legal.today, verbose_name="prepared on")),
                (
                    "reviewed_on",
                    models.DateField(default=cms.models.legal.today, verbose_name="last looked through on"),
                ),
                ("feedback_office", models.CharField(max_length=160, verbose_name="whom to tell of barriers")),
                ("feedback_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "feedback_phone",
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
                    "feedback_path",
                    models.CharField(
                        blank=True,
                        help_text="On this site, for example /kontakt/",
                        max_length=200,
                        verbose_name="address of a form",
                    ),
                ),
                (
                    "answer_weeks",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="At most six (§ 5 BITVNRW).",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="answer within weeks",
                    ),
                ),
                (
                    "ombuds",
                    models.CharField(
                        default="Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen",
                        max_length=200,
                        verbose_name="ombudsman",
                    ),
                ),
                (
                    "ombuds_email",
                    models.EmailField(
                        default="ombudsstelle-barrierefreie-it@mags.nrw.de", max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "ombuds_url",
                    models.URLField(
                        default="https://www.mags.nrw/ombudsstelle-barrierefreie-informationstechnik",
                        verbose_name="web address",
                    ),
                ),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="further content")),
            ],
            options={
                "verbose_name": "statement on accessibility",
                "verbose_name_plural": "statements on accessibility",
            },
            bases=(cms.models.machines.ForMachines, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="ImprintPage",
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
                    "provider",
                    models.CharField(
                        help_text="The full name of the town, and what it is by law: a public corporation.",
                        max_length=160,
                        verbose_name="provider",
                    ),
                ),
                ("street", models.CharField(max_length=120, verbose_name="street and number")),
                ("zipcode", models.CharField(max_length=10, verbose_name="postcode")),
                ("city", models.CharField(max_length=80, verbose_name="town")),
                (
                    "represented_by",
                    models.CharField(help_text="The mayor, by name.", max_length=160, verbose_name="represented by"),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "phone",
                    models.CharField(
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
                    "authority",
                    models.TextField(
                        help_text="Name and address, for example of the district government.",
                        max_length=300,
                        verbose_name="supervisory body",
                    ),
                ),
                (
                    "vat_id",
                    models.CharField(
                        blank=True, help_text="Only if the town has one.", max_length=20, verbose_name="VAT number"
                    ),
                ),
                (
                    "responsible",
                    models.TextField(
                        help_text="Name and address of a person, for news and articles (§ 18 paragraph 2 MStV).",
                        max_length=300,
                        verbose_name="responsible for the content",
                    ),
                ),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="further content")),
            ],
            options={
                "verbose_name": "imprint",
                "verbose_name_plural": "imprints",
            },
            bases=(cms.models.machines.ForMachines, "wagtailcore.page"),
        ),
        migrations.AddField(
            model_name="townsettings",
            name="accent_colour",
            field=models.CharField(
                blank=True,
                help_text="For topics and small signs, dark enough on white: #9c3722.",
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9A-Fa-f]{6}$",
                        "Please write the colour as # and six digits or letters a to f, for example #0b5c57.",
                    )
                ],
                verbose_name="second colour",
            ),
        ),
        migrations.AddField(
            model_name="townsettings",
            name="call_colour",
            field=models.CharField(
                blank=True,
                help_text="For the one large button and for marks, light enough for dark letters: #ffcf4a.",
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9A-Fa-f]{6}$",
                        "Please write the colour as # and six digits or letters a to f, for example #0b5c57.",
                    )
                ],
                verbose_name="colour of the call",
            ),
        ),
        migrations.AddField(
            model_name="townsettings",
            name="main_colour",
            field=models.CharField(
                blank=True,
                help_text="For buttons, links and bands, dark enough for white letters: #0b5c57. "
                "Empty: the colour that comes with the site.",
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9A-Fa-f]{6}$",
                        "Please write the colour as # and six digits or letters a to f, for example #0b5c57.",
                    )
                ],
                verbose_name="main colour",
            ),
        ),
        migrations.AddField(
            model_name="townsettings",
            name="two_persons",
            field=models.BooleanField(
                default=False,
                help_text="Every page is submitted, and somebody else of the editors approves it. Needs at least two editors.",
                verbose_name="nobody publishes alone",
            ),
        ),
        migrations.CreateModel(
            name="SecondPersonTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval by a second person",
                "verbose_name_plural": "approvals by a second person",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="StatementMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("due_on", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder of the statement on accessibility",
                "verbose_name_plural": "reminders of the statement on accessibility",
                "constraints": [models.UniqueConstraint(fields=("person", "due_on"), name="cms_statement_mail_once")],
            },
        ),
    ]
