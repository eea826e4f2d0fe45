"""The newsletter: who wants it, its issues, and the ledger of who got which."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
import modelcluster.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("news", "0004_goals_and_contacts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=120, verbose_name="subject")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("weekly", "Weekly issue: goes out on the next Monday at 7 o'clock"),
                            ("at_once", "Single issue: goes out at once"),
                        ],
                        default="weekly",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("intro", models.TextField(blank=True, max_length=1200, verbose_name="words before the articles")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("waiting", "waits for its time"),
                            ("sending", "is being sent"),
                            ("sent", "sent"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="goes out")),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("enrolled_to", models.BigIntegerField(default=0, editable=False)),
                ("enrolled_at", models.DateTimeField(editable=False, null=True)),
                ("sent_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="letters sent")),
                (
                    "released_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who has chosen this topic, or all topics, gets it. Empty: only who has chosen all topics.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ideas.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "newsletter issue",
                "verbose_name_plural": "newsletter issues",
                "ordering": ["-created_at", "-pk"],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="IssueArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="news.newsarticlepage",
                        verbose_name="article",
                    ),
                ),
                (
                    "issue",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chosen", to="news.issue"
                    ),
                ),
            ],
            options={
                "verbose_name": "article of an issue",
                "verbose_name_plural": "articles of an issue",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, null=True, unique=True)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("has_all", models.BooleanField(default=False)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("every", "Every issue, as soon as it appears"),
                            ("weekly", "Only the weekly issue, on Monday morning"),
                        ],
                        default="weekly",
                        max_length=6,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsletter",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("topics", models.ManyToManyField(related_name="+", to="ideas.topic")),
            ],
            options={
                "verbose_name": "subscriber",
                "verbose_name_plural": "subscribers",
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_try", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("is_given_up", models.BooleanField(default=False)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="news.issue"
                    ),
                ),
                (
                    "tester",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="news.subscriber"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("address", models.EmailField(max_length=254)),
                ("has_all", models.BooleanField(default=False)),
                ("topics", models.JSONField(default=list)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("every", "Every issue, as soon as it appears"),
                            ("weekly", "Only the weekly issue, on Monday morning"),
                        ],
                        max_length=6,
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("created_at"), name="news_wish_age"),
                    models.Index(models.F("address"), name="news_wish_address"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending"])), fields=["due_at"], name="news_issue_due"
            ),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["-started_at"], name="news_issue_archive"),
        ),
        migrations.AddConstraint(
            model_name="issuearticle",
            constraint=models.UniqueConstraint(fields=("issue", "article"), name="issue_has_article_once"),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address__isnull", True), ("person__isnull", False)),
                    models.Q(("address__isnull", False), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="news_subscriber_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("is_given_up", False), ("mailed_at", None)),
                fields=["issue", "id"],
                name="news_letter_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("issue", "subscriber"), name="news_letter_once"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subscriber__isnull", False), ("tester__isnull", True)),
                    models.Q(("subscriber__isnull", True), ("tester__isnull", False)),
                    _connector="OR",
                ),
                name="news_letter_to_one",
            ),
        ),
    ]
