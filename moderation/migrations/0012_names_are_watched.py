"""Whatever changes where a public name stands, the database writes it down by itself; acts of people on their names have a name.

What was decided before is written down as if it had been watched, and what waits now as chosen.
"""

from typing import ClassVar

from django.db import migrations, models

from moderation.watch import watch_sum

DECIDED = """
    INSERT INTO moderation_statechange (kind, object_id, before, after, at)
    SELECT kind, object_id, state_before, state_after, decided_at FROM moderation_decision
    WHERE state_before <> state_after AND kind = 'profile' ORDER BY sequence"""
LAST = """COALESCE((SELECT s.after FROM moderation_statechange s WHERE s.kind = 'profile' AND s.object_id = n.person_id
    ORDER BY s.id DESC LIMIT 1), 'public')"""
WAITS = """
    INSERT INTO {table} (kind, object_id, {name} before, after, at)
    SELECT 'profile', n.person_id, {value} {last}, 'waiting', CURRENT_TIMESTAMP FROM moderation_profilename n
    WHERE n.state = 'waiting' AND {last} <> 'waiting' AND NOT EXISTS (
        SELECT 1 FROM moderation_profilename h WHERE h.person_id = n.person_id AND h.state = 'hidden')"""
STATEMENTS = [
    DECIDED,
    WAITS.format(table="moderation_act", name="name,", value="'chosen',", last=LAST),
    WAITS.format(table="moderation_statechange", name="", value="", last=LAST),
]
NAMES = [
    ("checked_later", "shown at once, checked afterwards"),
    ("exempt", "shown at once, the author's role needs no check"),
    ("imported", "taken over from elsewhere"),
    ("withdrawn", "withdrawn by its author"),
    ("deleted", "deleted by its author"),
    ("chosen", "a new name was chosen"),
    ("replaced", "a hidden name gives way to a new one"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("moderation", "0011_how_it_was_before_a_decision_on_many")]
    operations: ClassVar = [
        migrations.AlterField("act", "name", models.CharField(choices=NAMES, max_length=13)),
        migrations.RunSQL(STATEMENTS, migrations.RunSQL.noop),
        watch_sum("moderation_profilename", "profile", "person_id", ("hidden", "waiting"), "public"),
    ]
