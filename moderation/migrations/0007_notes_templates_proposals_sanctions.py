"""Measures about people, names as versions, notes, letter templates, proposals for two; which rules need two people."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import moderation.models.template
from common.database import by_vendor

# Nobody is stopped from writing without a warning in force, unless the law was manifestly broken (DSA, Art. 23).
UNWARNED = """NEW.step IN ('pause', 'block') AND NOT CASE WHEN NEW.is_manifest
    THEN EXISTS (SELECT 1 FROM moderation_decision d WHERE d.id = NEW.decision_id AND d.ground = 'law')
    ELSE EXISTS (SELECT 1 FROM moderation_sanction w WHERE w.id = NEW.after_warning_id AND w.person_id = NEW.person_id
        AND w.step = 'warn' AND w.lifted_at IS NULL AND w.ends_at > NEW.starts_at) END"""
MESSAGE = "a pause or a block needs a warning in force"
WARNED_POSTGRES = f"""
    CREATE FUNCTION moderation_sanction_warned() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF ({UNWARNED}) THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER moderation_sanction_warned BEFORE INSERT ON moderation_sanction
        FOR EACH ROW EXECUTE FUNCTION moderation_sanction_warned();"""
WARNED_SQLITE = f"""CREATE TRIGGER moderation_sanction_warned BEFORE INSERT ON moderation_sanction WHEN {UNWARNED}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
UNDO = "DROP TRIGGER IF EXISTS moderation_sanction_warned"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0006_states_are_watched"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80, unique=True, verbose_name="title")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approve", "Approve"),
                            ("approve_with_note", "Approve with a note"),
                            ("request_change", "Ask for a change"),
                            ("refuse", "Refuse"),
                            ("hide", "Hide"),
                            ("restore", "Restore"),
                            ("merge", "Merge"),
                            ("move", "Move"),
                            ("advise", "Give a hint"),
                            ("warn", "Warn"),
                            ("pause", "Pause writing"),
                            ("block", "Block"),
                            ("lift", "Lift a measure"),
                        ],
                        help_text="Left empty: for every decision.",
                        max_length=17,
                        verbose_name="for this decision",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        max_length=4000, validators=[moderation.models.template.require_known], verbose_name="text"
                    ),
                ),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered for decisions")),
            ],
            options={
                "verbose_name": "letter template",
                "verbose_name_plural": "letter templates",
                "ordering": ["title"],
            },
        ),
        migrations.AddField(
            model_name="rule",
            name="needs_second",
            field=models.BooleanField(blank=True, null=True, verbose_name="needs two people"),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="note")),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="moderation.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes_about",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", True), ("person__isnull", False)),
                            models.Q(("case__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="note_on_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="public name")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for a decision"),
                            ("public", "in use"),
                            ("hidden", "hidden; a neutral name stands in its place"),
                            ("refused", "refused"),
                            ("past", "used earlier"),
                        ],
                        max_length=7,
                    ),
                ),
                ("chosen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "number"), name="profile_name_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("person",), name="profile_name_one_waits"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("public", "hidden"))),
                        fields=("person",),
                        name="profile_name_one_in_use",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("agreed", "agreed to"),
                            ("declined", "declined"),
                            ("stale", "overtaken: the case has changed"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "decision_kind",
                    models.CharField(
                        choices=[
                            ("approve", "Approve"),
                            ("approve_with_note", "Approve with a note"),
                            ("request_change", "Ask for a change"),
                            ("refuse", "Refuse"),
                            ("hide", "Hide"),
                            ("restore", "Restore"),
                            ("merge", "Merge"),
                            ("move", "Move"),
                            ("advise", "Give a hint"),
                            ("warn", "Warn"),
                            ("pause", "Pause writing"),
                            ("block", "Block"),
                            ("lift", "Lift a measure"),
                            ("uphold", "The decision stands"),
                        ],
                        max_length=17,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("note", models.TextField(blank=True, verbose_name="internal note")),
                ("target", models.CharField(blank=True, max_length=200)),
                ("word", models.CharField(blank=True, max_length=500, verbose_name="a word on it")),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="moderation.case"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="moderation.decision",
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "rule_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.ruleversion"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("case",), name="proposal_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second__isnull", True),
                            models.Q(("second", models.F("proposer")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("agreed", "declined")), _negated=True),
                            models.Q(("answered_at__isnull", False), ("second__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__isnull", False), ("state", "agreed")),
                            models.Q(models.Q(("state", "agreed"), _negated=True), ("decision__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_agreed_is_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("advise", "hint"),
                            ("warn", "warning"),
                            ("pause", "pause of writing"),
                            ("block", "block"),
                        ],
                        max_length=6,
                        verbose_name="step",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="since")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="until")),
                ("is_manifest", models.BooleanField(default=False, verbose_name="manifestly illegal")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="lifted")),
                (
                    "after_warning",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="moderation.sanction",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sanction", to="moderation.decision"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="moderation.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sanctions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(condition=models.Q(("lifted_at", None)), fields=["person"], name="sanction_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step__in", ("warn", "pause")), _negated=True),
                            ("ends_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sanction_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step__in", ("pause", "block")), _negated=True),
                            ("is_manifest", True),
                            ("after_warning__isnull", False),
                            _connector="OR",
                        ),
                        name="sanction_after_a_warning",
                    ),
                ],
            },
        ),
        by_vendor(
            WARNED_POSTGRES,
            WARNED_SQLITE,
            undo_postgres=f"{UNDO} ON moderation_sanction; DROP FUNCTION IF EXISTS moderation_sanction_warned();",
            undo_sqlite=UNDO,
        ),
    ]
