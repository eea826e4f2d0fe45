"""Whatever changes the state of an idea or of a comment, the database writes it down by itself.

What is there already is written down in the state it has, where no decision put it there.
"""

from typing import ClassVar

from django.db import migrations

from moderation.watch import watch_state

EARLIER = """
    INSERT INTO moderation_statechange (kind, object_id, before, after, at)
    SELECT '{kind}', t.id, COALESCE({last}, ''), t.state, CURRENT_TIMESTAMP FROM {table} t
    WHERE t.state <> COALESCE({last}, 'waiting')"""
ACTS = """
    INSERT INTO moderation_act (kind, object_id, name, before, after, at)
    SELECT c.kind, c.object_id, CASE c.after WHEN 'deleted' THEN 'deleted' WHEN 'public' THEN 'imported' ELSE 'withdrawn' END,
        c.before, c.after, c.at
    FROM moderation_statechange c
    WHERE c.kind = '{kind}' AND NOT EXISTS (
        SELECT 1 FROM moderation_decision d
        WHERE d.kind = c.kind AND d.object_id = c.object_id AND d.state_before = c.before AND d.state_after = c.after)"""
LAST = """(SELECT after FROM moderation_statechange s WHERE s.kind = '{kind}' AND s.object_id = t.id ORDER BY s.id DESC LIMIT 1)"""


def earlier(table: str, kind: str) -> list[str]:
    """Return the statements that write down what is there."""
    return [EARLIER.format(table=table, kind=kind, last=LAST.format(kind=kind)), ACTS.format(kind=kind)]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0018_hidden_pictures"), ("moderation", "0006_states_are_watched")]
    operations: ClassVar = [
        migrations.RunSQL(
            [*earlier("ideas_idea", "idea"), *earlier("ideas_comment", "comment")], migrations.RunSQL.noop
        ),
        watch_state("ideas_idea", "idea"),
        watch_state("ideas_comment", "comment"),
    ]
