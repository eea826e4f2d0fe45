"""Searches that people keep, what was found for them, and the mails."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("search", "0002_full_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SavedReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, unique=True)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "reader without an account",
                "verbose_name_plural": "readers without an account",
                "db_table": "search_reader",
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="words")),
                ("is_exact", models.BooleanField(default=False)),
                ("filters", models.JSONField(default=dict)),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("radius", models.PositiveIntegerField(null=True)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "At once, by mail"),
                            ("daily", "Once a day by mail, in the morning"),
                            ("weekly", "Once a week by mail, on Monday morning"),
                            ("account", "Only here in my account, without mail"),
                        ],
                        default="daily",
                        max_length=8,
                        verbose_name="how often",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waits for confirmation"), ("active", "runs"), ("paused", "paused")],
                        default="active",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("condition", models.JSONField(null=True)),
                ("fingerprint", models.CharField(blank=True, max_length=16)),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("seen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searches",
                        to="search.savedreader",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "db_table": "search_saved",
            },
        ),
        migrations.CreateModel(
            name="SavedMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_until", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(choices=[("confirm", "Confirm"), ("hits", "Hits")], default="hits", max_length=7),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="search.savedreader",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="search.savedsearch",
                    ),
                ),
            ],
            options={
                "db_table": "search_saved_mail",
            },
        ),
        migrations.CreateModel(
            name="SavedHit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("found_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("mail_due", models.BooleanField(default=False)),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="hits",
                        to="search.savedmail",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hits", to="search.savedsearch"
                    ),
                ),
            ],
            options={
                "db_table": "search_saved_hit",
            },
        ),
        migrations.CreateModel(
            name="SavedAnchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=100)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="anchors", to="search.savedsearch"
                    ),
                ),
            ],
            options={
                "db_table": "search_saved_anchor",
            },
        ),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(models.F("fingerprint"), name="saved_search_analyser"),
        ),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(
                models.F("created_at"), condition=models.Q(("state", "waiting")), name="saved_search_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("reader__isnull", True)),
                    models.Q(("person__isnull", True), ("reader__isnull", False)),
                    _connector="OR",
                ),
                name="saved_search_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="savedmail",
            index=models.Index(models.F("created_at"), name="saved_mail_age"),
        ),
        migrations.AddConstraint(
            model_name="savedmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("reader__isnull", True)),
                    models.Q(("person__isnull", True), ("reader__isnull", False)),
                    _connector="OR",
                ),
                name="saved_mail_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="savedhit",
            index=models.Index(
                models.F("found_at"),
                models.F("search"),
                condition=models.Q(("mail", None), ("mail_due", True)),
                name="saved_hit_to_mail",
            ),
        ),
        migrations.AddIndex(
            model_name="savedhit",
            index=models.Index(models.F("found_at"), name="saved_hit_age"),
        ),
        migrations.AddConstraint(
            model_name="savedhit",
            constraint=models.UniqueConstraint(fields=("search", "kind", "object_id"), name="saved_hit_once"),
        ),
        migrations.AddConstraint(
            model_name="savedanchor",
            constraint=models.UniqueConstraint(fields=("token", "search"), name="saved_anchor_once"),
        ),
    ]
