"""Everything ideas and campaigns need in full: questions, statuses, files, groups, co-authors, merges, links, intakes."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import ideas.models.file
from common.database import append_only

# SQLite builds a table anew to add columns to it, and loses its triggers; versions have columns to guard that are new.
VERSION_BEFORE = (
    "idea_id", "number", "title", "text", "topic_id", "goal_id", "district_id", "place", "latitude", "longitude", "tags",
    "created_at",
)  # fmt: skip
GUARDS = [
    append_only("ideas_ideaversion", (*VERSION_BEFORE, "answers", "file_count")),
    append_only("ideas_versionfile", ("version_id", "file_id", "position")),
    append_only("ideas_ideafile", ("key", "file", "name", "kind", "size", "sha256")),
]
before = append_only("ideas_ideaversion", VERSION_BEFORE)
lifted = [migrations.RunPython(before.reverse_code, before.code)]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0003_pictures_keep"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        *lifted,
        migrations.CreateModel(
            name="CampaignStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("slug", models.SlugField(editable=False)),
                (
                    "look",
                    models.CharField(
                        choices=[
                            ("sky", "blue"),
                            ("plum", "violet"),
                            ("sun", "yellow"),
                            ("river", "green-blue"),
                            ("done", "green"),
                            ("grey", "grey"),
                            ("brick", "red"),
                        ],
                        default="sky",
                        max_length=5,
                        verbose_name="colour",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what it means")),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("discussed", "Under discussion"),
                            ("reviewed", "Under review"),
                            ("planned", "Being carried out"),
                            ("done", "Carried out"),
                            ("declined", "Not feasible"),
                        ],
                        default="new",
                        max_length=9,
                        verbose_name="stands for",
                    ),
                ),
                ("sort_order", models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "status",
                "verbose_name_plural": "statuses",
                "ordering": ["sort_order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CoAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("accepted", "writes along"),
                            ("declined", "declined"),
                            ("left", "left"),
                            ("revoked", "taken back"),
                        ],
                        default="invited",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("token_sha256", models.CharField(max_length=64, null=True, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("ends_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "co-author",
                "verbose_name_plural": "co-authors",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HintTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("shown", models.PositiveIntegerField(default=0)),
                ("followed", models.PositiveIntegerField(default=0)),
                ("ignored", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="IdeaFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(upload_to=ideas.models.file.file_path)),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=4)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
            },
        ),
        migrations.CreateModel(
            name="IdeaLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("news", "news article"),
                            ("goal", "goal"),
                            ("measure", "measure"),
                            ("paper", "council paper"),
                        ],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("object_id", models.BigIntegerField(null=True)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IdeaTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.BigIntegerField(default=0)),
                ("goal", models.BigIntegerField(default=0)),
                ("district", models.BigIntegerField(default=0)),
                ("progress", models.CharField(max_length=9)),
                ("status", models.BigIntegerField(default=0)),
                ("number", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="IdeaViews",
            fields=[
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="views",
                        serialize=False,
                        to="ideas.idea",
                    ),
                ),
                ("shown", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "by telephone"),
                            ("letter", "by letter"),
                            ("event", "at an event"),
                            ("mail", "by mail"),
                        ],
                        max_length=6,
                        verbose_name="how it came in",
                    ),
                ),
                ("occasion", models.CharField(blank=True, max_length=120, verbose_name="occasion")),
                ("received_on", models.DateField(verbose_name="received on")),
                ("code_sha256", models.CharField(max_length=64, unique=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "intake",
                "verbose_name_plural": "intakes",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                (
                    "role",
                    models.CharField(
                        choices=[("member", "member"), ("host", "host")],
                        default="member",
                        max_length=6,
                        verbose_name="role",
                    ),
                ),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("member", "member"), ("host", "host")],
                        default="member",
                        max_length=6,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("source_supports", models.PositiveIntegerField(default=0)),
                ("target_supports", models.PositiveIntegerField(default=0)),
                ("carried", models.PositiveIntegerField(default=0)),
                ("doubled", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("undo_until", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(editable=False, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "one line of text"),
                            ("long", "several lines of text"),
                            ("choice", "one of several answers"),
                            ("several", "several of several answers"),
                            ("number", "number"),
                            ("date", "date"),
                        ],
                        default="text",
                        max_length=7,
                        verbose_name="kind of answer",
                    ),
                ),
                ("label", models.CharField(max_length=160, verbose_name="question")),
                ("help_text", models.CharField(blank=True, max_length=300, verbose_name="help")),
                ("options", models.JSONField(blank=True, default=list, verbose_name="answers to choose from")),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                ("is_public", models.BooleanField(default=True, verbose_name="answers are shown to everybody")),
                ("is_searchable", models.BooleanField(default=False, verbose_name="search finds the answers")),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("sort_order", models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["sort_order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="VersionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="answer_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Working days. Empty: nothing is promised.",
                null=True,
                verbose_name="answer within",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="audience",
            field=models.CharField(
                choices=[("everybody", "everybody"), ("members", "only members of a closed group")],
                default="everybody",
                max_length=9,
                verbose_name="who can see it",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="is_published",
            field=models.BooleanField(default=False, editable=False, verbose_name="published"),
        ),
        migrations.AddField(
            model_name="campaign",
            name="who_text",
            field=models.CharField(
                blank=True,
                help_text="In words, such as: everybody who lives here.",
                max_length=200,
                verbose_name="who may take part",
            ),
        ),
        migrations.AddField(
            model_name="district",
            name="description",
            field=models.TextField(blank=True, verbose_name="description"),
        ),
        migrations.AddField(
            model_name="district",
            name="shape",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="outline"),
        ),
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="idea",
            name="channel",
            field=models.CharField(blank=True, editable=False, max_length=6),
        ),
        migrations.AddField(
            model_name="idea",
            name="coauthor_count",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="idea",
            name="latitude",
            field=models.FloatField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="idea",
            name="link_count",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="idea",
            name="longitude",
            field=models.FloatField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="idea",
            name="merged_count",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="ideaversion",
            name="answers",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="ideaversion",
            name="file_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="ideaversion",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="topic",
            name="description",
            field=models.TextField(blank=True, verbose_name="description"),
        ),
        migrations.AddField(
            model_name="campaignstatus",
            name="campaign",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="statuses",
                to="ideas.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="status",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="ideas.campaignstatus",
            ),
        ),
        migrations.AddField(
            model_name="officialanswer",
            name="status",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="ideas.campaignstatus",
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                condition=models.Q(("latitude__isnull", False), ("state", "public")),
                fields=["latitude", "longitude"],
                name="idea_on_map",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                condition=models.Q(("latitude__isnull", False), ("state", "public")),
                fields=["campaign", "latitude", "longitude"],
                name="idea_on_campaign_map",
            ),
        ),
        migrations.AddField(
            model_name="coauthor",
            name="idea",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="coauthors", to="ideas.idea"
            ),
        ),
        migrations.AddField(
            model_name="coauthor",
            name="invited_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="coauthor",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="coauthorships",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="hinttally",
            name="campaign",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.campaign"),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="uploader",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="files",
            field=models.ManyToManyField(related_name="+", to="ideas.ideafile"),
        ),
        migrations.AddField(
            model_name="idealink",
            name="added_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="idealink",
            name="idea",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="ideas.idea"),
        ),
        migrations.AddField(
            model_name="ideatally",
            name="campaign",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.campaign"
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="entered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="idea",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="intake", to="ideas.idea"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="ideas.campaign"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="ideas.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="actor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="merges_away", to="ideas.idea"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="merges_here", to="ideas.idea"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="campaign",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="ideas.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="versionfile",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="ideas.ideafile"
            ),
        ),
        migrations.AddField(
            model_name="versionfile",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="ideas.ideaversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignstatus",
            constraint=models.UniqueConstraint(fields=("campaign", "slug"), name="status_once"),
        ),
        migrations.AddIndex(
            model_name="coauthor",
            index=models.Index(fields=["person", "state"], name="coauthor_of_person"),
        ),
        migrations.AddConstraint(
            model_name="coauthor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("invited", "accepted"))),
                fields=("idea", "person"),
                name="coauthor_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="hinttally",
            constraint=models.UniqueConstraint(fields=("campaign", "day"), name="hints_of_day_once"),
        ),
        migrations.AddIndex(
            model_name="idealink",
            index=models.Index(fields=["kind", "object_id"], name="link_other_side"),
        ),
        migrations.AddConstraint(
            model_name="idealink",
            constraint=models.UniqueConstraint(fields=("idea", "kind", "object_id"), name="link_once"),
        ),
        migrations.AddConstraint(
            model_name="idealink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("object_id__isnull", False),
                    models.Q(models.Q(("title", ""), _negated=True), models.Q(("address", ""), _negated=True)),
                    _connector="OR",
                ),
                name="link_leads_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="ideatally",
            constraint=models.UniqueConstraint(
                fields=("campaign", "topic", "goal", "district", "progress", "status"), name="tally_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ideatally",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 0)), name="tally_positive"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(fields=("person", "campaign"), name="member_once"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("source",), name="merge_of_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True), name="merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("campaign", "key"), name="question_key_once"),
        ),
        migrations.AddConstraint(
            model_name="versionfile",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="version_file_place_once"),
        ),
        *GUARDS,
    ]
