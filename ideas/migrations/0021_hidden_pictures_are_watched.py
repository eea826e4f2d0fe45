"""Whoever hides or shows a picture, the database writes it down by itself; decisions before are taken as if watched."""

from typing import ClassVar

from django.db import migrations

from moderation.watch import watch_presence

DECIDED = """
    INSERT INTO moderation_statechange (kind, object_id, before, after, at)
    SELECT kind, object_id, state_before, state_after, decided_at FROM moderation_decision
    WHERE state_before <> state_after AND kind = 'picture' ORDER BY sequence"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0020_modes_are_watched"), ("moderation", "0006_states_are_watched")]
    operations: ClassVar = [
        migrations.RunSQL(DECIDED, migrations.RunSQL.noop),
        watch_presence("ideas_ideapicture", "picture", "hidden_at"),
    ]
