"""Reasons given so far were meant for author and moderators; from now on ``withdrawn_because`` is what everybody reads."""

from typing import ClassVar

from django.db import migrations

KEPT = """
    INSERT INTO ideas_withdrawal (idea_id, kind, words, is_waiting)
    SELECT id, 'other', withdrawn_because, FALSE FROM ideas_idea WHERE withdrawn_because <> ''"""
EMPTIED = "UPDATE ideas_idea SET withdrawn_because = '' WHERE withdrawn_because <> ''"
BACK = """
    UPDATE ideas_idea SET withdrawn_because = (SELECT words FROM ideas_withdrawal w WHERE w.idea_id = ideas_idea.id)
    WHERE id IN (SELECT idea_id FROM ideas_withdrawal WHERE words <> '')"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0009_writing_together")]
    operations: ClassVar = [migrations.RunSQL([KEPT, EMPTIED], [BACK, "DELETE FROM ideas_withdrawal"])]
