"""Threads of any depth, versions and ratings of comments, mentions; how people vote in a phase."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0012_drafts_outlive_campaigns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CommentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pro", "For it"),
                            ("contra", "Against it"),
                            ("question", "Question"),
                            ("improvement", "Improvement"),
                        ],
                        max_length=11,
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("published_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.AddField(
            model_name="campaign",
            name="asks_why",
            field=models.BooleanField(default=True, verbose_name="ask supporters why"),
        ),
        migrations.AddField(
            model_name="campaign",
            name="comment_edit_minutes",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Minutes. 0: never. Empty: always.",
                null=True,
                verbose_name="comments can be changed for",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="shows_comment_edits",
            field=models.BooleanField(default=True, verbose_name="everybody sees what was changed in comments"),
        ),
        migrations.AddField(
            model_name="comment",
            name="agree_count",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="deleted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="depth",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="disagree_count",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="edited_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="latest",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="quote",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="ideas.comment",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="quote_text",
            field=models.CharField(blank=True, editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name="comment",
            name="rank",
            field=models.FloatField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="reply_count",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="top",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ideas.comment",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="phase",
            name="budget_cents",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="sum to share out (cents)"),
        ),
        migrations.AddField(
            model_name="phase",
            name="budget_number",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="number of projects"),
        ),
        migrations.AddField(
            model_name="phase",
            name="budget_rule",
            field=models.CharField(
                choices=[
                    ("sum", "as many projects as the money lasts for"),
                    ("exactly", "exactly this many projects"),
                    ("at_most", "at most this many projects"),
                ],
                default="sum",
                max_length=7,
                verbose_name="how many projects",
            ),
        ),
        migrations.AddField(
            model_name="phase",
            name="level",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "confirmed mail address"), (1, "code from a letter"), (2, "official proof of identity")],
                default=0,
                verbose_name="who votes needs",
            ),
        ),
        migrations.AddField(
            model_name="phase",
            name="method",
            field=models.CharField(
                choices=[
                    ("support", "Support: one voice for an idea"),
                    ("opinion", "For or against"),
                    ("rating", "One to five stars"),
                    ("budget", "Basket: share out a sum of money"),
                ],
                default="support",
                max_length=7,
                verbose_name="how people vote",
            ),
        ),
        migrations.AddField(
            model_name="phase",
            name="needs_old_account",
            field=models.BooleanField(default=False, verbose_name="only accounts from before the phase"),
        ),
        migrations.AddField(
            model_name="phase",
            name="takes_codes",
            field=models.BooleanField(default=False, verbose_name="voting codes are taken"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["top", "id"], name="comment_below"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                models.F("idea"),
                models.OrderBy(models.F("rank"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("depth", 0)),
                name="comment_best",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("agree_count__gte", 0), ("disagree_count__gte", 0), ("reply_count__gte", 0)),
                name="comment_counts_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget_cents__isnull", True), ("budget_cents__gt", 0), _connector="OR"),
                name="phase_budget_positive",
            ),
        ),
        migrations.AddField(
            model_name="commentversion",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="ideas.comment"
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="ideas.comment"
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="commentversion",
            constraint=models.UniqueConstraint(fields=("comment", "number"), name="comment_version_once"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("comment", "person"), name="mention_once"),
        ),
    ]
