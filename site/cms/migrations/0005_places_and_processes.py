"""Places with opening hours, pages of core processes and of contacts, successors of contacts, consent to pictures, reminders."""

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.fields


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cms", "0004_goals_and_contacts"),
        ("ideas", "0022_links_with_chapters_and_processes"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="contact",
            name="is_listed",
            field=models.BooleanField(default=True, verbose_name="stands on the page of contacts"),
        ),
        migrations.AddField(
            model_name="contact",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                help_text="Shown in place of this contact, wherever it stands. Then it can leave without touching a page.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cms.contact",
                verbose_name="successor",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="consent",
            field=models.CharField(
                blank=True,
                help_text="Who agreed, when, to what, and where the paper lies. Only editors read it; no names needed.",
                max_length=250,
                verbose_name="who agreed",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="shows_people",
            field=models.BooleanField(
                default=False,
                help_text="Also from behind, by a name tag or by a wheelchair.",
                verbose_name="people can be recognised",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="check_on",
            field=models.DateField(
                blank=True,
                help_text="Two weeks before this day it stands under “Coming up”, and editors are told by mail.",
                null=True,
                verbose_name="look at it again on",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="hours",
            field=models.TextField(
                blank=True,
                help_text="Only where no place with its hours is chosen.",
                max_length=300,
                verbose_name="opening hours",
            ),
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("street", models.CharField(max_length=120, verbose_name="street and number")),
                ("zipcode", models.CharField(max_length=10, verbose_name="postcode")),
                ("city", models.CharField(max_length=80, verbose_name="town")),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        help_text="For example 51.6612. With both numbers the page shows a small map.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "directions",
                    models.TextField(
                        blank=True,
                        help_text="As you would tell somebody on the phone. Those who cannot see a map need it, too.",
                        max_length=600,
                        verbose_name="the way in words",
                    ),
                ),
                (
                    "stop",
                    models.CharField(
                        blank=True, help_text="Lines, name of the stop, how far.", max_length=200, verbose_name="stop"
                    ),
                ),
                ("bicycles", models.CharField(blank=True, max_length=200, verbose_name="bicycles")),
                ("parking", models.CharField(blank=True, max_length=200, verbose_name="parking")),
                (
                    "step_free",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "without steps"), ("partly", "partly without steps"), ("no", "only by steps")],
                        max_length=6,
                        verbose_name="access",
                    ),
                ),
                (
                    "access",
                    models.TextField(
                        blank=True,
                        help_text="Door, lift, toilet, induction loop, guide strip: what there is, and what there is not.",
                        max_length=400,
                        verbose_name="access in words",
                    ),
                ),
                ("hours", cms.fields.BlocksField([], blank=True, verbose_name="opening hours")),
                (
                    "hours_note",
                    models.CharField(
                        blank=True,
                        help_text="For example: other times by arrangement.",
                        max_length=200,
                        verbose_name="a word about the hours",
                    ),
                ),
                ("closed_on_holidays", models.BooleanField(default=True, verbose_name="closed on public holidays")),
                ("exceptions", cms.fields.BlocksField([], blank=True, verbose_name="days that are not as usual")),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="cms_place_whole_point",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactIndexPage",
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
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content below the contacts")),
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
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.place",
                        verbose_name="where to find us",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of contacts",
                "verbose_name_plural": "pages of contacts",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.AddField(
            model_name="contact",
            name="location",
            field=models.ForeignKey(
                blank=True,
                help_text="Gives address, way and hours; the card says whether it is open now.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cms.place",
                verbose_name="place",
            ),
        ),
        migrations.CreateModel(
            name="ProcessIndexPage",
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
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content below the list")),
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
                "verbose_name": "list of core processes",
                "verbose_name_plural": "lists of core processes",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ProcessPage",
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
                        help_text="Two sentences that say what the page is about.",
                        max_length=400,
                        verbose_name="lead",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("building", "being set up"),
                            ("running", "in operation"),
                            ("resting", "at rest"),
                        ],
                        default="planned",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "state_note",
                    models.CharField(
                        blank=True,
                        help_text="What works already, what does not yet?",
                        max_length=200,
                        verbose_name="state in a sentence",
                    ),
                ),
                (
                    "says_du",
                    models.BooleanField(
                        default=False,
                        help_text="For pages that are meant for young people.",
                        verbose_name="says “du” to readers",
                    ),
                ),
                ("body", cms.fields.BlocksField([], blank=True, verbose_name="content")),
                ("services", cms.fields.BlocksField([], blank=True, verbose_name="services")),
                ("milestones", cms.fields.BlocksField([], blank=True, verbose_name="milestones")),
                ("dates", cms.fields.BlocksField([], blank=True, verbose_name="dates")),
                ("contacts", cms.fields.BlocksField([], blank=True, verbose_name="contacts")),
                ("partners", cms.fields.BlocksField([], blank=True, verbose_name="partners")),
                ("questions", cms.fields.BlocksField([], blank=True, verbose_name="frequent questions")),
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
                    "place",
                    models.ForeignKey(
                        blank=True,
                        help_text="Its hours say on the page whether it is open now.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        help_text="Newest ideas with this topic are shown below those that are linked with the page.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ideas.topic",
                        verbose_name="topic of its ideas",
                    ),
                ),
            ],
            options={
                "verbose_name": "core process",
                "verbose_name_plural": "core processes",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="UpkeepMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("contacts", models.BooleanField(default=False)),
                ("pictures", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder for editors",
                "verbose_name_plural": "reminders for editors",
            },
        ),
        migrations.CreateModel(
            name="PictureWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                (
                    "picture",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cms.picture"),
                ),
            ],
            options={
                "verbose_name": "warning about a picture",
                "verbose_name_plural": "warnings about pictures",
                "constraints": [models.UniqueConstraint(fields=("picture", "until"), name="cms_picture_warned_once")],
            },
        ),
        migrations.AddIndex(
            model_name="upkeepmail",
            index=models.Index(fields=["person", "written_at"], name="cms_upkeep_of_person"),
        ),
    ]
