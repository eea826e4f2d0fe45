"""Odd votes are judged by two people: who proposed, who agreed, who gave back; supporters hear of a reached number."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from common.database import append_only, by_vendor

NOTICES = [
    ("merged", "Merged: what is to happen with your support?"),
    ("reminder", "Reminder of a merge"),
    ("unmerged", "A merge was undone"),
    ("changed", "An idea was changed"),
    ("reached", "An idea has reached the number that obliges an answer"),
]
STEPS = [
    ("harmless", "Nothing is wrong"),
    ("proposed", "Setting apart proposed"),
    ("agreed", "Votes set apart"),
    ("rejected", "Proposal declined"),
    ("end_prop", "Giving back proposed"),
    ("ended", "Votes given back"),
    ("end_rej", "Giving back declined"),
]
KINDS = [
    ("burst", "Many at once"),
    ("fresh", "New accounts"),
    ("domain", "One mail domain"),
    ("network", "Few networks"),
    ("order", "Same ideas in the same order"),
]


def person(on_delete: object = django.db.models.deletion.PROTECT) -> models.ForeignKey:
    """Return a reference to somebody of the staff."""
    return models.ForeignKey(null=True, on_delete=on_delete, related_name="+", to=settings.AUTH_USER_MODEL)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("voting", "0006_who_revoked_and_rejected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.AlterModelOptions(name="flag", options={"permissions": [("review_votes", "Can review odd votes")]}),
        migrations.AlterField(model_name="flag", name="kind", field=models.CharField(choices=KINDS, max_length=20)),
        migrations.AddField(model_name="quarantine", name="rejected_by", field=person()),
        migrations.AddField(model_name="quarantine", name="end_proposed_by", field=person()),
        migrations.AddField(model_name="quarantine", name="end_proposed_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="quarantine",
            constraint=models.CheckConstraint(
                condition=models.Q(ended_by__isnull=True) | ~models.Q(ended_by=models.F("end_proposed_by")),
                name="quarantine_ended_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantine",
            constraint=models.UniqueConstraint(
                fields=["flag"],
                condition=models.Q(rejected_at=None, ended_at=None),
                name="quarantine_one_at_a_time",
            ),
        ),
        migrations.CreateModel(
            name="ReviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=STEPS, max_length=8)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("number", models.PositiveIntegerField(default=0)),
                ("by", person(django.db.models.deletion.SET_NULL)),
                (
                    "flag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="voting.flag"
                    ),
                ),
                (
                    "quarantine",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voting.quarantine"
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        append_only("voting_reviewstep", ("flag_id", "quarantine_id", "kind", "at", "reason", "number")),
        by_vendor(
            """CREATE TRIGGER voting_reviewstep_no_delete BEFORE DELETE ON voting_reviewstep
               FOR EACH ROW EXECUTE FUNCTION voting_reviewstep_keep()""",
            """CREATE TRIGGER voting_reviewstep_no_delete BEFORE DELETE ON voting_reviewstep
               BEGIN SELECT RAISE(ABORT, 'voting_reviewstep is append-only'); END""",
            undo_postgres="DROP TRIGGER voting_reviewstep_no_delete ON voting_reviewstep",
            undo_sqlite="DROP TRIGGER voting_reviewstep_no_delete",
        ),
        *(
            migrations.AlterField(model_name=name, name="kind", field=models.CharField(choices=NOTICES, max_length=8))
            for name in ("noticeround", "supporternotice")
        ),
    ]
