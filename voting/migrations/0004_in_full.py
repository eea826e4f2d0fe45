"""Opinions, baskets, codes, paper, public record, anomalies: everything a vote can be beside a support."""

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from common.database import by_vendor

guards = import_module("voting.migrations.0002_guards")

# SQLite builds a table anew to add a column, and forgets its triggers.
LOST_UPDATE = """CREATE TRIGGER voting_voteevent_no_update BEFORE UPDATE ON voting_voteevent
    BEGIN SELECT RAISE(ABORT, 'voting_voteevent is append-only'); END"""
LOST_DELETE = """CREATE TRIGGER voting_voteevent_no_delete BEFORE DELETE ON voting_voteevent
    BEGIN SELECT RAISE(ABORT, 'voting_voteevent is append-only'); END"""
LOST = "-- next".join([LOST_UPDATE, LOST_DELETE, guards.KEEP_SEALED_SQLITE, guards.SAME_CAMPAIGN_SQLITE])


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0013_talking_and_voting"),
        ("voting", "0003_merge_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        # SQLite refuses to build a table anew that a trigger of another table asks; 0005 makes it again.
        by_vendor(
            "",
            "DROP TRIGGER voting_idea_campaign",
            undo_sqlite=LOST,
        ),
        migrations.CreateModel(
            name="MerkleRoot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("first_event", models.BigIntegerField()),
                ("last_event", models.BigIntegerField(unique=True)),
                ("count", models.PositiveIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("former", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="vote",
            name="level",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "with a confirmed mail address"),
                    (1, "with a code from a letter"),
                    (2, "with an official proof of identity"),
                    (3, "with a voting code, without an account"),
                ],
                db_default=0,
            ),
        ),
        migrations.AddField(
            model_name="voteevent",
            name="comment_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="voteevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("support", "Support"),
                    ("opinion", "For, against, stars"),
                    ("comment", "Rating of a comment"),
                    ("project", "Project in a basket"),
                    ("held", "Support set apart for review"),
                ],
                db_default="support",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="voteevent",
            name="phase",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"
            ),
        ),
        migrations.AddField(
            model_name="voteevent",
            name="value",
            field=models.SmallIntegerField(db_default=1),
        ),
        migrations.CreateModel(
            name="Basket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voter_key", models.CharField(max_length=64)),
                ("version", models.IntegerField(default=1)),
                ("spent_cents", models.BigIntegerField(default=0)),
                ("budget_cents", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(default=0)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "with a confirmed mail address"),
                            (1, "with a code from a letter"),
                            (2, "with an official proof of identity"),
                            (3, "with a voting code, without an account"),
                        ],
                        default=0,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.campaign"
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BudgetRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("step", models.CharField(blank=True, max_length=200)),
                ("outcome", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CodePackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="for whom")),
                ("number", models.PositiveIntegerField(verbose_name="number of codes")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_because", models.CharField(blank=True, max_length=300)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommentVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voter_key", models.CharField(max_length=64)),
                ("value", models.SmallIntegerField()),
                ("version", models.IntegerField(default=1)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.campaign"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.comment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DistrictCap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("most_cents", models.BigIntegerField(verbose_name="at most (cents)")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.district"
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("hour", models.DateTimeField()),
                ("facts", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "to be looked at"),
                            ("harmless", "nothing is wrong"),
                            ("held", "votes are set apart"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("found_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.campaign"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeyDestroyed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.campaign"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voter_key", models.CharField(max_length=64)),
                ("value", models.SmallIntegerField()),
                ("version", models.IntegerField(default=1)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "with a confirmed mail address"),
                            (1, "with a code from a letter"),
                            (2, "with an official proof of identity"),
                            (3, "with a voting code, without an account"),
                        ],
                        default=0,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.campaign"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpinionTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.SmallIntegerField()),
                ("number", models.IntegerField(default=0)),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.SmallIntegerField(default=1)),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("place", models.CharField(max_length=120, verbose_name="where")),
                ("entered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("rejected_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cost_cents", models.BigIntegerField(verbose_name="cost (cents)")),
                ("number", models.IntegerField(default=0, editable=False)),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BasketItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cost_cents", models.BigIntegerField()),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="voting.basket"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voting.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Quarantine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500)),
                ("number", models.PositiveIntegerField(default=0)),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agreed_at", models.DateTimeField(null=True)),
                ("rejected_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=500)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "flag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quarantines", to="voting.flag"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="vote",
            name="quarantine",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="voting.quarantine"
            ),
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.CharField(max_length=500)),
                ("until", models.DateTimeField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.phase"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("reached_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("answer_by", models.DateField(null=True)),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "ordering": ["-reached_at"],
            },
        ),
        migrations.CreateModel(
            name="VoteTrace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voter_key", models.CharField(max_length=64)),
                ("network", models.CharField(blank=True, max_length=32)),
                ("mail_domain", models.CharField(blank=True, max_length=32)),
                ("is_fresh", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.campaign"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VotingCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("used_on", models.DateField(null=True)),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="voting.codepackage"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="basket",
            constraint=models.UniqueConstraint(fields=("phase", "voter_key"), name="basket_once"),
        ),
        migrations.AddConstraint(
            model_name="basket",
            constraint=models.CheckConstraint(
                condition=models.Q(("spent_cents__gte", 0), ("spent_cents__lte", models.F("budget_cents"))),
                name="basket_within_budget",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "running"))),
                fields=("phase",),
                name="budget_run_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="codepackage",
            constraint=models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="code_package_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="commentvote",
            constraint=models.UniqueConstraint(fields=("comment", "voter_key"), name="comment_vote_once"),
        ),
        migrations.AddConstraint(
            model_name="commentvote",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__in", (-1, 0, 1))), name="comment_vote_value_allowed"
            ),
        ),
        migrations.AddConstraint(
            model_name="districtcap",
            constraint=models.UniqueConstraint(fields=("phase", "district"), name="district_cap_once"),
        ),
        migrations.AddConstraint(
            model_name="districtcap",
            constraint=models.CheckConstraint(condition=models.Q(("most_cents__gte", 0)), name="district_cap_positive"),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(fields=("idea", "kind", "hour"), name="flag_once"),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["phase", "voter_key"], name="opinion_of_voter"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(fields=("phase", "idea", "voter_key"), name="opinion_once"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__in", (-1, 0, 1, 2, 3, 4, 5))), name="opinion_value_allowed"
            ),
        ),
        migrations.AddConstraint(
            model_name="opiniontally",
            constraint=models.UniqueConstraint(fields=("phase", "idea", "value"), name="opinion_tally_once"),
        ),
        migrations.AddConstraint(
            model_name="opiniontally",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 0)), name="opinion_tally_positive"),
        ),
        migrations.AddConstraint(
            model_name="papercount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rejected_at__isnull", True)),
                fields=("phase", "idea", "value", "place"),
                name="paper_count_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="papercount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="paper_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("phase", "idea"), name="project_once"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_cents__gt", 0), ("number__gte", 0)), name="project_cost_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="basketitem",
            constraint=models.UniqueConstraint(fields=("basket", "project"), name="basket_item_once"),
        ),
        migrations.AddConstraint(
            model_name="quarantine",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_by__isnull", True),
                    models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="quarantine_by_two_people",
            ),
        ),
        migrations.AddIndex(
            model_name="votetrace",
            index=models.Index(fields=["idea", "at"], name="vote_trace_of_idea"),
        ),
        migrations.AddIndex(
            model_name="votetrace",
            index=models.Index(fields=["at"], name="vote_trace_old"),
        ),
    ]
